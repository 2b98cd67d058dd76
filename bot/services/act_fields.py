"""What stands in the forms of an act: each field is written out as text, and read from what somebody typed over it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.domain.agreements import Initiator
from bot.domain.date_reading import read_date
from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput
from bot.domain.names import clean, fold
from bot.domain.partnerships import Kind, Status
from bot.questions.text.scripts import traditional
from bot.services.act_lines import (
    read_clauses,
    read_lines,
    read_months,
    read_names,
    read_signatories,
    write_clauses,
    write_names,
    write_signatories,
)
from bot.services.typed_fields import LONGEST, Values, read_changed
from db.partnerships import NewPartnership, particular_lengths

MAX_NAMED = 200


class ActPart(StrEnum):
    """What of an act one form is about; a form has room for five fields."""

    BASICS = "basics"
    ORIGIN = "origin"
    AGREEMENT = "agreement"
    WORDING = "wording"
    UPKEEP = "upkeep"


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a field needs to know beside the text: the act as it is, and the office's day."""

    act: NewPartnership
    today: date
    language: str


@dataclass(frozen=True, slots=True)
class ActField:
    """A field: how the act's part is written in it, and how that is read. `lines` if it holds several."""

    write: Callable[[NewPartnership, str], str]
    read: Callable[[str, Reading], Values]
    lines: bool = False


# Reading -----------------------------------------------------------------------------------------------------

_KIND_WORDS = {
    "sister": Kind.SISTER_CITY, "姊妹": Kind.SISTER_CITY, "締盟": Kind.SISTER_CITY,
    "friendship": Kind.FRIENDSHIP_CITY, "友好": Kind.FRIENDSHIP_CITY,
    "memorandum": Kind.MOU, "memoranda": Kind.MOU, "備忘錄": Kind.MOU, "合作備忘錄": Kind.MOU,
    "專案": Kind.PROJECT, "專案夥伴": Kind.PROJECT, "聯絡": Kind.CONTACT, "聯絡對象": Kind.CONTACT,
    "prospect": Kind.PROSPECTIVE, "洽談": Kind.PROSPECTIVE, "洽談中": Kind.PROSPECTIVE,
    "洽談中的夥伴": Kind.PROSPECTIVE, "其他": Kind.OTHER, "其他協定": Kind.OTHER,
}  # fmt: skip


_ENDINGS = re.compile(r" (?:city|cities|partners?|partnerships?|agreements?)$|s$|城?市$")


def read_kind(text: str) -> Kind:
    """A kind by its value or word, in either language: `sister city`, 姊妹市, 姐妹城市. Raises `BadInput`."""
    word = _ENDINGS.sub("", fold(traditional(clean(text))).replace("姐", "姊"))
    for known in (word, f"{word}_city"):
        if known in set(Kind):
            return Kind(known)
    if word in _KIND_WORDS:
        return _KIND_WORDS[word]
    raise BadInput("act.kind_unknown", text=clean(text)[:40])


def read_signed(text: str, today: date) -> PartialDate | None:
    """When an act was signed, None for nothing typed. Raises as `read_date`, and `act.in_future`."""
    if not clean(text):
        return None
    signed = read_date(text, today)
    if signed.earliest() > today:
        raise BadInput("act.in_future", date=signed)
    return signed


def read_sources(text: str) -> tuple[str, ...]:
    """The sources, one a line. Raises `BadInput` (`act.needs_source`): every fact has one."""
    sources = read_lines(text)
    if not sources:
        raise BadInput("act.needs_source")
    return sources


def read_text(text: str, longest: int) -> str | None:
    """A text of so many characters, None for nothing. Raises `BadInput` (`act.too_long`)."""
    typed = clean(text)
    if len(typed) > longest:
        raise BadInput("act.too_long", text=typed[:40], length=len(typed), most=longest)
    return typed or None


def _read_kind(text: str, reading: Reading) -> Values:
    return {"kind": read_kind(text)}


def _read_signed(text: str, reading: Reading) -> Values:
    """The date, and with it the beginning of the act's life, where that was the same day."""
    act = reading.act
    signed = read_date(text, reading.today) if clean(text) else None
    if signed and signed.earliest() > reading.today and act.history[-1].status is Status.ACTIVE:
        raise BadInput("act.in_future", date=signed)
    first = act.history[0]
    history = act.history
    if first.status is Status.ACTIVE and first.since == act.signed:
        history = (replace(first, since=signed), *act.history[1:])
    return {"signed": signed, "history": history}


def _read_began(text: str, reading: Reading) -> Values:
    """Who began it, and on whose side: `civil_society:2`, either part alone, or nothing."""
    word, _, party = clean(text).partition(":")
    if word == NOBODY:
        word = ""
    number = int(party) if party.isascii() and party.isdigit() else None
    if number is not None and not 1 <= number <= len(reading.act.parties):
        raise BadInput("act.no_party", number=number, most=len(reading.act.parties))
    if (word and word not in set(Initiator)) or (party and number is None):
        raise BadInput("act.initiator_unknown", text=clean(text)[:40])
    return {"initiator": Initiator(word) if word else None, "initiator_party": number}


NOBODY = "nobody"
"""What stands in the field where nobody has told who began it: Discord has no empty option."""


def _write_began(act: NewPartnership, language: str) -> str:
    if act.initiator is None and act.initiator_party is None:
        return NOBODY
    word = act.initiator.value if act.initiator else ""
    return f"{word}:{act.initiator_party}" if act.initiator_party else word


def _read_link(text: str, reading: Reading) -> Values:
    typed = clean(text)
    if typed and not typed.startswith(("https://", "http://")):
        raise BadInput("act.no_link", text=typed[:60])
    return {"document_url": typed or None}


# Fields ------------------------------------------------------------------------------------------------------


def _text(name: str, longest: int | None = None, *, lines: bool = False) -> ActField:
    most = longest or particular_lengths().get(name, LONGEST)
    return ActField(
        lambda act, _: getattr(act, name) or "", lambda text, _: {name: read_text(text, most)}, lines
    )


def _date(name: str, *, past: bool = False) -> ActField:
    def read(text: str, reading: Reading) -> Values:
        found = read_date(text, reading.today) if clean(text) else None
        if past and found and found.earliest() > reading.today:
            raise BadInput("act.in_future", date=found)
        return {name: found}

    return ActField(lambda act, _: _iso(getattr(act, name)), read)


def _iso(day: PartialDate | None) -> str:
    return day.iso() if day else ""


FIELDS: Mapping[ActPart, Mapping[str, ActField]] = {
    ActPart.BASICS: {
        "kind": ActField(lambda act, _: act.kind.value, _read_kind),
        "signed": ActField(lambda act, _: _iso(act.signed), _read_signed),
        "named": _text("named", MAX_NAMED),
        "sources": ActField(
            lambda act, _: "\n".join(act.sources), lambda text, _: {"sources": read_sources(text)}, lines=True
        ),
        "note": _text("note", LONGEST, lines=True),
    },
    ActPart.ORIGIN: {
        "initiator": ActField(_write_began, _read_began),
        "civil_since": _date("civil_since", past=True),
        "lead_association": _text("lead_association"),
        "council_liaison": _text("council_liaison"),
        "owner": _text("owner"),
    },
    ActPart.AGREEMENT: {
        "languages": _text("languages"),
        "document_url": ActField(lambda act, _: act.document_url or "", _read_link),
        "document_name": _text("document_name"),
        "review_on": _date("review_on"),
        "expires_on": _date("expires_on"),
    },
    ActPart.WORDING: {
        "signed_names": ActField(
            lambda act, _: write_names(act.signed_names),
            lambda text, reading: {"signed_names": read_names(text, len(reading.act.parties))},
            lines=True,
        ),
        "signatories": ActField(
            lambda act, _: write_signatories(act.signatories),
            lambda text, reading: {"signatories": read_signatories(text, len(reading.act.parties))},
            lines=True,
        ),
        "clauses": ActField(
            lambda act, language: write_clauses(act.clauses, language),
            lambda text, _: {"clauses": read_clauses(text)},
            lines=True,
        ),
    },
    ActPart.UPKEEP: {
        "cadence_months": ActField(
            lambda act, _: str(act.cadence_months or ""),
            lambda text, _: {"cadence_months": read_months(text)},
        ),
        "sustain_plan": _text("sustain_plan", LONGEST, lines=True),
    },
}
"""The fields of each form, in their order, by the name of what they change."""

ALL_FIELDS: Mapping[str, ActField] = {
    name: field for fields in FIELDS.values() for name, field in fields.items()
}


def shown(act: NewPartnership, names: Sequence[str], language: str) -> dict[str, str]:
    """These fields of an act as a form shows them; read unchanged, they say the same."""
    return {name: ALL_FIELDS[name].write(act, language)[:LONGEST] for name in names}


def typed_over(typed: Mapping[str, str], reading: Reading) -> NewPartnership:
    """The act with what was typed; fields that are as they were shown stay, and so do those that are not named.

    Raises `FormRefused` with a problem for each field that cannot be read, or is longer than a form can hold.
    """
    act = reading.act
    found = read_changed(
        typed,
        lambda name: ALL_FIELDS[name].write(act, reading.language),
        lambda name, text: ALL_FIELDS[name].read(text, reading),
    )
    return replace(act, **found)
