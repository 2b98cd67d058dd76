"""Profiles of places: what they are good at, offer and seek."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.access import Action
from bot.domain.audit import in_effect
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput, FormRefused, NotAllowed, NotFound
from bot.domain.names import clean
from bot.domain.places import Place
from bot.domain.profiles import LONGEST_TAG, ProfileLine, Side, read_topic, topic_of
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.documents import parts_form
from bot.services.places import find_place
from bot.services.ties import ties_of_place
from db.audit import entries_of, hold_entry, is_taken_back, record_change
from db.engine import Session
from db.offices import offices
from db.places import places_by_id
from db.profiles import profiles, set_profile

LINES = 12
"""Topics on one side of a profile."""

NOTE = 200
"""Characters of what is said of a topic."""

EDITED = "profile.edited"
_LINES = parts_form(ProfileLine)


@dataclass(frozen=True, slots=True)
class Profile:
    """What is told of a place; `entry` is that of the change just made, by which it is taken back."""

    place: Place
    lines: Sequence[ProfileLine]
    entry: int | None = None

    def of(self, side: Side) -> list[ProfileLine]:
        return [line for line in self.lines if line.side is side]


@requires(Action.READ)
async def show_profile(desk: Desk, caller: Caller, text: str | None = None) -> Profile:
    """The profile of a place, of the office's own without one. Raises as `find_place` does."""
    async with desk.database.read() as session:
        place = await _place(session, caller, text)
        return Profile(place, (await profiles(session, [place.id])).get(place.id, ()))


@requires(Action.EDIT)
async def edit_profile(
    desk: Desk, caller: Caller, text: str | None, typed: Mapping[Side, str], source: str
) -> Profile:
    """Store what was typed of a place: on each side a topic a line, after a colon what there is to say of it.

    An office writes of its own place, and of its partners that have no office. Raises `FormRefused` with a problem
    for each side that cannot be read, and `NotAllowed` (`profile.not_ours`); then nothing is stored.
    """
    today = PartialDate.of(caller.today(desk))
    lines = _read_lines(typed, clean(source), today)
    async with desk.database.write() as session:
        place = await _place(session, caller, text)
        await _check_ours(session, caller, place)
        before = (await profiles(session, [place.id])).get(place.id, ())
        kept = {(line.side, line.topic, line.note): line for line in before}
        after = tuple(kept.get((line.side, line.topic, line.note), line) for line in lines)
        entry = await _write(session, desk, caller, place, before, after) if after != before else None
        return Profile(place, after, entry)


async def _write(
    session: Session,
    desk: Desk,
    caller: Caller,
    place: Place,
    before: Sequence[ProfileLine],
    after: Sequence[ProfileLine],
    undoes: int | None = None,
) -> int:
    await set_profile(session, place.id, after)
    return await record_change(
        session,
        at=desk.clock(),
        action=EDITED,
        subject=_subject(place),
        user_id=caller.user_id,
        guild_id=caller.guild_id,
        office_id=caller.office.id if caller.office else None,
        before={"lines": _LINES.write(before)},
        after={"lines": _LINES.write(after)},
        undoes=undoes,
    )


@requires(Action.EDIT)
async def undo_profile(desk: Desk, caller: Caller, entry_id: int) -> Profile:
    """Take back one change of a profile, as long as nothing was written over it; once however often it is asked.

    Raises `NotFound` (`undo.no_entry`), `BadInput` (`profile.undone_already`, `profile.changed_since`), and as
    `edit_profile` about whose place it is.
    """
    async with desk.database.write() as session:
        entry = await hold_entry(session, entry_id)
        if entry is None or entry.action != EDITED:
            raise NotFound("undo.no_entry")
        place_id = int(entry.subject.partition(":")[2])
        place = (await places_by_id(session, [place_id]))[place_id]
        await _check_ours(session, caller, place)
        if await is_taken_back(session, entry.id):
            raise BadInput("profile.undone_already", place=place)
        now = (await profiles(session, [place.id])).get(place.id, ())
        before, after = (
            _LINES.read((document or {}).get("lines", ())) for document in (entry.before, entry.after)
        )
        if tuple(now) != after:
            raise BadInput("profile.changed_since", place=place)
        return Profile(place, before, await _write(session, desk, caller, place, now, before, entry.id))


@requires(Action.EDIT)
async def last_change_of_profile(desk: Desk, caller: Caller, text: str | None = None) -> int:
    """The entry of the last change of a place's profile that stands. Raises as `show_profile`; `NotFound`."""
    async with desk.database.read() as session:
        place = await _place(session, caller, text)
        entries = [each for each in await entries_of(session, _subject(place)) if each.action == EDITED]
        standing = in_effect(entries)
    if not standing:
        raise NotFound("undo.no_entry")
    return standing[-1].id


def _subject(place: Place) -> str:
    return f"place:{place.id}"


async def _place(session: Session, caller: Caller, text: str | None) -> Place:
    if text is None:
        return caller.own_office().place
    among = [caller.office.place] if caller.office else []
    return await find_place(session, text, viewer=caller.viewer, among=among)


async def _check_ours(session: Session, caller: Caller, place: Place) -> None:
    if caller.office is None or place.id == caller.office.place.id:
        return
    _, ties = await ties_of_place(session, caller.viewer, caller.office.place)
    has_office = any(office.place.id == place.id for office in await offices(session))
    if has_office or not any(tie.partner.id == place.id for tie in ties):
        raise NotAllowed("profile.not_ours", place=place)


def _read_lines(typed: Mapping[Side, str], source: str, today: PartialDate) -> list[ProfileLine]:
    problems: list[AttacheError] = []
    found: dict[tuple[Side, str], ProfileLine] = {}
    for side, text in typed.items():
        lines = [line for line in map(clean, text.splitlines()) if line]
        if len(lines) > LINES:
            problems.append(BadInput("profile.too_many", side=side, n=LINES))
        for line in lines:
            name, _, note = (part.strip() for part in re.sub("：", ":", line).partition(":"))
            if not read_topic(name) or len(name) > LONGEST_TAG or len(note) > NOTE:
                values = {"side": side, "text": line[:80], "most": LONGEST_TAG, "longest": NOTE}
                problems.append(BadInput("profile.unreadable_line", **values))
                continue
            topic = topic_of(name)
            found.setdefault((side, topic), ProfileLine(side, topic, source, note or None, today))
    if not source and found:
        problems.append(BadInput("profile.no_source"))
    if problems:
        raise FormRefused(problems)
    return list(found.values())
