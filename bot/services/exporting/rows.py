"""One row of an export for each place, office, group and record, as the registry's own layouts have them."""

from collections.abc import Mapping, Sequence

from bot.domain.dates import PartialDate
from bot.domain.groups import Group, Membership
from bot.domain.leads import write_leads
from bot.domain.names import fold
from bot.domain.offices import Office
from bot.domain.partnerships import Status, StatusChange
from bot.domain.prospecting import Step
from bot.services.importing.acts import history_of
from bot.services.importing.contact_rows import YES
from bot.services.importing.layouts import NAMES, PLACES, SOURCES, join_list
from bot.services.importing.part_cells import (
    ACT_CELLS,
    EXCHANGE_CELLS,
    write_claims_cell,
    write_history,
    write_kind_rules_cell,
    write_numbers_cell,
    write_part_cells,
    write_profile_cell,
    write_savings_cell,
)
from db.contacts import NewContact
from db.exchanges import NewExchange
from db.partnerships import NewPartnership
from db.places import StoredPlace
from db.pressure import NewNote

Cell = str | int | float | None
Row = dict[str, Cell]
Keys = Mapping[int, str]
"""Of places or offices, by their ids."""


def place_row(place: StoredPlace, keys: Keys) -> Row:
    """A place, with what it is part of and what it became by their keys."""
    content = place.content
    mains = {fold(name) for name in (content.name_en, content.name_zh, content.name_local) if name}
    aliases = sorted(alias for alias in content.aliases if fold(alias) not in mains)
    return {
        "key": content.key,
        "name_en": content.name_en,
        "name_zh": content.name_zh,
        "name_local": content.name_local,
        "aliases": join_list(aliases, NAMES),
        "level": content.level,
        "country": content.country,
        "region_en": content.region_en,
        "region_zh": content.region_zh,
        "lat": content.lat,
        "lon": content.lon,
        "zone": content.zone,
        "wikidata": content.wikidata,
        "parent": keys[place.parent_id] if place.parent_id else None,
        "successor": keys[place.successor_id] if place.successor_id else None,
        "note": content.note,
        "counts": write_claims_cell(content.counts),
        "profile": write_profile_cell(content.profile),
    }


def office_row(office: Office, *, in_full: bool) -> Row:
    """An office; `in_full` with its rules, which are its own business."""
    known: Row = {
        "place": office.place.key,
        "language": office.language,
        "zone": office.zone,
        "standing": office.standing.value,
    }
    rules: Row = {
        "posting_hour": office.posting_hour,
        "leap_day_rule": office.leap_day_rule.value,
        "rest_day_rule": office.rest_day_rule.value,
        "milestone_leads": write_leads(office.leads.milestones),
        "other_leads": write_leads(office.leads.others),
        "everyone": office.everyone.value,
        "kind_rules": write_kind_rules_cell(office.kind_rules.values()),
        "list_day": office.weekly_list.day.value,
        "list_hour": office.weekly_list.hour,
        "cadences": write_numbers_cell(office.cadences),
        "weights": write_numbers_cell(office.weights),
        "savings": write_savings_cell(office.savings),
    }
    return known | (rules if in_full else dict.fromkeys(rules))


def group_row(group: Group) -> Row:
    return {
        "key": group.key,
        "name_en": group.name_en,
        "name_zh": group.name_zh,
        "members": _office_places(group.joined),
        "invited": _office_places(group.invited),
    }


def step_row(office: str, step: Step) -> Row:
    """A step of an office's own."""
    return {
        "office": office,
        "key": step.key,
        "text_en": step.text_en,
        "text_zh": step.text_zh,
        "warning_en": step.warning_en,
        "warning_zh": step.warning_zh,
        "source": step.source,
        "as_of": step.as_of.iso(),
    }


def _office_places(memberships: Sequence[Membership]) -> str:
    return join_list(sorted(each.place.key for each in memberships), PLACES)


def act_row(act: NewPartnership, keys: Keys, office_keys: Keys) -> Row:
    """An act with its particulars and parts; its history only where the other columns do not tell it."""
    ended = act.history[-1] if act.status is Status.ENDED else StatusChange(act.status, None)
    told = history_of(act.status, act.signed, ended.since, ended.reason)
    return {
        "number": act.number,
        "kind": act.kind.value,
        "status": act.status.value,
        "signed": _iso(act.signed),
        "parties": join_list((keys[place_id] for place_id in act.parties), PLACES),
        "named": act.named,
        "ended": _iso(ended.since),
        "end_reason": ended.reason,
        "superseded_by": act.superseded_by,
        "sources": join_list(act.sources, SOURCES),
        "as_of": _iso(act.as_of),
        "note": act.note,
        "scope": act.scope.value,
        "office": office_keys[act.office_id] if act.office_id else None,
        "cadence_months": act.cadence_months,
        "history": None if act.history == told else write_history(act.history),
        **write_part_cells(act, ACT_CELLS),
    }


def exchange_row(exchange: NewExchange, keys: Keys, office_keys: Keys) -> Row:
    """An exchange with all that belongs to its kind."""
    return {
        "number": exchange.number,
        "kind": exchange.kind.value,
        "mode": exchange.mode,
        "status": exchange.status.value,
        "level": exchange.level,
        "date": _iso(exchange.date),
        "end_date": _iso(exchange.end_date),
        "title_en": exchange.title,
        "title_zh": exchange.title_zh,
        "places": join_list((keys[place_id] for place_id in exchange.places), PLACES),
        "sources": join_list(exchange.sources, SOURCES),
        "note": exchange.note,
        "starts_at": exchange.starts_at.isoformat() if exchange.starts_at else None,
        "topic": exchange.topic,
        "summary": exchange.summary,
        "people": exchange.people,
        "scope": exchange.scope.value,
        "office": office_keys[exchange.office_id] if exchange.office_id else None,
        "home_places": exchange.home_places if exchange.home_places != 1 else None,
        "topics": join_list(exchange.topics, NAMES),
        **write_part_cells(exchange, EXCHANGE_CELLS),
        "paired_with": exchange.paired_with,
    }


def contact_row(person: NewContact, keys: Keys, office_keys: Keys) -> Row:
    """Somebody in their post."""
    return {
        "number": person.number,
        "role": person.role.value,
        "name": person.name,
        "name_zh": person.name_zh,
        "post": person.post,
        "post_zh": person.post_zh,
        "place": keys[person.place_id],
        "organisation": person.organisation,
        "since": _iso(person.since),
        "until": _iso(person.until),
        "has_left": YES if person.has_left else None,
        "replaced_by": person.replaced_by,
        "email": person.email,
        "phone": person.phone,
        "programme": person.programme,
        "programme_year": _iso(person.programme_year),
        "consent": _iso(person.consent),
        "confirmed_on": _iso(person.confirmed_on),
        "note": person.note,
        "sources": join_list(person.sources, SOURCES),
        "scope": person.scope.value,
        "office": office_keys[person.office_id] if person.office_id else None,
    }


def note_row(note: NewNote, keys: Keys, office_keys: Keys) -> Row:
    """A pressure note."""
    return {
        "number": note.number,
        "kind": note.kind.value,
        "date": _iso(note.date),
        "what": note.what,
        "places": join_list((keys[place_id] for place_id in note.places), PLACES),
        "act": f"P{note.act}" if note.act is not None else None,
        "trigger": note.trigger,
        "sources": join_list(note.sources, SOURCES),
        "as_of": _iso(note.as_of),
        "scope": note.scope.value,
        "office": office_keys[note.office_id] if note.office_id else None,
    }


def _iso(date: PartialDate | None) -> str | None:
    return date.iso() if date else None
