"""Running `attache` often: a process that has everything imported already, and forks one for each command.

A new interpreter spends two seconds on imports before it does anything; what is tested begins after that. Whoever
tests the start itself starts one.
"""

import importlib
import json
import os
import pkgutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from sqlalchemy.orm import configure_mappers

from bot.questions.text.scripts import plain_characters, traditional
from bot.questions.vocabulary.concepts import longest
from db.gazetteer import gazetteer

ROOT = Path(__file__).parent.parent
LEFT_TO_THE_FORK = ("bot.cli", "bot.console", "bot.__main__", "bot.rehearsal")
"""What reads the environment when it is imported, or is imported when used."""


def run_forked(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    typed: str = "",
    *,
    module: str = "bot.cli",
) -> subprocess.CompletedProcess[str]:
    """What `python -m bot` with these arguments prints, and its exit status; `typed` is its standard input.

    With a `module` it is the `main` of that one which is run.
    """
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    with tempfile.TemporaryDirectory() as files:
        (Path(files) / "in").write_text(typed, encoding="utf-8")
        request = {"arguments": list(arguments), "environment": dict(environment), "folder": str(folder)}
        request["module"] = module
        server.stdin.write(json.dumps(request | {"files": files}) + "\n")
        server.stdin.flush()
        status = int(server.stdout.readline())
        out, err = ((Path(files) / name).read_text(encoding="utf-8") for name in ("out", "err"))
    return subprocess.CompletedProcess(list(arguments), status, out, err)


@cache
def _server() -> "subprocess.Popen[str]":
    """One for each process that runs tests; it ends when that does, as its input ends."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.forks"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def import_everything() -> None:
    for package in ("bot", "db"):
        for module in pkgutil.walk_packages([str(ROOT / package)], f"{package}."):
            if not module.name.startswith((*LEFT_TO_THE_FORK, "db.migrations", "db.starter")):
                importlib.import_module(module.name)
    for library in ("aiosqlite", "asyncpg", "alembic.command", "typer", "rich.progress", "rich.console"):
        importlib.import_module(library)
    configure_mappers()


def read_what_stays() -> None:
    """Make what a process makes once, when it is first asked for: the grammar of questions, the world's gazetteer."""
    traditional("台")
    plain_characters()
    longest()
    gazetteer().find("Seattle")


def _serve() -> None:
    import_everything()
    read_what_stays()
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            _be(request)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _be(request: Mapping[str, object]) -> None:
    """Become the command, in its folder and environment, with its output in files."""
    status = 1
    try:
        files = Path(str(request["files"]))
        for name, number in (("out", 1), ("err", 2)):
            os.dup2(os.open(files / name, os.O_CREAT | os.O_WRONLY, 0o600), number)
        os.close(0)
        os.open(files / "in", os.O_RDONLY)
        environment, arguments = request["environment"], request["arguments"]
        assert isinstance(environment, dict)
        assert isinstance(arguments, list)
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(str(request["folder"]))
        sys.argv = ["attache", *arguments]
        importlib.import_module(str(request["module"])).main()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    _serve()
