"""Anything typed into any option and any form, pressed on any button: always an answer in words, and no harm.

Every command is found in the command tree, so that a new one is tried too. An input is what was typed into one option
or one field. The suite makes thirty; `ATTACHE_TEST_INPUTS=20000 pytest tests/chat/test_anything.py` makes
more of them, in batches, each in a server of its own.
"""

import math
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from random import Random
from typing import Any, TypeVar

import pytest
from discord import AppCommandOptionType, app_commands
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.domain.errors import AttacheError
from bot.i18n.catalogue import catalogue
from db.tables import AuditRow, Base, DraftRow, PreferenceRow, WorkerRow
from tests.chat.conftest import Seen, Stage
from tests.chat.test_nonsense import NONSENSE

INPUTS = int(os.environ.get("ATTACHE_TEST_INPUTS", "30"))
BATCH = 1000
BUTTONS, DANGER = 2, 4
T = TypeVar("T")
MOST_PRESSES = 3
MOSTLY = 0.8
MOST_TYPED = 12

MEANT = (
    "Seattle", "西雅圖", "Busan", "P195", "X19", "x1", "P999999999999", "X0", "office", "kaohsiung-tw", "Tokyo",
    "today", "yesterday 9:00", "last Friday", "2026-11-20", "民國115年11月19日", "03/04/2026", "2026-13-45",
    "six-municipalities", "六都", "Asia/Taipei", "UTC+8", "9", "-1", "6 people", "geonames:1668399",
)  # fmt: skip

texts = st.one_of(
    st.sampled_from(MEANT),
    st.sampled_from([each[:6000] for each in NONSENSE]),
    st.text(max_size=60),
    st.text(min_size=200, max_size=400),
    st.dates().map(str),
    st.datetimes().map(str),
    st.integers().map(str),
    st.floats().map(str),
    st.from_regex(r"[PX#]?\d{1,12}", fullmatch=True),
    st.from_regex(r"(民國)?\d{1,4}[年/.-]\d{1,2}[月/.-]\d{1,2}日?", fullmatch=True),
    st.from_regex(r"<[@#&!]{1,2}\d{5,20}>", fullmatch=True),
)


@dataclass
class Visitor:
    """Somebody who tries a command with what Hypothesis made up.

    What is chosen depends on what the bot shows, and so on what was done before: it is left to `chance`, and only what
    is typed is drawn.
    """

    stage: Stage
    chance: Random
    typed: Iterator[str]
    numbers: Iterator[int]
    thrown: list[object]
    """Every input so far."""

    async def try_a_command(self) -> None:
        commands = sorted(
            (
                each
                for each in self.stage.env.bot.tree.walk_commands()
                if not isinstance(each, app_commands.Group)
            ),
            key=lambda command: command.qualified_name,
        )
        # Those that take more in are tried more often, and mostly by somebody who may.
        (command,) = self.chance.choices(commands, [1 + 2 * len(each.parameters) for each in commands])
        (person,) = self.chance.choices([self.stage.staff, self.stage.administrator], [1, 4])
        hidden = (command.root_parent or command).default_permissions is not None
        if hidden:
            person = self.stage.administrator  # Discord does not let the others send it
        options = {
            p.display_name: self._option(p)
            for p in command.parameters
            if p.required or self.chance.random() < MOSTLY
        }
        for parameter in command.parameters:
            typed = options.get(parameter.display_name)
            if parameter.autocomplete and isinstance(typed, str) and self._perhaps():
                others = {name: value for name, value in options.items() if name != parameter.display_name}
                await person.autocomplete(
                    self.stage.channel, command.qualified_name, parameter.display_name, typed, **others
                )
        before = await self._marks()
        seen = Seen(await person.slash(self.stage.channel, command.qualified_name, **options))
        await self._look(seen, before)
        for _ in range(MOST_PRESSES):
            following = await self._go_on(seen, person)
            if following is None:
                return
            seen = following

    async def _go_on(self, seen: Seen, person: Any) -> Seen | None:
        """Fill the form that was opened, or press one of the buttons; None where there is neither."""
        before = await self._marks()
        if seen.result.modal is not None:
            following = Seen(await person.submit_modal(seen.result, self._filled(seen.result.modal)))
        else:
            buttons = list(pressable(seen))
            if not buttons or not self._perhaps():
                return None
            label = self.chance.choice(buttons)
            following = Seen(await person.click(seen.result.response, label=label))
        await self._look(following, before)
        return following

    def _perhaps(self) -> bool:
        return self.chance.random() < 0.5

    def _option(self, parameter: Any) -> Any:
        if parameter.choices:
            return self.chance.choice([choice.value for choice in parameter.choices])
        match parameter.type:
            case AppCommandOptionType.string:
                return self._throw((next(self.typed) or "?")[: parameter.max_value or 6000])
            case AppCommandOptionType.integer:
                low = parameter.min_value if parameter.min_value is not None else -(2**53)
                high = parameter.max_value if parameter.max_value is not None else 2**53
                return self._throw(int(low) + next(self.numbers) % (int(high) - int(low) + 1))
            case AppCommandOptionType.boolean:
                return self._perhaps()
            case AppCommandOptionType.channel:
                return self.stage.channel
            case AppCommandOptionType.role:
                return self.stage.managers
            case AppCommandOptionType.user:
                return self.chance.choice([self.stage.staff, self.stage.administrator])
        raise AssertionError(f"an option of a kind that nobody thought of: {parameter.type}")

    def _throw(self, value: T) -> T:
        self.thrown.append(value)
        return value

    def _filled(self, modal: dict[str, Any]) -> dict[str, Any]:
        filled = {}
        for label in modal["components"]:
            if "component" in label:
                field = label["component"]
                filled[field["custom_id"]] = self._field(field)
        return filled

    def _field(self, field: dict[str, Any]) -> Any:
        match field["type"]:
            case 4:
                typed = next(self.typed)[: field.get("max_length") or 4000]
                return self._throw(typed or ("?" if field.get("required") else ""))
            case 3:
                values = [option["value"] for option in field["options"]]
                return [self.chance.choice(values)]
            case 8:
                return [self.stage.channel]
            case 6:
                some = field.get("min_values", 1) > 0 or self._perhaps()
                return [self.stage.managers] if some else []
        raise AssertionError(f"a field of a kind that nobody thought of: {field}")

    async def _marks(self) -> list[Any]:
        """What changes with any change: entries of the audit trail, and rows and versions of each table."""
        apart = {DraftRow.__tablename__, PreferenceRow.__tablename__, WorkerRow.__tablename__}
        marks: list[Any] = []
        async with self.stage.desk.database.read() as session:
            marks.append(await session.scalar(select(func.max(AuditRow.id))))
            for name, table in sorted(Base.metadata.tables.items()):
                if name not in apart:
                    columns = [func.count()]
                    if "version" in table.c:
                        columns.append(func.sum(table.c.version))
                    marks.append((name, *(await session.execute(select(*columns).select_from(table))).one()))
        return marks

    async def _look(self, seen: Seen, before: list[Any]) -> None:
        """An answer, in words, within Discord's limits; a refusal has changed nothing; nobody was pinged."""
        result = seen.result
        assert result.acknowledged, "silence"
        unexpected = [e for e in map(cause, self.stage.env.errors) if not isinstance(e, told)]
        assert not unexpected, unexpected
        if result.modal is None and result.response is not None and result.response.embeds:
            text = seen.text
            assert not any(opening in text for opening in UNEXPECTED), text
            if seen.embed.title in REFUSALS:
                assert seen.private
                assert len(str(seen.embed.description)) > 10
                assert await self._marks() == before
        for request in self.stage.env.http_requests:
            body = request.json if isinstance(request.json, dict) else {}
            body = body.get("data", body) if isinstance(body.get("data"), dict) else body
            if "content" in body or "embeds" in body:
                assert (body.get("allowed_mentions") or {"parse": []}).get("parse") == []
        self.stage.env.http_requests.clear()
        self.stage.env.errors.clear()


REFUSALS = {catalogue(language).template("error.title") for language in ("en", "zh-TW")}
UNEXPECTED = [
    catalogue(language).template("error.unexpected").split("{")[0][:30] for language in ("en", "zh-TW")
]
told = (AttacheError, app_commands.CommandOnCooldown)


def cause(error: BaseException) -> BaseException:
    return getattr(error, "original", getattr(error, "reason", error))


def pressable(seen: Seen) -> Iterator[str]:
    """The labels of the buttons under an answer, but for those that would end the office that all this stands on."""
    response = seen.result.response
    if response is None:
        return
    for row in response.components:
        for item in row.get("components", []):
            if item.get("type") == BUTTONS and not item.get("disabled") and item.get("style") != DANGER:
                yield item["label"]


@pytest.fixture
def thrown(batch: int) -> Iterator[list[object]]:
    """The inputs of a batch; there have to be as many as were asked for."""
    inputs: list[object] = []
    yield inputs
    assert len(inputs) >= _size(batch)


def _size(batch: int) -> int:
    return min(BATCH, INPUTS - batch * BATCH)


@pytest.mark.parametrize("batch", range(math.ceil(INPUTS / BATCH)))
@pytest.mark.parametrize("engine_name", ["sqlite"])
@settings(
    max_examples=BATCH,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(
    chance=st.integers(0, 2**32).map(Random),
    typed=st.lists(texts, min_size=MOST_TYPED, max_size=MOST_TYPED),
    numbers=st.lists(st.integers(-(2**53), 2**53), min_size=4, max_size=4),
)
async def test_anything_gets_an_answer_and_does_no_harm(
    stage: Stage, thrown: list[object], batch: int, chance: Random, typed: list[str], numbers: list[int]
) -> None:
    """Commands, forms and buttons with what Hypothesis makes up, as staff and as administrator."""
    if len(thrown) < _size(batch):
        await Visitor(stage, chance, cycle(typed), cycle(numbers), thrown).try_a_command()
