"""Buttons that outlive restarts: what a press needs stands in their custom id, and is declared once.

    class UndoButton(PersistentButton, custom_id="undo:{entry}"):
        entry: int

        @presses(Action.LOG)
        async def callback(self, interaction: Interaction) -> None: ...

    view = view_of(UndoButton(12, label=texts("undo.button")))

The custom id is also its own pattern: whichever process takes the press reads the fields back from it. Declared where
the cogs come to import it, so in `bot.ui`, a button needs no further registration: the client takes all there are.
Once released it stands under messages for years: a custom id may be added, but none changed (tests/test_buttons.py).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from string import Formatter
from typing import (
    Annotated,
    Any,
    Generic,
    Literal,
    Self,
    TypeVar,
    cast,
    dataclass_transform,
    get_args,
    get_origin,
)

import discord

from bot.domain.errors import NotFound
from bot.ui.access import action_of_button
from bot.ui.callers import Interaction
from bot.ui.cards import fit
from bot.ui.errors import answer_error

CUSTOM_ID, LABEL = 100, 80
"""What Discord takes for a custom id and for what stands on a button, in characters."""

T = TypeVar("T")

# Fields ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """How values of a field stand in a custom id: `pattern` is what `write` gives, and `read` takes it back."""

    pattern: str
    write: Callable[[T], str]
    read: Callable[[str], T]


NUMBER = Part(r"0|-?[1-9][0-9]*", str, int)
WORD = Part(r"[^:]+", str, str)
ANYTHING = Part(r"(?s:.*)", str, str)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _moments(unit: timedelta, digits: int) -> Part[datetime]:
    return Part(
        f"0|[1-9][0-9]{{0,{digits - 1}}}",
        lambda moment: str((moment - _EPOCH) // unit),
        lambda text: _EPOCH + int(text) * unit,
    )


Rest = Annotated[str, ANYTHING]
"""A last field that may hold anything, also nothing, also colons; a plain `str` holds neither."""

Second = Annotated[datetime, _moments(timedelta(seconds=1), 11)]
"""A moment, to the second."""

Exactly = Annotated[datetime, _moments(timedelta(microseconds=1), 17)]
"""A moment to the microsecond, as stored: it tells a row from a later one for the same thing."""


Day = Annotated[
    date, Part(r"[1-9][0-9]{0,5}", lambda day: str(day.toordinal()), lambda text: date.fromordinal(int(text)))
]
"""A day, as its number since the beginning of the calendar."""


def _one_of(read: Callable[[str], Any], words: Iterator[str]) -> Part[Any]:
    return Part("|".join(re.escape(word) for word in words), str, read)


def _part(kind: Any) -> Part[Any]:
    """How a field of this type is written: numbers, words, words of a list, and what an annotation says."""
    for said in getattr(kind, "__metadata__", ()):
        if isinstance(said, Part):
            return said
    if kind is int:
        return NUMBER
    if kind is str:
        return WORD
    if get_origin(kind) is Literal:
        return _one_of(str, iter(get_args(kind)))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _one_of(kind, (member.value for member in kind))
    raise TypeError(f"no way is known to write {kind} in a custom id; annotate it with a Part")


# Buttons -----------------------------------------------------------------------------------------------------

BUTTONS: "dict[str, type[PersistentButton]]" = {}
"""Every kind of button by its custom id as declared; those in a cog would be declared with every start anew."""


def buttons() -> "tuple[type[PersistentButton], ...]":
    """All that have been declared, for the client."""
    return tuple(BUTTONS.values())


@dataclass_transform(eq_default=False, field_specifiers=(field,))
class _Declared(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"(?!)"):
    """Makes of each subclass a dataclass, and of its custom id the pattern by which the library knows a press."""

    __parts__: dict[str, Part[Any]]
    __written__: str
    __style__: discord.ButtonStyle

    def __init_subclass__(
        cls, *, custom_id: str = "", style: discord.ButtonStyle = discord.ButtonStyle.secondary
    ) -> None:
        declared: Any = dataclass(eq=False, repr=False)(cls)
        if not custom_id:  # a base class of others
            super().__init_subclass__(template=r"(?!)")
            return
        cls.__parts__ = {each.name: _part(each.type) for each in fields(declared) if each.name != "label"}
        cls.__written__, cls.__style__ = custom_id, style
        super().__init_subclass__(template=_pattern(cls, custom_id))
        _declare(cls)


def _pattern(button: type[_Declared], custom_id: str) -> str:
    """The pattern of the custom ids. Raises `TypeError` where it does not name each field once."""
    pattern, named = "", []
    for literal, name, _, _ in Formatter().parse(custom_id):
        pattern += re.escape(literal)
        if name is not None:
            named.append(name)
            pattern += f"(?P<{name}>{button.__parts__[name].pattern})" if name in button.__parts__ else ""
    if sorted(named) != sorted(button.__parts__):
        raise TypeError(f"{button.__name__}: {custom_id} has to name each field once: {[*button.__parts__]}")
    if taken := [name for name in named if name == "item" or hasattr(discord.ui.DynamicItem, name)]:
        raise TypeError(f"{button.__name__}: discord.py has a use of its own for {taken}")
    return pattern


def _declare(button: type[Any]) -> None:
    """Let the client know it. Raises `TypeError` where anybody might press it, or another has its custom id."""
    if action_of_button(button) is None:
        raise TypeError(f"{button.__name__}: its callback says by no @presses who may press it")
    other = BUTTONS.get(button.__written__, button)
    if (other.__module__, other.__qualname__) != (button.__module__, button.__qualname__):
        raise TypeError(f"{button.__name__}: {other.__name__} has the custom id {button.__written__}")
    BUTTONS[button.__written__] = button


class PersistentButton(_Declared):
    """Base of all buttons; see the top of this module. The label is empty where a press is read back.

    In the class line: `custom_id`, with each field in braces, and `style`, secondary if nothing is said. Fields may be
    of type `int`, `str` (not empty, no colon), `Literal`, a `StrEnum`, `Rest`, `Second`, `Exactly`, or annotated
    with a `Part`. Two kinds of button must not be able to have the same custom id; a test tries.
    """

    label: str = field(default="", kw_only=True)

    def __post_init__(self) -> None:
        """Raises `ValueError` for what cannot stand in the custom id, or makes it longer than Discord takes."""
        values = {name: part.write(getattr(self, name)) for name, part in self.__parts__.items()}
        for name, text in values.items():
            if not re.fullmatch(self.__parts__[name].pattern, text):
                raise ValueError(f"{type(self).__name__}: {name} cannot be {text!r}")
        custom_id = self.__written__.format_map(values)
        if len(custom_id) > CUSTOM_ID:
            raise ValueError(f"{type(self).__name__}: a custom id of {len(custom_id)} characters")
        super().__init__(
            discord.ui.Button(style=self.__style__, label=fit(self.label, LABEL) or None, custom_id=custom_id)
        )

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: Any, match: re.Match[str], /) -> Self:
        return cls(**{name: part.read(match[name]) for name, part in cls.__parts__.items()})


def view_of(*buttons: PersistentButton) -> discord.ui.View:
    """The buttons, to go under a message for good."""
    view = discord.ui.View(timeout=None)
    for button in buttons:
        view.add_item(button)
    return view


async def button_pressed(interaction: Interaction) -> None:
    """Answer the press of a button that another release put there; those that are declared here answer themselves."""
    if interaction.type is not discord.InteractionType.component:
        return
    custom_id = cast(Any, interaction.data)["custom_id"]
    if not any(button.__discord_ui_compiled_template__.fullmatch(custom_id) for button in buttons()):
        await answer_error(interaction, NotFound("button.unknown"))
