"""Buttons that outlive restarts: what stands in a custom id comes back from it, and only from it."""

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from importlib import import_module
from typing import Annotated, Any, Literal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.client import COGS
from bot.domain.access import Action
from bot.domain.exchanges import ExchangeKind
from bot.domain.places import Place
from bot.ui.access import presses
from bot.ui.buttons import BUTTONS, Exactly, Part, PersistentButton, Rest, Second, buttons, view_of
from bot.ui.callers import Interaction, chat_texts
from bot.ui.exchanges import log_visit_buttons

for cog in COGS:
    import_module(f"cogs.{cog}")  # as the client does, which is how all buttons come to be declared

ALL = buttons()

ANNIVERSARY = {
    "kind": "anniversary", "subject": "P191", "occurrence": date(2026, 6, 30), "lead": 30,
}  # fmt: skip
IN_MESSAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "undo:17": ("UndoButton", {"entry": 17}),
    "edit:open:40": ("EditButton", {"number": 40}),
    "edit:over:8Kq_w-3dZ0aB": ("SaveOverButton", {"draft": "8Kq_w-3dZ0aB"}),
    "remove:40:3": ("RemoveButton", {"number": 40, "version": 3}),
    "visit:log:seattle-us": ("LogVisitButton", {"partner_key": "seattle-us"}),
    "sentence:confirm:7:8Kq_w-3dZ0aB": ("ConfirmButton", {"writer": 7, "draft": "8Kq_w-3dZ0aB"}),
    "sentence:day:7:8Kq_w-3dZ0aB:2026-11": ("DayButton", {"writer": 7, "draft": "8Kq_w-3dZ0aB", "day": "2026-11"}),
    "sentence:kind:7:8Kq_w-3dZ0aB:visit_in": (
        "KindButton", {"writer": 7, "draft": "8Kq_w-3dZ0aB", "kind": ExchangeKind.VISIT_IN},
    ),
    "sentence:place:7:8Kq_w-3dZ0aB:0:195": (
        "PlaceButton", {"writer": 7, "draft": "8Kq_w-3dZ0aB", "question": 0, "place": 195},
    ),
    "sentence:edit:7:8Kq_w-3dZ0aB": ("EditSentenceButton", {"writer": 7, "draft": "8Kq_w-3dZ0aB"}),
    "sentence:reword:7:8Kq_w-3dZ0aB": ("RewordButton", {"writer": 7, "draft": "8Kq_w-3dZ0aB"}),
    "sentence:cancel:7": ("CancelButton", {"writer": 7}),
    "visit:details:148:1": ("DetailsButton", {"number": 148, "form": 1}),
    "visit:held:148": ("HeldButton", {"number": 148}),
    "visit:moved:148": ("MovedButton", {"number": 148}),
    "visit:cancelled:148": ("CancelledButton", {"number": 148}),
    "visit:confirm:148:3": ("ConfirmExchangeButton", {"number": 148, "version": 3}),
    "visit:differ:148": ("DifferenceButton", {"number": 148}),
    "visit:reopen:8Kq_w-3dZ0aB": ("ReopenButton", {"form": "visit", "draft": "8Kq_w-3dZ0aB"}),
    "office_posting:reopen:x": ("ReopenButton", {"form": "office_posting", "draft": "x"}),
    "office:settings:roles": ("SettingsButton", {"part": "roles"}),
    "claim:prefer:89:2.1f0c9a3e": ("PreferButton", {"number": 89, "handle": "2.1f0c9a3e"}),
    "promise:done:12:2.1f0c9a3e": ("PromiseDoneButton", {"number": 12, "which": "2.1f0c9a3e"}),
    "decision:done:148:2.1f0c9a3e": ("DecisionDoneButton", {"number": 148, "which": "2.1f0c9a3e"}),
    "lesson:add:148": ("LessonButton", {"number": 148}),
    "lesson:more:148:1442": ("MoreButton", {"number": 148, "key": "1442"}),
    "lesson:helped:148:1442": ("HelpedButton", {"number": 148, "key": "1442"}),
    "plan:slot:7,12:60:1795420800": (
        "SlotButton",
        {"partners": "7,12", "minutes": 60, "at": datetime(2026, 11, 23, 8, 0, tzinfo=UTC)},
    ),
    "plan:other:7:60": ("OtherTimeButton", {"partners": "7", "minutes": 60}),
    "act:edit:12": ("EditActButton", {"number": 12}),
    "act:replace:12:340": ("ReplaceActButton", {"older": 12, "later": 340}),
    "act:same:8Kq_w-3dZ0aB": ("AddAllTheSameButton", {"ticket": "8Kq_w-3dZ0aB"}),
    "page:quiet:zh-TW:b:-1:": (
        "PageButton",
        {"name": "quiet", "language": "zh-TW", "side": "b", "index": -1, "arguments": ""},
    ),
    "page:partners:en:n:2:1|JP|sister_city|any": (
        "PageButton",
        {"name": "partners", "language": "en", "side": "n", "index": 2, "arguments": "1|JP|sister_city|any"},
    ),
    "page:partners:zh-TW:n:1:~h1~cJP~k*~s2~r1~q2~l0~o3~a199005~b20201231~t港 ~t": (
        "PageButton",
        {
            "name": "partners",
            "language": "zh-TW",
            "side": "n",
            "index": 1,
            "arguments": "~h1~cJP~k*~s2~r1~q2~l0~o3~a199005~b20201231~t港 ~t",
        },
    ),
    "list:exchanges:1,2": ("ListButton", {"name": "exchanges", "arguments": "1,2"}),
    "list:timeline:0P12": ("ListButton", {"name": "timeline", "arguments": "0P12"}),
    "list:promises:2||all": ("ListButton", {"name": "promises", "arguments": "2||all"}),
    "file:partners:en:~h1": ("FileButton", {"name": "partners", "language": "en", "arguments": "~h1"}),
    "file:exchanges:en:1,2": ("FileButton", {"name": "exchanges", "language": "en", "arguments": "1,2"}),
    "ask:same:3b0fQm-x_2Ld9aTzWq4k": ("AskButton", {"step": "same", "key": "3b0fQm-x_2Ld9aTzWq4k"}),
    "ask:memoranda:3b0fQm-x_2Ld9aTzWq4k": ("AskButton", {"step": "memoranda", "key": "3b0fQm-x_2Ld9aTzWq4k"}),
    "ask:choice:412345678901234567:3b0fQm-x_2Ld9aTzWq4k": (
        "ChoiceButton",
        {"person": 412345678901234567, "key": "3b0fQm-x_2Ld9aTzWq4k"},
    ),
    "direct:office:412345678901234567": ("OfficeButton", {"guild": 412345678901234567}),
    "unanswered:out:7:0": ("SettleButton", {"what": "out", "number": 7, "index": 0}),
    "unanswered:remove:7:2": ("SettleButton", {"what": "remove", "number": 7, "index": 2}),
    "unanswered:keep:off": ("KeepButton", {"way": "off"}),
    "unanswered:teach:7": ("TeachButton", {"number": 7}),
    "partner:show:P12": ("ShowPartnerButton", {"record": "P12"}),
    "group:leave:3:1795222800000001": (
        "LeaveGroupButton",
        {"group_id": 3, "since": datetime(2026, 11, 21, 1, 0, 0, 1, UTC)},
    ),
    "privacy:forget:412345678901234567:1795222800": (
        "ForgetMeButton",
        {"user_id": 412345678901234567, "asked": datetime(2026, 11, 21, 1, tzinfo=UTC)},
    ),
    "contact:edit:5:0": ("EditContactButton", {"number": 5, "going_round": 0}),
    "contact:show:5": ("ShowContactButton", {"number": 5}),
    "contact:left:5:1": ("LeftButton", {"number": 5, "going_round": 1}),
    "contact:remove:5:3": ("RemoveContactButton", {"number": 5, "version": 3}),
    "contact:right:5:3": ("ConfirmButton", {"number": 5, "version": 3}),
    "pressure:edit:5": ("EditNoteButton", {"number": 5}),
    "pressure:ask:5": ("AskToRemoveNoteButton", {"number": 5}),
    "pressure:remove:5:3": ("RemoveNoteButton", {"number": 5, "version": 3}),
    "profile:edit:7": ("EditProfileButton", {"place": 7}),
    "profile:undo:17": ("UndoProfileButton", {"entry": 17}),
    "revive:kit:seattle-us": ("ReviveButton", {"partner_key": "seattle-us"}),
    "revive:letter:seattle-us": ("LetterButton", {"partner_key": "seattle-us"}),
    "pause:open:12": ("PauseButton", {"number": 12}),
    "end:propose:12": ("ProposeEndButton", {"number": 12}),
    "snooze:anniversary:P191:739797:30": ("SnoozeButton", ANNIVERSARY),
    "snooze-for:anniversary:P191:739797:30:7": ("SnoozeForButton", {**ANNIVERSARY, "days": 7}),
    "snooze-until:anniversary:P191:739797:30": ("SnoozeUntilButton", ANNIVERSARY),
    "assign:dormancy:P19:739797:0": (
        "AssignButton",
        {"kind": "dormancy", "subject": "P19", "occurrence": date(2026, 6, 30), "lead": 0},
    ),
    "done:anniversary:P191:739797:30": ("DoneButton", ANNIVERSARY),
    "not-done:anniversary:P191:739797:30": ("NotDoneButton", ANNIVERSARY),
    "celebrate:191:739797": ("CelebrateButton", {"number": 191, "on": date(2026, 6, 30)}),
    "privacy:erase:8Kq_w-3dZ0aB": ("EraseButton", {"key": "8Kq_w-3dZ0aB"}),
    "privacy:office:2:1795222800": (
        "EraseOfficeButton",
        {"office_id": 2, "asked": datetime(2026, 11, 21, 1, tzinfo=UTC)},
    ),
}  # fmt: skip
"""Custom ids as they stand under messages in servers: whatever is changed here, those must go on working."""


def taken_by(custom_id: str) -> list[type[PersistentButton]]:
    """The buttons whose press this is, as discord.py finds them."""
    return [button for button in ALL if button.__discord_ui_compiled_template__.fullmatch(custom_id)]


def read(button: type[PersistentButton], custom_id: str) -> PersistentButton:
    """The button as discord.py makes it for a press."""
    match = button.__discord_ui_compiled_template__.fullmatch(custom_id)
    assert match, f"{button.__name__} does not know {custom_id}"
    nothing: Any = None
    return asyncio.run(button.from_custom_id(nothing, nothing, match))


def held(button: PersistentButton) -> dict[str, Any]:
    return {name: getattr(button, name) for name in button.__parts__}


@pytest.mark.parametrize("custom_id", IN_MESSAGES)
def test_what_is_in_messages_is_still_read(custom_id: str) -> None:
    """By the same button, with the same fields, and written anew it is the same to the letter."""
    name, values = IN_MESSAGES[custom_id]
    (button,) = taken_by(custom_id)
    assert button.__name__ == name
    assert held(read(button, custom_id)) == values
    assert button(**values).custom_id == custom_id


def test_every_button_is_listed() -> None:
    """A new one goes into the list above: from its first release on, its custom ids are in messages."""
    assert {button.__name__ for button in ALL} == {name for name, _ in IN_MESSAGES.values()}


@st.composite
def any_of_ours(draw: st.DrawFn) -> PersistentButton:
    """A button of any kind with any fields that it can have."""
    kind = draw(st.sampled_from(ALL))
    values = {
        name: part.read(draw(st.from_regex(part.pattern, fullmatch=True)))
        for name, part in kind.__parts__.items()
    }
    assume(
        len(kind.__written__) + sum(len(part.write(values[name])) for name, part in kind.__parts__.items())
        <= 100
    )
    return kind(**values)


@given(any_of_ours())
def test_any_fields_survive_and_nobody_else_takes_them(button: PersistentButton) -> None:
    """What is written is read back alike, by one kind of button only: discord.py would call each that fits."""
    assert taken_by(button.custom_id) == [type(button)]
    again = read(type(button), button.custom_id)
    assert held(again) == held(button)
    assert again.custom_id == button.custom_id


@given(st.text(max_size=100) | st.from_regex(r"[a-z]{1,8}(:[a-z0-9-]{0,8}){0,5}", fullmatch=True))
def test_what_is_taken_at_all_is_ours_to_the_letter(custom_id: str) -> None:
    """A foreign custom id is nobody's; one that is taken could have been written by nobody else."""
    for button in taken_by(custom_id):
        assert read(button, custom_id).custom_id == custom_id


@pytest.mark.parametrize(
    "foreign",
    ["", "undo", "undo:", "undo:x", "undo:1:2", "undo:01", "xundo:1", "undo:1\n", "edit:open:", "visit:log:a:b",
     "office:settings:everything", "group:leave:3:", "privacy:forget::1", "visit:form:1:2:shared"],
)  # fmt: skip
def test_a_foreign_press_is_left_alone(foreign: str) -> None:
    """Other bots' ids, forms' ids, and what only begins like one of ours."""
    assert taken_by(foreign) == []


# Declaring one ------------------------------------------------------------------------------------------------


class Way(StrEnum):
    IN = "in"
    OUT = "out"


@pytest.fixture
def nothing_kept() -> Iterator[None]:
    """What is declared in a test is gone after it."""
    before = dict(BUTTONS)
    yield
    BUTTONS.clear()
    BUTTONS.update(before)


def declared() -> Any:
    """A button with a field of each type."""

    class Everything(
        PersistentButton, custom_id="all.{word}:{number}:{way}:{side}:{second}:{exactly}:{hand}:{rest}"
    ):
        number: int
        word: str
        way: Way
        side: Literal["b", "n"]
        second: Second
        exactly: Exactly
        hand: Annotated[bool, Part("[yn]", lambda held: "y" if held else "n", "y".__eq__)]
        rest: Rest

        @presses(Action.READ)
        async def callback(self, interaction: Interaction) -> None: ...

    return Everything


DAYS = st.datetimes(datetime(1970, 1, 2), datetime(5000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(
    number=st.integers(-(2**63), 2**63),
    word=st.text(st.characters(exclude_characters=":"), min_size=1, max_size=8),
    way=st.sampled_from(Way),
    side=st.sampled_from(["b", "n"]),
    second=DAYS.map(lambda moment: moment.replace(microsecond=0)),
    exactly=DAYS,
    hand=st.booleans(),
    rest=st.text(max_size=20),
)
def test_every_type_of_field_survives(**values: Any) -> None:
    """Numbers, words, lists of words, moments, and what a capability writes in its own way."""
    before = dict(BUTTONS)
    kind = declared()
    BUTTONS.clear()
    BUTTONS.update(before)
    again = read(kind, kind(**values).custom_id)
    assert held(again) == values
    assert type(again.way) is Way  # type: ignore[attr-defined]


def test_a_moment_is_cut_to_what_is_written(nothing_kept: None) -> None:
    """As it is when the press comes back."""
    moment = datetime(2026, 11, 21, 1, 0, 0, 999_999, UTC)
    button = declared()(1, "w", Way.IN, "b", moment, moment, True, "")
    assert held(read(type(button), button.custom_id))["second"] == moment - timedelta(microseconds=999_999)


@pytest.mark.parametrize("values", [{"word": ""}, {"word": "a:b"}, {"side": "x"}, {"rest": "x" * 100}])
def test_what_cannot_be_written_is_refused_where_it_is_made(
    values: dict[str, Any], nothing_kept: None
) -> None:
    """And not by Discord, nor by a press that nobody takes."""
    moment = datetime(2026, 11, 21, tzinfo=UTC)
    well = {"number": 1, "word": "w", "way": Way.IN, "side": "b", "second": moment, "exactly": moment}
    with pytest.raises(ValueError, match="Everything"):
        declared()(**(well | {"hand": True, "rest": ""} | values))


def declare(custom_id: str, kind: Any, rule: bool = True, name: str = "number") -> type[Any]:
    async def callback(self: Any, interaction: Interaction) -> None: ...

    body = {
        "__annotations__": {name: kind},
        "__module__": __name__,
        "callback": presses(Action.READ)(callback) if rule else callback,
    }
    return type("Declared", (PersistentButton,), body, custom_id=custom_id)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"custom_id": "a", "kind": int}, "name each field once"),
        ({"custom_id": "a:{number}:{number}", "kind": int}, "name each field once"),
        ({"custom_id": "a:{number}:{other}", "kind": int}, "name each field once"),
        ({"custom_id": "a:{number}", "kind": float}, "no way is known"),
        ({"custom_id": "a:{row}", "kind": int, "name": "row"}, "use of its own"),
        ({"custom_id": "a:{number}", "kind": int, "rule": False}, "who may press it"),
        ({"custom_id": "undo:{entry}", "kind": int, "name": "entry"}, "UndoButton has the custom id"),
    ],
)
def test_a_wrong_declaration_is_told_when_it_is_loaded(
    wrong: dict[str, Any], told: str, nothing_kept: None
) -> None:
    """A mistake in a button is seen at once, and by nobody in a chat."""
    with pytest.raises(TypeError, match=re.escape(told)):
        declare(**wrong)
    assert buttons() == ALL


async def test_a_label_fits(nothing_kept: None) -> None:
    """The name of a place may be longer than a button is wide."""
    kind = declare("a:{number}", int)
    view = view_of(kind(1, label="長" * 200), kind(2))
    first, second = (item.to_component_dict() for item in view.children)
    assert len(first["label"]) == 80
    assert second.get("label") is None
    assert view.is_persistent()


async def test_names_on_buttons_are_plain() -> None:
    """Discord shows no markdown on a button: what is put before a mark elsewhere would stand there as it is."""
    place = Place(7, "isle", "Isle of *Man* [north]", None, None, "GB")
    (button,) = log_visit_buttons(chat_texts("en"), place)
    assert button.to_component_dict()["label"] == "Log a visit with Isle of *Man* [north]"
