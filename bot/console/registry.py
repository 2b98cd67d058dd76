"""`attache import` and `attache export`: the registry from and to files."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from bot.console.frame import current_desk, err, out, run_work, say
from bot.domain.access import Scope
from bot.i18n.countries import read_country
from bot.i18n.texts import Written
from bot.services import exports, imports
from bot.services.exports import Exported
from bot.services.imports import ImportReport, Sheet
from bot.services.offices import office_named

PROBLEMS_SHOWN = 50


def import_file(
    sheet: Annotated[Sheet, typer.Argument(help=say("cli.option.sheet"))],
    file: Annotated[Path, typer.Argument(help=say("cli.option.file"))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("cli.option.dry_run"))] = False,
    country: Annotated[str | None, typer.Option("--country", help=say("cli.option.country"))] = None,
) -> None:
    report = run_work(_import(sheet, file, dry_run, read_country(country) if country else None))
    print_import(report)
    if report.problems:
        raise typer.Exit(1)


async def _import(sheet: Sheet, file: Path, dry_run: bool, country: str | None) -> ImportReport:
    async with current_desk() as desk:
        with Progress(console=err, transient=True) as progress:
            task = progress.add_task(file.name, total=None)

            def advance(done: int, total: int) -> None:
                progress.update(task, completed=done, total=total)

            return await imports.import_file(
                desk, sheet, file, country=country, dry_run=dry_run, progress=advance
            )


def print_import(report: ImportReport) -> None:
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


def export(
    directory: Annotated[Path, typer.Argument(help=say("cli.option.directory"))],
    office: Annotated[str | None, typer.Option("--office", help=say("cli.option.export_office"))] = None,
) -> None:
    exported = run_work(_export(directory, office))
    for file, rows in exported.rows.items():
        typer.echo(say("cli.exported", file=file, n=rows))
    if exported.restricted:
        scopes = {scope.value: exported.scopes[scope] for scope in (Scope.OFFICE, Scope.GROUP, Scope.SHARED)}
        warning = say("cli.export_restricted", n=exported.restricted, **scopes)
        err.print(warning, style="yellow", markup=False, soft_wrap=True)


async def _export(directory: Path, city: str | None) -> Exported:
    async with current_desk() as desk:
        viewer = (await office_named(desk, city)).viewer if city else None
        return await exports.export_registry(desk, directory, viewer)
