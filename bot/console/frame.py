"""What every command needs: the settings, the texts, where to print, shared options, and work at a desk."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, NoReturn, TypeVar

import typer
from pydantic import ValidationError
from rich.console import Console

from bot import app as wiring
from bot.domain.access import Role
from bot.domain.date_reading import read_date
from bot.domain.dates import Precision
from bot.domain.errors import AttacheError, BadInput
from bot.domain.offices import LANGUAGES
from bot.i18n.texts import Texts
from bot.services.desk import Caller, Desk
from bot.services.offices import office_named, office_that_keeps
from bot.settings import Settings
from bot.ui.errors import error_text

T = TypeVar("T")


def read_settings() -> Settings:
    """The settings. Raises `BadInput` (`settings.invalid`) with the variable that cannot be read."""
    try:
        return Settings()
    except UnicodeDecodeError:
        raise BadInput("settings.unreadable") from None
    except ValidationError as invalid:
        names = ", ".join(f"ATTACHE_{error['loc'][0]}".upper() for error in invalid.errors())
        raise BadInput("settings.invalid", names=names) from None


def _help_language() -> str:
    try:
        return read_settings().language
    except AttacheError:
        return LANGUAGES[0]


say = Texts(_help_language())
OPERATOR = Caller(say.language, role=Role.OPERATOR)
out, err = Console(highlight=False), Console(stderr=True, highlight=False)


class Language(StrEnum):
    EN = "en"
    ZH_TW = "zh-TW"


LanguageOption = Annotated[Language | None, typer.Option("--language", help=say("cli.option.language"))]
OfficeOption = Annotated[str | None, typer.Option("--office", help=say("cli.option.office"))]
SpeakingFor = Annotated[str, typer.Option("--office", help=say("cli.option.speaking_for"))]
ActingFor = Annotated[str | None, typer.Option("--office", help=say("cli.option.acting_for"))]
SeeingAs = Annotated[str | None, typer.Option("--office", help=say("cli.option.seeing_as"))]
YesOption = Annotated[bool, typer.Option("--yes", help=say("cli.option.yes"))]
JsonOption = Annotated[bool, typer.Option("--json", help=say("cli.option.json"))]


def command_group(about: str) -> typer.Typer:
    """A group of commands such as `attache db`; without one of them it prints its help."""
    return typer.Typer(help=about, no_args_is_help=True)


def fail(error: AttacheError) -> NoReturn:
    """Say on standard error what went wrong, and end with exit status 1."""
    err.print(error_text(say, error), style="red", markup=False, soft_wrap=True)
    sys.exit(1)


@asynccontextmanager
async def any_desk() -> AsyncIterator[Desk]:
    """The desk that the settings name, whatever schema its database has."""
    async with wiring.open_desk(read_settings().database_url.get_secret_value()) as desk:
        yield desk


@asynccontextmanager
async def current_desk() -> AsyncIterator[Desk]:
    """The desk that the settings name, at the newest schema."""
    async with any_desk() as desk:
        await wiring.require_newest_schema(desk)
        yield desk


def run_work(work: Coroutine[Any, Any, T]) -> T:
    """Do the work; interrupted by Ctrl-C it says so, and nothing that was not finished is stored."""
    try:
        return asyncio.run(work)
    except KeyboardInterrupt:
        err.print(say("cli.interrupted"), markup=False)
        raise typer.Exit(130) from None


def at_desk(work: Callable[[Desk], Awaitable[T]]) -> T:
    """Do the work at the desk that the settings name, at the newest schema; what most commands are."""

    async def done() -> T:
        async with current_desk() as desk:
            return await work(desk)

    return run_work(done())


async def speaking_for(desk: Desk, city: str | None) -> Caller:
    """The operator on behalf of the office of a city; without one nobody's, who sees what is shared or public."""
    return replace(OPERATOR, office=await office_named(desk, city)) if city else OPERATOR


async def acting_on(desk: Desk, record: str, city: str | None) -> Caller:
    """The operator who changes a record: for the office named, or else for the one whose record it is, if any."""
    if city:
        return await speaking_for(desk, city)
    return replace(OPERATOR, office=await office_that_keeps(desk, OPERATOR, record))


def ask(question: str) -> None:
    """Go on only with a yes; without anybody to say it, end with exit status 1, and nothing is erased."""
    try:
        sure = typer.confirm(question)
    except typer.Abort:
        sure = False
    if not sure:
        err.print(say("cli.privacy.nothing_erased"), markup=False, soft_wrap=True)
        raise typer.Exit(1)


def read_day(text: str | None, today: date) -> date:
    """The day that an option names, today without one. Raises `BadInput` for a month or a year."""
    if text is None:
        return today
    found = read_date(text, today)
    if found.precision is not Precision.DAY:
        raise BadInput("cli.needs_day", date=found)
    return found.earliest()
