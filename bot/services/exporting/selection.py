"""What is exported: all of the registry, or what a viewer may see of it, and nothing that tells of the rest."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TypeVar, cast

from bot.domain.access import Viewer
from bot.domain.audit import Record, find_record
from bot.domain.groups import Group
from bot.domain.offices import Office
from bot.domain.partnerships import StatusChange
from bot.domain.prospecting import Step
from db.contacts import NewContact, stored_contacts
from db.engine import Session
from db.exchanges import NewExchange, stored_exchanges
from db.groups import all_groups, groups_of
from db.office_steps import office_steps
from db.offices import offices
from db.partnerships import NewPartnership, stored_partnerships
from db.places import StoredPlace, stored_places
from db.pressure import NewNote, stored_notes
from db.record_kinds import Content, kind_of, place_ids, records_named, without_naming

C = TypeVar("C", NewPartnership, NewExchange, NewContact, NewNote)


@dataclass(frozen=True, slots=True)
class Registry:
    """What is exported. Places are those that the rest of it names; `steps` those of offices, by their ids."""

    places: Sequence[StoredPlace]
    offices: Sequence[Office]
    groups: Sequence[Group]
    steps: Mapping[int, Sequence[Step]]
    acts: Sequence[NewPartnership]
    exchanges: Sequence[NewExchange]
    contacts: Sequence[NewContact]
    notes: Sequence[NewNote]

    @property
    def records(self) -> list[Content]:
        return [*self.acts, *self.exchanges, *self.contacts, *self.notes]


async def registry_seen_by(session: Session, viewer: Viewer | None) -> Registry:
    """The registry as the viewer sees it; without one all of it."""
    registry = Registry(
        places=await stored_places(session),
        offices=await offices(session),
        groups=await all_groups(session),
        steps=await office_steps(session),
        acts=await stored_partnerships(session, viewer),
        exchanges=await stored_exchanges(session, viewer),
        contacts=await stored_contacts(session, viewer),
        notes=await stored_notes(session, viewer),
    )
    told = _told(registry)
    return told if viewer is None else await _of_office(session, told, viewer.office_id)


async def _of_office(session: Session, registry: Registry, own: int | None) -> Registry:
    """Its own groups and steps, and the places that the records it sees name."""
    named = {place_id for record in registry.records for place_id in place_ids(record)}
    named |= {office.place.id for office in registry.offices}
    groups = [] if own is None else [g for g in await groups_of(session, own) if g.has_joined(own)]
    steps = {office_id: steps for office_id, steps in registry.steps.items() if office_id == own}
    return replace(registry, places=_with_wholes(registry.places, named), groups=groups, steps=steps)


def _with_wholes(places: Sequence[StoredPlace], named: Iterable[int]) -> list[StoredPlace]:
    """The named places with those that they are part of and what they became: their rows speak of those."""
    by_id = {place.id: place for place in places}
    found: set[int] = set()
    step = set(named)
    while step:
        found |= step
        links = {link for each in step for link in (by_id[each].parent_id, by_id[each].successor_id) if link}
        step = links - found
    return [place for place in places if place.id in found]


# What records tell of others ---------------------------------------------------------------------------------


def _told(registry: Registry) -> Registry:
    """The records without the numbers of others that are not exported.

    That those are there is not the viewer's to know; and elsewhere, other records may come to have their numbers.
    """
    told = {Record(kind_of(record), record.number or 0) for record in registry.records}
    return replace(
        registry,
        acts=[_with_causes(_naming(act, told), told) for act in registry.acts],
        exchanges=[_naming(exchange, told) for exchange in registry.exchanges],
        contacts=[_naming(person, told) for person in registry.contacts],
        notes=[_naming(note, told) for note in registry.notes],
    )


def _naming(record: C, told: Set[Record]) -> C:
    return cast("C", without_naming(record, records_named(record) - told))


def _with_causes(act: NewPartnership, told: Set[Record]) -> NewPartnership:
    """The act with what brought its steps about, where that is told too, or no record."""
    return replace(act, history=tuple(_with_cause(step, told) for step in act.history))


def _with_cause(step: StatusChange, told: Set[Record]) -> StatusChange:
    cause = find_record(step.trigger or "")
    return step if cause is None or cause in told else replace(step, trigger=None)
