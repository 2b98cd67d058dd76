"""What sources say of an act where they do not agree: taking it down, and saying which one the record goes by."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from bot.domain.access import Action, Scope, Viewer
from bot.domain.audit import Record
from bot.domain.claims import (
    MAX_NOTE,
    MAX_SOURCE,
    MAX_VALUE,
    Claim,
    Fact,
    disputed,
    identities,
    preferring,
    with_claim,
)
from bot.domain.date_reading import read_date
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError, BadInput, FormRefused, NotFound
from bot.domain.marks import find_part
from bot.domain.names import clean
from bot.domain.partnerships import Kind, Partnership, Status
from bot.domain.places import Place
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.documents import Difference
from bot.services.held_acts import HeldAct, changeable_act, read_act_record, write_act
from bot.services.records import visible_record
from bot.services.telling import tell_differences
from bot.services.typed_fields import read_text
from db.act_parts import parts_of
from db.engine import Session
from db.partnerships import NewPartnership
from db.places import places_by_id

T = TypeVar("T")

SOURCE_SEPARATOR = " ; "
"""What stands between several sources of the value that a record has had all along."""

FOLLOWED = frozenset({Fact.SIGNED, Fact.KIND})
"""Facts whose field follows the preferred claim; any other stays as it is."""


@dataclass(frozen=True, slots=True)
class ClaimFields:
    """What somebody typed; nothing of it is trusted. `value` is a word of the vocabulary for kinds and states."""

    value: str
    source: str
    as_of: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ActClaims:
    """What sources say of an act, and whose act it is: `partners` are the parties beside the caller's own place."""

    record: Record
    partners: tuple[Place, ...]
    claims: tuple[Claim, ...]
    scope: Scope


@dataclass(frozen=True, slots=True)
class ClaimDone:
    """What became of an act; `entry`, by which it can be taken back, is None where nothing was changed."""

    told: ActClaims
    claim: Claim
    changes: Sequence[Difference]
    entry: int | None


@requires(Action.READ)
async def claims_of(desk: Desk, caller: Caller, text: str) -> ActClaims:
    """What sources say of the act of this record number.

    Raises `BadInput` (`record.unreadable`, `record.no_act`) or `NotFound` (`record.unknown`).
    """
    record = read_act_record(text)
    async with desk.database.read() as session:
        content = (await visible_record(session, caller, record)).content
        assert isinstance(content, NewPartnership), "a record with the number of an act"
        return await _told(session, caller, record, content)


@requires(Action.EDIT)
async def open_claim(desk: Desk, caller: Caller, text: str) -> ActClaims:
    """The same for an act that the caller may change, before a form is opened. Raises also `NotAllowed`."""
    record = read_act_record(text)
    async with desk.database.read() as session:
        act = (await changeable_act(session, desk, caller, record)).act
        return await _told(session, caller, record, act)


@requires(Action.EDIT)
async def add_claim(desk: Desk, caller: Caller, text: str, fact: Fact, typed: ClaimFields) -> ClaimDone:
    """Take down what a source says of a fact; the record itself stays as it is.

    With the first claim on a fact, what the record has now is kept as the preferred one, with its sources. The
    same claim twice is stored once. Raises as `open_claim`, and `FormRefused` for what cannot be read.
    """
    record = read_act_record(text)
    claim = read_claim(fact, typed, caller.today(desk))
    async with desk.database.write() as session:
        held = await changeable_act(session, desk, caller, record, hold=True)
        places = await places_by_id(session, held.act.parties)
        present = _present(held.act, record, fact, [places[each] for each in held.act.parties])
        after = replace(held.act, claims=with_claim(held.act.claims, claim, present))
        return await _store(session, desk, caller, held, after, claim)


@requires(Action.EDIT)
async def prefer_claim(desk: Desk, caller: Caller, text: str, which: str) -> ClaimDone:
    """Let the record go by another claim: by its handle, its position, or words that only it has.

    The date of signing and the kind of the record become what it says. Raises as `open_claim`; `NotFound`
    (`claim.unknown`); `BadInput` (`claim.no_date`, `claim.no_kind`) where the record cannot hold what it says.
    """
    record = read_act_record(text)
    async with desk.database.write() as session:
        held = await changeable_act(session, desk, caller, record, hold=True)
        claims = held.act.claims
        index = find_part(identities(claims), which, lambda said: f"{said[1]} {said[2]}")
        if index is None:
            raise NotFound("claim.unknown", text=which.strip()[:80], record=str(record))
        after = _followed(replace(held.act, claims=preferring(claims, index)), claims[index])
        return await _store(session, desk, caller, held, after, after.claims[index])


async def disputes_of(
    session: Session, viewer: Viewer, acts: Iterable[Partnership]
) -> dict[int, tuple[Claim, ...]]:
    """The claims of those of these acts that have a disputed fact, by record number; for cards, lists and posts."""
    found = await parts_of(session, viewer, [act.id for act in acts], ["claims"])
    return {number: parts.claims for number, parts in found.items() if disputed(parts.claims)}


# Storing ------------------------------------------------------------------------------------------------------


async def _store(
    session: Session, desk: Desk, caller: Caller, held: HeldAct, after: NewPartnership, claim: Claim
) -> ClaimDone:
    entry = await write_act(session, desk, caller, held, after)
    changes = await tell_differences(session, caller, held.act, after)
    return ClaimDone(await _told(session, caller, held.record, after), claim, changes, entry)


async def _told(session: Session, caller: Caller, record: Record, act: NewPartnership) -> ActClaims:
    places = await places_by_id(session, act.parties)
    own = caller.viewer.place_id
    partners = tuple(places[each] for each in act.parties if each != own)
    return ActClaims(record, partners, act.claims, act.scope)


def _present(act: NewPartnership, record: Record, fact: Fact, parties: Sequence[Place]) -> Claim | None:
    """What the record says of a fact now, on the word of its sources; None where it says nothing."""
    values: Mapping[Fact, str | None] = {
        Fact.SIGNED: act.signed.iso() if act.signed else None,
        Fact.KIND: act.kind.value,
        Fact.STATUS: act.status.value,
        Fact.PARTIES: _names(parties),
    }
    value = values.get(fact)
    if value is None:
        return None
    return Claim(fact, value, SOURCE_SEPARATOR.join(act.sources) or str(record), act.as_of, preferred=True)


def _names(parties: Sequence[Place]) -> str:
    """The parties in both languages, as values in words are."""
    english = ", ".join(place.name_en for place in parties)
    chinese = "、".join(place.name_zh or place.name_en for place in parties)
    both = f"{english} / {chinese}"
    return both if len(both) <= MAX_VALUE else english[:MAX_VALUE]


def _followed(act: NewPartnership, claim: Claim) -> NewPartnership:
    """The act with what the claim says in its field, and the beginning of its life on the day of signing."""
    if claim.fact is Fact.KIND:
        if claim.value not in set(Kind):
            raise BadInput("claim.no_kind", text=claim.value[:80])
        return replace(act, kind=Kind(claim.value))
    if claim.fact is not Fact.SIGNED:
        return act
    try:
        signed = PartialDate.from_iso(claim.value)
    except ValueError:
        raise BadInput("claim.no_date", text=claim.value[:80]) from None
    first, *later = act.history
    if act.signed is not None and first.since == act.signed:
        first = replace(first, since=signed)
    return replace(act, signed=signed, history=(first, *later))


# Reading ------------------------------------------------------------------------------------------------------


def read_claim(fact: Fact, typed: ClaimFields, today: date) -> Claim:
    """What was typed. Raises `FormRefused` with a problem for each field that cannot be read."""
    problems: list[AttacheError] = []

    def tried(read: Callable[[], T]) -> T | None:
        try:
            return read()
        except AttacheError as problem:
            problems.append(problem)
            return None

    value = tried(lambda: read_value(fact, typed.value, today))
    source = tried(lambda: _source(typed.source))
    as_of = tried(lambda: _past(typed.as_of, today) if clean(typed.as_of) else None)
    note = tried(lambda: read_text(typed.note, MAX_NOTE) or None)
    if problems or value is None or source is None:
        raise FormRefused(problems)
    return Claim(fact, value, source, as_of, note=note)


def read_value(fact: Fact, text: str, today: date) -> str:
    """A value as it is kept. Raises `BadInput`: as `read_date`, `claim.in_future`, `claim.unknown_word`."""
    value = read_text(text, MAX_VALUE)
    if not value:
        raise BadInput("claim.no_value")
    match fact:
        case Fact.SIGNED:
            return _part_of_date(value, today)
        case Fact.KIND:
            return _word(value, list(Kind))
        case Fact.STATUS:
            return _word(value, list(Status))
        case Fact.ANNIVERSARY:
            return _date_or_words(value, today)
    return value


def _past(text: str, today: date) -> PartialDate:
    found = read_date(text, today)
    if found.earliest() > today:
        raise BadInput("claim.in_future", date=found)
    return found


def _word(text: str, words: Sequence[Kind] | Sequence[Status]) -> str:
    """A word of a vocabulary, as it is kept."""
    wanted = text.casefold().replace(" ", "_").replace("-", "_")
    if wanted not in {word.value for word in words}:
        raise BadInput("claim.unknown_word", text=text[:80], choices=list(words))
    return wanted


def _part_of_date(text: str, today: date) -> str:
    """A date that has come, or in words what a source gives of one: "a 20th", "11 July, no year"."""
    try:
        return _past(text, today).iso()
    except BadInput as problem:
        if problem.key != "date.unreadable" or not any(letter.isdigit() for letter in text):
            raise
        return text


def _date_or_words(text: str, today: date) -> str:
    try:
        return read_date(text, today).iso()
    except BadInput as problem:
        if problem.key == "date.ambiguous":
            raise
        return text


def _source(text: str) -> str:
    source = read_text(text, MAX_SOURCE)
    if not source:
        raise BadInput("claim.no_source")
    return source
