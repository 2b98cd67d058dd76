"""Profiles of places: what they are good at, offer and seek."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.access import Action
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput, FormRefused, NotAllowed
from bot.domain.names import clean
from bot.domain.places import Place
from bot.domain.profiles import LONGEST_TAG, ProfileLine, Side, read_topic, topic_of
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.places import find_place
from bot.services.ties import ties_of_place
from db.audit import record_change
from db.engine import Session
from db.offices import offices
from db.profiles import profiles, set_profile

LINES = 12
"""Topics on one side of a profile."""

NOTE = 200
"""Characters of what is said of a topic."""


@dataclass(frozen=True, slots=True)
class Profile:
    place: Place
    lines: Sequence[ProfileLine]

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
        if after != before:
            await set_profile(session, place.id, after)
            await record_change(
                session,
                at=desk.clock(),
                action="profile.edited",
                subject=f"place:{place.id}",
                user_id=caller.user_id,
                guild_id=caller.guild_id,
                office_id=caller.office.id if caller.office else None,
                before=_document(before),
                after=_document(after),
            )
    return Profile(place, after)


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


def _document(lines: Iterable[ProfileLine]) -> dict[str, object]:
    return {
        "lines": [
            {"side": line.side.value, "topic": line.topic, "note": line.note, "source": line.source}
            for line in lines
        ]
    }


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
