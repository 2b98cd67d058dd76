"""An act that somebody is about to change: held, checked, and written back as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.access import Action
from bot.domain.audit import Deed, Record, RecordKind, find_record, read_record
from bot.domain.errors import BadInput
from bot.domain.names import fold
from bot.domain.partnerships import Partnership
from bot.domain.places import Place
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.documents import same
from bot.services.records import check_may_change, seen, visible_record, write_change
from bot.services.telling import ChangedSince, entries_since, tell
from db.engine import Session
from db.partnerships import NewPartnership, partnership, partnerships_of
from db.places import family_of
from db.versions import Held


@dataclass(frozen=True, slots=True)
class HeldAct:
    """An act as it is stored, which the caller may change, with its version."""

    record: Record
    held: Held
    act: NewPartnership

    @property
    def version(self) -> int:
        return self.held.version


@dataclass(frozen=True, slots=True)
class SeenAct:
    """An act as it is shown, and who the others are, seen from the caller's office."""

    act: Partnership
    partners: tuple[Place, ...]


def read_act_record(text: str) -> Record:
    """The act that a text names. Raises `BadInput` (`record.unreadable`, `record.no_act`)."""
    record = read_record(text)
    if record.kind is not RecordKind.PARTNERSHIP:
        raise BadInput("record.no_act", record=str(record))
    return record


async def changeable_act(
    session: Session, desk: Desk, caller: Caller, record: Record, *, hold: bool = False
) -> HeldAct:
    """The act, if the caller may change it. Raises `NotFound` (`record.unknown`), or `NotAllowed`."""
    found = await visible_record(session, caller, record, hold=hold)
    await check_may_change(session, desk, caller, found.content)
    assert isinstance(found.content, NewPartnership), "a record with the number of an act"
    return HeldAct(record, found, found.content)


async def write_act(
    session: Session, desk: Desk, caller: Caller, act: HeldAct, after: NewPartnership
) -> int | None:
    """Store what became of an act; its audit entry, None where nothing is different."""
    if same(act.act, after):
        return None
    _, entry = await write_change(session, desk, caller, Deed.EDITED, before=act.held, after=after)
    return entry


async def seen_act(session: Session, caller: Caller, record: Record) -> SeenAct:
    """The act as the caller sees it; it is known that they do."""
    found = seen(caller, await partnership(session, caller.viewer, record.number))
    return SeenAct(found, found.partners_of(await own_places(session, caller)))


async def own_places(session: Session, caller: Caller) -> Sequence[int]:
    """The ids of the places that the caller's office stands for; none where the operator speaks for no office."""
    return (await family_of(session, caller.office.place)).own_ids if caller.office else ()


async def changed_since(session: Session, caller: Caller, act: HeldAct, version: int) -> ChangedSince:
    """What is raised where somebody has changed the act since the caller looked at it, at `version`."""
    since = await entries_since(session, act.record, version, act.version)
    told = await tell(session, caller, since)
    return ChangedSince("record.changed_since", act.version, act.record, told, (), [act.act.scope])


@requires(Action.READ)
async def complete_acts(desk: Desk, caller: Caller, typed: str) -> list[SeenAct]:
    """The acts of the caller's office whose number, or whose partner's name, fits what was typed so far."""
    office, wanted, record = caller.own_office(), fold(typed), find_record(typed)
    async with desk.database.read() as session:
        family = await family_of(session, office.place)
        acts = await partnerships_of(session, caller.viewer, family.own_ids, kept_by=office.id)
    seen = [SeenAct(act, act.partners_of(family.own_ids)) for act in acts]
    if record is not None:
        return [each for each in seen if each.act.record.startswith(str(record))]
    return [each for each in seen if any(wanted in name for name in _names(each))]


def _names(seen: SeenAct) -> list[str]:
    names = [name for place in seen.partners for name in (place.name_en, place.name_zh) if name]
    return [seen.act.record.casefold(), *map(fold, names)]
