"""`attache db`: migrations, starter data, integrity, and copies of the whole database."""

import signal
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import app as wiring
from bot.clock import system_clock
from bot.console.frame import any_desk, at_desk, command_group, err, out, read_settings, run_work, say
from bot.console.registry import print_import
from bot.services import backups, starter
from bot.services.backups import BackupMade
from db.engine import Database, database_url
from db.integrity import troubles
from db.restore import Restored
from db.schema import current_revision, newest_revision
from db.schema import upgrade as upgrade_schema
from db.soundness import Trouble

TROUBLES_SHOWN = 50

database_commands = command_group(say("cli.db.about"))


@database_commands.command("upgrade", help=say("cli.db.upgrade"))
def upgrade() -> None:
    typer.echo(say("cli.db.upgraded", revision=run_work(_upgrade())))


async def _upgrade() -> str:
    async with any_desk() as desk:
        await upgrade_schema(desk.database)
        return await current_revision(desk.database) or ""


@database_commands.command("seed", help=say("cli.db.seed"))
def seed() -> None:
    print_import(at_desk(starter.seed))


@database_commands.command("check", help=say("cli.db.check"))
def check() -> None:
    found = run_work(_check())
    print_troubles(found)
    if found:
        raise typer.Exit(1)
    typer.echo(say("cli.db.sound", revision=newest_revision()))


async def _check() -> list[Trouble]:
    async with any_desk() as desk:
        return await troubles(desk.database)


def print_troubles(found: Sequence[Trouble]) -> None:
    """Each with what to do about it, on standard error; of very many the first ones, and how many more."""
    for trouble in found[:TROUBLES_SHOWN]:
        err.print(
            say(f"integrity.{trouble.key}", **trouble.values), style="red", markup=False, soft_wrap=True
        )
    if len(found) > TROUBLES_SHOWN:
        err.print(say("cli.db.more_troubles", n=len(found) - TROUBLES_SHOWN), markup=False)


BackupFile = Annotated[Path, typer.Argument(help=say("cli.option.backup_file"))]


@database_commands.command("backup", help=say("cli.db.backup"))
def backup(
    file: BackupFile,
    force: Annotated[bool, typer.Option("--force", help=say("cli.option.overwrite"))] = False,
) -> None:
    _end_tidily()
    made = run_work(_back_up(file, force))
    _tell(say("cli.db.backed_up", file=file, revision=made.manifest.revision, n=made.manifest.rows))
    if made.troubles:
        err.print(say("cli.db.backup_troubles"), markup=False, soft_wrap=True)
        print_troubles(made.troubles)


async def _back_up(file: Path, force: bool) -> BackupMade:
    async with any_desk() as desk:
        return await backups.make_backup(desk, file, overwrite=force)


@database_commands.command("restore", help=say("cli.db.restore"))
def restore(
    file: BackupFile,
    force: Annotated[bool, typer.Option("--force", help=say("cli.option.even_if_running"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("cli.option.only_check"))] = False,
) -> None:
    _end_tidily()
    manifest = run_work(backups.check_backup(file))
    about = {"file": file, "made_at": _in_utc(manifest.made_at), "n": manifest.rows}
    if dry_run:
        _tell(say("cli.db.restorable", **about, revision=manifest.revision))
        return
    restored = run_work(_restore(file, force))
    _tell(say("cli.db.restored", **about, revision=newest_revision()))
    if restored.kept is not None:
        _tell(say("cli.db.kept", file=restored.kept))
    if restored.troubles:
        err.print(say("cli.db.restored_troubles"), markup=False, soft_wrap=True)
        print_troubles(restored.troubles)


async def _restore(file: Path, force: bool) -> Restored:
    address = read_settings().database_url.get_secret_value()
    with wiring.alone_on(Database(database_url(address))):
        return await backups.restore_backup(address, system_clock, file, force=force)


def _tell(text: str) -> None:
    out.print(text, markup=False, soft_wrap=True)


def _in_utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _end_tidily() -> None:
    """Let whoever ends the process by `kill` or `systemctl stop` leave no half a file behind, as Ctrl-C does."""
    with suppress(ValueError):  # not in the main thread: then nobody sends us signals either
        signal.signal(signal.SIGTERM, signal.default_int_handler)
