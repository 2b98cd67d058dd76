"""The house stays as design §2 has it: who imports whom, where the clock is read, what lies where."""

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.domain.planning import PLANS
from bot.domain.reminders import ReminderKind
from bot.services.composing.kinds import COMPOSERS
from bot.ui.posts import LOOKS

ROOT = Path(__file__).parent.parent
STANDARD = frozenset(sys.stdlib_module_names)

WIRING = frozenset(
    f"bot.{name}"
    for name in (
        "__main__", "app", "client", "delivery", "sending", "rehearsal", "cli", "doctor", "clock", "settings",
        "health", "in_flight", "logs", "metrics", "running",
    )
)  # fmt: skip

# Layer: what of ours it may import, and what of others beside the standard library.
LAYERS: dict[str, tuple[tuple[str, ...], frozenset[str] | None]] = {
    "bot.domain": (("bot.domain",), frozenset()),
    "bot.questions": (("bot.questions", "bot.domain"), frozenset({"dateparser", "opencc", "rapidfuzz"})),
    "db": (("db", "bot.domain"), frozenset({"aiosqlite", "alembic", "asyncpg", "rapidfuzz", "sqlalchemy"})),
    "bot.services": (
        ("bot.services", "bot.domain", "bot.questions", "bot.clock", "db"),
        frozenset({"babel", "holidays", "icalendar", "openpyxl", "rapidfuzz", "opencc"}),
    ),
    "bot.i18n": (("bot.i18n", "bot.domain", "bot.locales"), frozenset({"babel", "discord"})),
    "bot.ui": (("bot.ui", "bot.services", "bot.domain", "bot.i18n"), frozenset({"discord"})),
    "cogs": (("cogs", "bot.ui", "bot.services", "bot.domain", "bot.i18n"), frozenset({"discord"})),
}

# Packages of the questions, in the order in which a question passes through them.
READING = (
    "text", "vocabulary", "times", "parts", "context", "senses", "asking", "reading", "sharing", "wording", "composing",
    "following",
)  # fmt: skip
BESIDE = {"reports": READING[:3], "answering": READING[:8]}
TYPES = ("query", "conditions", "outcomes", "frame", "holdings", "lying", "answers", "grammar")


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the product by its dotted name."""
    found = {}
    for folder in ("bot", "cogs", "db"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name] = ast.parse(path.read_text(encoding="utf-8"), str(path))
    return found


def imports(tree: ast.AST) -> Iterator[str]:
    """The dotted names that a piece of code imports; `from a import b` gives `a.b`, as b may be a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def inside(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def layer_of(module: str) -> str | None:
    return next((layer for layer in LAYERS if inside(module, layer)), None)


def test_every_module_belongs_to_a_layer_or_is_wiring() -> None:
    """Nothing lies beside the table."""
    packages = {"bot", "bot.locales"}
    strangers = [m for m in modules() if layer_of(m) is None and not inside(m, "bot.console")]
    build_time = {"db.starter.build_gazetteer"}
    assert [m for m in strangers if m not in WIRING | packages] == []
    assert build_time <= set(modules())


@pytest.mark.parametrize("layer", LAYERS)
def test_arrows_run_one_way(layer: str) -> None:
    """A layer imports the layers that the design allows it, and no other library than its own."""
    ours, others = LAYERS[layer]
    wrong = set()
    for module, tree in modules().items():
        if layer_of(module) != layer or module == "db.starter.build_gazetteer":
            continue
        for name in imports(tree):
            top = name.partition(".")[0]
            if top in ("bot", "cogs", "db"):
                if not any(inside(name, allowed) for allowed in ours):
                    wrong.add((module, name))
            elif top not in STANDARD and (others is None or top not in others):
                wrong.add((module, name))
    assert wrong == set()


@pytest.mark.parametrize("package", [*READING, *BESIDE])
def test_a_question_passes_one_way(package: str) -> None:
    """A package of the questions knows the types that all share, and only those packages that come before it."""
    before = BESIDE[package] if package in BESIDE else READING[: READING.index(package)]
    known = [f"bot.questions.{name}" for name in (*before, *TYPES, package)]
    wrong = {
        (module, name)
        for module, tree in modules().items()
        if inside(module, f"bot.questions.{package}")
        for name in imports(tree)
        if inside(name, "bot.questions") and not any(inside(name, each) for each in known)
    }
    assert wrong == set()


def test_every_package_of_the_questions_is_in_the_row() -> None:
    """Nothing of them lies beside the table."""
    folder = ROOT / "bot" / "questions"
    packages = {path.parent.name for path in folder.glob("*/__init__.py")}
    assert packages - {"grammar"} == {*READING, *BESIDE}


def test_the_root_package_is_empty() -> None:
    """So that `db` may import `bot.domain` without loading a bot."""
    assert (ROOT / "bot" / "__init__.py").read_text(encoding="utf-8") == ""


def users_of(library: str) -> set[str]:
    return {
        module for module, tree in modules().items() if any(inside(name, library) for name in imports(tree))
    }


def test_where_discord_is_known() -> None:
    """In the cogs, in what things look like, in the translator, and in the wiring."""
    wiring = ("client", "delivery", "sending", "rehearsal", "doctor", "in_flight", "logs", "running")
    allowed = {f"bot.{name}" for name in wiring}
    strangers = {
        m
        for m in users_of("discord") - allowed
        if not any(inside(m, p) for p in ("cogs", "bot.ui", "bot.i18n"))
    }
    assert strangers == set()


@pytest.mark.parametrize("library", ["sqlalchemy", "alembic", "aiosqlite", "asyncpg"])
def test_where_the_database_is_known(library: str) -> None:
    """Nothing outside `db` speaks SQL."""
    assert {m for m in users_of(library) if not inside(m, "db")} == set()


@pytest.mark.parametrize(
    ("library", "home"),
    [
        ("simcord", {"bot.rehearsal"}),
        ("asyncpg", {"db.engine"}),
        ("prometheus_client", {"bot.metrics"}),
    ],
)
def test_optional_parts_are_imported_inside_functions(library: str, home: set[str]) -> None:
    """An installation without the extra starts all the same."""
    assert users_of(library) <= home
    outside_functions = set()
    for module in users_of(library):
        within = {
            id(node)
            for function in ast.walk(modules()[module])
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
            for node in ast.walk(function)
        }
        for node in ast.walk(modules()[module]):
            if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in within:
                outside_functions |= {name for name in imports(node) if inside(name, library)}
    assert outside_functions == set()


CLOCKS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"), ("time", "monotonic"), ("time", "localtime"), ("time", "gmtime"),
    ("utils", "utcnow"),
}  # fmt: skip


def test_the_clock_is_read_in_one_place() -> None:
    """Everything else is handed a clock, so that tests and the rehearsal say what time it is."""
    readers = set()
    for module, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                owner = node.value
                name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
                if (name, node.attr) in CLOCKS:
                    readers.add(module)
        if any(name in ("time.time", "time.monotonic") for name in imports(tree)):
            readers.add(module)
    assert readers == {"bot.clock"}


def test_the_top_level_is_fixed() -> None:
    """Whoever opens the repository sees six names and the licence; dotfiles beside them."""
    allowed = {"bot", "cogs", "db", "tests", "pyproject.toml", "README.md", "LICENSE"}
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found - allowed == set()
    assert {"bot", "cogs", "db", "tests", "pyproject.toml", "LICENSE"} <= found


def test_no_drawer_for_odds_and_ends() -> None:
    """A module is named for what it does."""
    names = {path.stem for folder in ("bot", "cogs", "db", "tests") for path in (ROOT / folder).rglob("*.py")}
    assert names & {"utils", "util", "helpers", "helper", "common", "misc"} == set()


LONG = 12
"""Lines of a function or class beyond which a name is not enough to say what it is for."""


Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def definitions(tree: ast.Module) -> Iterator[tuple[str, Definition]]:
    """Public functions and classes of a module, and public methods of its public classes."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name[0] != "_":
            yield node.name, node
            if isinstance(node, ast.ClassDef):
                for method in node.body:
                    if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef) and method.name[0] != "_":
                        yield f"{node.name}.{method.name}", method


def speaks_for_itself(name: str, node: ast.AST) -> bool:
    """A vocabulary, a table, and what discord.py calls by a name of its own."""
    words = isinstance(node, ast.ClassDef) and any(
        getattr(base, "id", "") == "StrEnum" for base in node.bases
    )
    hooks = ("callback", "from_custom_id", "on_submit", "on_error", "setup_hook", "translate")
    return words or name.endswith("Row") or name.rpartition(".")[2] in hooks


def test_what_is_long_says_what_it_is_for() -> None:
    """Public functions and classes of more than a dozen lines have a docstring; a list of words is one."""
    silent = []
    for module, tree in modules().items():
        if any(inside(module, p) for p in ("bot.cli", "bot.console", "db.migrations", "cogs")):
            continue  # commands have their help and their description in the catalogues
        for name, node in definitions(tree):
            lines = (node.end_lineno or 0) - node.lineno + 1
            if lines > LONG and not ast.get_docstring(node) and not speaks_for_itself(name, node):
                silent.append(f"{module}.{name}")
    assert silent == []


def test_every_module_says_what_it_is_for() -> None:
    """Its first line tells a newcomer whether to read on."""
    silent = [m for m, tree in modules().items() if tree.body and not ast.get_docstring(tree)]
    assert silent == []


def test_modules_stay_small() -> None:
    """A file of more than 400 lines asks for a split."""
    sizes = {m: max((n.end_lineno or 0 for n in tree.body), default=0) for m, tree in modules().items()}
    assert {m: n for m, n in sizes.items() if n > 400 and not inside(m, "db.migrations")} == {}


def bound_at_the_top(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def test_no_name_of_a_module_is_bound_twice() -> None:
    """The second would take the place of the first, also for what was written for that."""
    twice = {
        module: [name for name, times in Counter(bound_at_the_top(tree)).items() if times > 1]
        for module, tree in modules().items()
    }
    assert {module: names for module, names in twice.items() if names} == {}


def test_each_kind_of_reminder_is_known_to_each_layer() -> None:
    """One without a plan would never be posted; one without a composer or a look could not be."""
    assert set(PLANS) == set(COMPOSERS) == set(LOOKS) == set(ReminderKind)
