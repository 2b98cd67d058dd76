"""The command line: the second door to the services, for operators and for files."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar
from zoneinfo import ZoneInfo

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import Progress

from bot import app as wiring
from bot.clock import system_clock
from bot.doctor import examine
from bot.domain.access import ANYONE
from bot.domain.date_reading import read_date
from bot.domain.dates import Precision
from bot.domain.errors import AttacheError, BadInput, Unavailable
from bot.domain.offices import LANGUAGES
from bot.domain.places import Place
from bot.i18n.countries import read_country
from bot.i18n.texts import Texts, Written
from bot.services import exports, imports, offices, reminders, starter
from bot.services.desk import Desk
from bot.services.imports import ImportReport, Sheet
from bot.services.reminders import Post
from bot.settings import Settings
from bot.ui.errors import error_text
from bot.ui.reminders import reminder_text
from db.engine import EngineError, reason_of
from db.integrity import troubles
from db.schema import current_revision, newest_revision, upgrade

T = TypeVar("T")

PROBLEMS_SHOWN = 50


def _settings() -> Settings:
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
        return _settings().language
    except AttacheError:
        return LANGUAGES[0]


say = Texts(_help_language())
out, err = Console(highlight=False), Console(stderr=True, highlight=False)

app = typer.Typer(help=say("cli.about"), no_args_is_help=True, add_completion=False, rich_markup_mode=None)
db_app = typer.Typer(help=say("cli.db.about"), no_args_is_help=True)
app.add_typer(db_app, name="db")


class Language(StrEnum):
    EN = "en"
    ZH_TW = "zh-TW"


LanguageOption = Annotated[Language | None, typer.Option("--language", help=say("cli.option.language"))]
OfficeOption = Annotated[str | None, typer.Option("--office", help=say("cli.option.office"))]


def main() -> None:
    """Run the command line: 0 for done, 1 with a message for people, 2 for wrong usage."""
    try:
        app()
    except AttacheError as error:
        _fail(error)
    except EngineError as error:
        _fail(Unavailable("database.failed", reason=reason_of(error)))


def _fail(error: AttacheError) -> NoReturn:
    err.print(error_text(say, error), style="red", markup=False, soft_wrap=True)
    sys.exit(1)


@asynccontextmanager
async def _desk() -> AsyncIterator[Desk]:
    """The desk that the settings name, at the newest schema."""
    async with wiring.open_desk(_settings().database_url.get_secret_value()) as desk:
        await wiring.require_newest_schema(desk)
        yield desk


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Do the work; interrupted by Ctrl-C it says so, and nothing that was not finished is stored."""
    try:
        return asyncio.run(work)
    except KeyboardInterrupt:
        err.print(say("cli.interrupted"), markup=False)
        raise typer.Exit(130) from None


def _day(text: str | None, today: date) -> date:
    if text is None:
        return today
    found = read_date(text, today)
    if found.precision is not Precision.DAY:
        raise BadInput("cli.needs_day", date=found)
    return found.earliest()


@app.command(help=say("cli.run"))
def run() -> None:
    settings = _settings()
    wiring.set_up_logging(settings.log_level)
    _run(wiring.run(settings))


@app.command(help=say("cli.rehearse"))
def rehearse(
    port: Annotated[int, typer.Option(min=0, max=65535, help=say("cli.option.port"))] = 8765,
    open_: Annotated[bool, typer.Option("--open", help=say("cli.option.open"))] = False,
    today: Annotated[str | None, typer.Option(help=say("cli.option.today"))] = None,
    office: Annotated[str, typer.Option(help=say("cli.option.rehearse_office"))] = "Kaohsiung",
    language: LanguageOption = None,
    database: Annotated[str | None, typer.Option(help=say("cli.option.database"))] = None,
) -> None:
    from bot.rehearsal import Rehearsal, rehearse  # needs the extra that most installations do without

    day = _day(today, system_clock().astimezone().date())
    chosen = language.value if language else _settings().language
    _run(rehearse(Rehearsal(port, open_, day, office, chosen, database)))


@app.command("reminders", help=say("cli.reminders"))
def list_reminders(
    from_: Annotated[str | None, typer.Option("--from", help=say("cli.option.from"))] = None,
    days: Annotated[int, typer.Option(min=1, max=3660, help=say("cli.option.days"))] = 30,
    office: OfficeOption = None,
    as_json: Annotated[bool, typer.Option("--json", help=say("cli.option.json"))] = False,
) -> None:
    _run(_list_reminders(from_, days, office, as_json))


async def _list_reminders(from_: str | None, days: int, office: str | None, as_json: bool) -> None:
    async with _desk() as desk:
        only = await offices.office_named(desk, office) if office else None
        first = _day(from_, desk.clock().date()) if from_ else None
        posts = await reminders.preview(desk, first, days, only)
    for post in posts:
        if as_json:
            typer.echo(json.dumps(_post_document(post), ensure_ascii=False))
        else:
            at = post.reminder.at.astimezone(ZoneInfo(post.office.zone))
            typer.echo(f"{at:%Y-%m-%d %H:%M %z}  {say.place(post.office.place)}  {_first_line(post)}")
    if not posts and not as_json:
        typer.echo(say("cli.no_reminders", n=days))


def _first_line(post: Post) -> str:
    return f"{reminder_text(post).splitlines()[0]} ({post.act.record})"


def _post_document(post: Post) -> dict[str, Any]:
    """One line of `attache reminders --json` (design §4)."""
    return {
        "at": post.reminder.at.astimezone(ZoneInfo(post.office.zone)).isoformat(),
        "office": post.office.place.name_en,
        "channel": post.reminder.channel_id or None,
        "kind": post.reminder.kind.value,
        "lead_days": post.reminder.lead_days,
        "occurrence": post.reminder.occurrence.isoformat(),
        "years": post.years,
        "milestone": post.milestone,
        "records": [post.act.record, *(exchange.record for exchange in post.recent[:1])],
        "places": [_place_document(place) for place in post.act.parties],
        "text": reminder_text(post),
    }


def _place_document(place: Place) -> dict[str, str | None]:
    return {"name": place.name_en, "country": place.country}


@app.command("import", help=say("cli.import"))
def import_(
    sheet: Annotated[Sheet, typer.Argument(help=say("cli.option.sheet"))],
    file: Annotated[Path, typer.Argument(help=say("cli.option.file"))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("cli.option.dry_run"))] = False,
    country: Annotated[str | None, typer.Option("--country", help=say("cli.option.country"))] = None,
) -> None:
    report = _run(_import(sheet, file, dry_run, read_country(country) if country else None))
    _print_report(report)
    if report.problems:
        raise typer.Exit(1)


async def _import(sheet: Sheet, file: Path, dry_run: bool, country: str | None) -> ImportReport:
    async with _desk() as desk:
        with Progress(console=err, transient=True) as progress:
            task = progress.add_task(file.name, total=None)

            def advance(done: int, total: int) -> None:
                progress.update(task, completed=done, total=total)

            return await imports.import_file(
                desk, sheet, file, country=country, dry_run=dry_run, progress=advance
            )


def _print_report(report: ImportReport) -> None:
    """The counts on standard output; each row with a problem on standard error, with its remedy."""
    for problem in report.problems[:PROBLEMS_SHOWN]:
        reason = say(f"import.{problem.key}", **problem.values)
        line = say(
            "import.problem",
            row=problem.row,
            column=problem.column,
            value=problem.value,
            reason=Written(reason),
        )
        err.print(line, style="red", markup=False, soft_wrap=True)
    if report.problem_count > PROBLEMS_SHOWN:
        err.print(say("import.more_problems", n=report.problem_count - PROBLEMS_SHOWN), markup=False)
    for note in report.notes:
        reason = say(f"import.{note.key}", **note.values)
        out.print(say("import.note", row=note.row, reason=Written(reason)), markup=False, soft_wrap=True)
    if report.problems:
        err.print(say("import.nothing_stored", n=report.problem_count), markup=False)
        return
    key = "import.would_be_done" if report.dry_run else "import.done"
    out.print(
        say(key, rows=report.rows, added=report.added, merged=report.merged, unchanged=report.unchanged,
            places=report.places_added),
        markup=False, soft_wrap=True,
    )  # fmt: skip


@app.command("export", help=say("cli.export"))
def export(directory: Annotated[Path, typer.Argument(help=say("cli.option.directory"))]) -> None:
    for file, rows in _run(_export(directory)).items():
        typer.echo(say("cli.exported", file=file, n=rows))


async def _export(directory: Path) -> dict[str, int]:
    async with _desk() as desk:
        return await exports.export_registry(desk, directory, ANYONE)


@app.command("doctor", help=say("cli.doctor"))
def doctor(
    connect: Annotated[bool, typer.Option("--connect", help=say("cli.option.connect"))] = False,
) -> None:
    findings = _run(examine(_settings(), connect=connect))
    for finding in findings:
        mark = "✓" if finding.well else "✗"
        out.print(f"{mark} {say(finding.key, **finding.values)}", markup=False, soft_wrap=True)
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)


@db_app.command("upgrade", help=say("cli.db.upgrade"))
def db_upgrade() -> None:
    typer.echo(say("cli.db.upgraded", revision=_run(_upgrade())))


async def _upgrade() -> str:
    async with wiring.open_desk(_settings().database_url.get_secret_value()) as desk:
        await upgrade(desk.database)
        return await current_revision(desk.database) or ""


@db_app.command("seed", help=say("cli.db.seed"))
def db_seed() -> None:
    _print_report(_run(_seed()))


async def _seed() -> ImportReport:
    async with _desk() as desk:
        return await starter.seed(desk)


@db_app.command("check", help=say("cli.db.check"))
def db_check() -> None:
    found = _run(_check())
    for trouble in found:
        err.print(say(f"integrity.{trouble.key}", **trouble.values), style="red", markup=False)
    if found:
        raise typer.Exit(1)
    typer.echo(say("cli.db.sound", revision=newest_revision()))


async def _check() -> list[Any]:
    async with wiring.open_desk(_settings().database_url.get_secret_value()) as desk:
        return await troubles(desk.database)
