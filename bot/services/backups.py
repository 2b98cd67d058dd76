"""Copies of the whole database for the operator, and putting one in place of what is there."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.clock import Clock
from bot.domain.errors import BadInput
from bot.services.desk import Desk
from db.archive import Archive, Manifest
from db.backup import back_up, snapshot
from db.engine import database_url
from db.integrity import troubles
from db.loading import require_fitting
from db.restore import Order, Restored, restore
from db.soundness import Trouble


@dataclass(frozen=True, slots=True)
class BackupMade:
    """What a backup holds, and what is wrong with the database that it was made of."""

    manifest: Manifest
    troubles: Sequence[Trouble]


async def make_backup(desk: Desk, file: Path, *, overwrite: bool = False) -> BackupMade:
    """Write all of one moment's state to a file, while others go on writing; any revision that is known will do.

    Raises `BadInput` (`backup.is_the_database`) and what `db.backup.back_up` raises; then no file is left behind.
    """
    if desk.database.file is not None:
        _spare(desk.database.file, file)
    async with snapshot(desk.database) as session:
        manifest = await back_up(session, file, desk.clock(), overwrite=overwrite)
    found = await troubles(desk.database)
    # That an upgrade is due is no trouble of the backup's: before an upgrade is when one makes it.
    return BackupMade(manifest, [trouble for trouble in found if trouble.key != "revision"])


def _spare(database: Path, file: Path) -> None:
    beside = [database, *(database.with_name(f"{database.name}{end}") for end in ("-wal", "-shm", ".lock"))]
    if file.resolve() in {each.resolve() for each in beside}:
        raise BadInput("backup.is_the_database", file=str(file))


async def check_backup(file: Path) -> Manifest:
    """Read all of a backup, and see that this program can restore it. Raises what `db.archive.Archive` raises."""
    with Archive(file) as archive:
        await asyncio.to_thread(archive.verify)
        require_fitting(archive)
        return archive.manifest


async def restore_backup(address: str, clock: Clock, file: Path, *, force: bool = False) -> Restored:
    """Put a backup in place of what the database at this address holds, which is kept.

    `force` restores also where a bot was seen at work within the last minute. Raises what `check_backup` and
    `db.restore.restore` raise; then everything is as it was.
    """
    await check_backup(file)
    with Archive(file) as archive:
        return await restore(database_url(address), Order(archive, clock(), force))
