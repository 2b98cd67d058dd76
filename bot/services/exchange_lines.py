"""Parts of an exchange as lines of text: who led, stood for a city or spoke, attachments, topics; read back alike."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from bot.domain.agreements import Signatory
from bot.domain.date_reading import read_date
from bot.domain.errors import BadInput
from bot.domain.exchange_details import (
    MAX_ATTACHMENTS,
    MAX_ATTENDEES,
    MAX_DECISIONS,
    MAX_LINK,
    MAX_TOPICS,
)
from bot.domain.exchange_particulars import Attachment, Attendee, AttendeeRole, Decision
from bot.domain.names import clean, fold
from bot.domain.profiles import LONGEST_TAG, TOPIC_WORDS, Topic, known_topic, topic_of
from bot.services.act_lines import MAX_PART, each_line, numbered, read_signatory, write_signatory
from bot.services.commitment_fields import read_done
from bot.services.typed_fields import read_text
from db.exchange_parts import EXCHANGE_PART_KINDS

ROLE_WORDS: Mapping[AttendeeRole, tuple[str, str]] = {
    AttendeeRole.HEAD: ("head of delegation", "團長"),
    AttendeeRole.LEADER: ("leader", "首長"),
    AttendeeRole.SPEAKER: ("speaker", "講者"),
}
"""What a role is called in English and Chinese, as the catalogues have it."""

_MORE_WORDS = {
    "head": AttendeeRole.HEAD, "heads": AttendeeRole.HEAD, "delegation": AttendeeRole.HEAD, "領隊": AttendeeRole.HEAD,
    "mayor": AttendeeRole.LEADER, "市長": AttendeeRole.LEADER, "縣長": AttendeeRole.LEADER,
    "speakers": AttendeeRole.SPEAKER, "主講": AttendeeRole.SPEAKER, "主講人": AttendeeRole.SPEAKER,
}  # fmt: skip
_ROLES = {fold(word): role for role, words in ROLE_WORDS.items() for word in (role.value, *words)} | {
    fold(word): role for word, role in _MORE_WORDS.items()
}
_COLON = re.compile(r"\s*[:：](?!//)\s*")
_BAR = re.compile(r"\s*[|｜]\s*")
_BETWEEN_TOPICS = re.compile(r"\s*[,，、;；\n]\s*")
_LINK = re.compile(r"https?://\S+")


# Attendees ---------------------------------------------------------------------------------------------------


def write_attendees(attendees: Iterable[Attendee], language: str) -> str:
    """`leader: 2 Bruce Harrell, Mayor`, a line for each; the number is that of the place."""
    return "\n".join(
        f"{ROLE_WORDS[each.role][language.startswith('zh')]}: "
        + write_signatory(Signatory(each.party, each.name, each.name_zh, each.post))
        for each in attendees
    )


def read_attendees(text: str, places: int, guest: int) -> tuple[Attendee, ...]:
    """What `write_attendees` writes. Without a number they came from the place `guest`, without a role they led.

    Raises `BadInput` (`act.line`, `visit.too_many_lines`).
    """

    def read(line: str) -> Attendee:
        word, *rest = _COLON.split(line, maxsplit=1)
        role = _ROLES.get(fold(word)) if rest else None
        if rest and role is None and numbered(line, places)[0] is None:
            raise BadInput("visit.role_unknown", text=word[:40])
        about = rest[0] if role is not None else line
        if not clean(about):
            raise BadInput("visit.attendee_needs_name")
        party, _ = numbered(about, places)
        person = read_signatory(about if party else f"{guest} {about}", places)
        return Attendee(person.party, role or AttendeeRole.HEAD, person.name, person.name_zh, person.post)

    return _at_most(each_line(text, read), MAX_ATTENDEES)


# Attachments -------------------------------------------------------------------------------------------------


def write_attachments(attachments: Iterable[Attachment]) -> str:
    """`slides.pdf | https://…`, a line for each."""
    return "\n".join(f"{each.name} | {each.url}" if each.name else each.url for each in attachments)


def read_attachments(text: str, known: Sequence[Attachment]) -> tuple[Attachment, ...]:
    """What `write_attachments` writes, in either order; the size of a `known` one stays with its address.

    Raises `BadInput` (`act.line`, `visit.too_many_lines`).
    """
    sizes = {each.url: each.size for each in known}

    def read(line: str) -> Attachment:
        found = _LINK.search(line)
        if found is None:
            raise BadInput("act.no_link", text=line[:60])
        url = found[0]
        name = clean(_BAR.sub(" ", line.replace(url, " ", 1)))
        if len(url) > MAX_LINK or len(name) > MAX_PART:
            raise BadInput("act.part_too_long", length=max(len(url), len(name)), most=MAX_PART)
        return Attachment(url, name or None, sizes.get(url))

    return _at_most(each_line(text, read), MAX_ATTACHMENTS)


# Decisions ---------------------------------------------------------------------------------------------------


def write_decisions(decisions: Iterable[Decision]) -> str:
    """`a twinned library | Lin | 2026-12-05 | 2026-12-01`, a line for each; the last is when it was done."""

    def write(each: Decision) -> str:
        days = (day.iso() if day else "" for day in (each.due, each.done))
        return " | ".join((each.what, each.owner or "", *days)).rstrip(" |")

    return "\n".join(map(write, decisions))


def read_decisions(text: str, today: date) -> tuple[Decision, ...]:
    """What `write_decisions` writes; all but what was decided may be left out.

    Raises `BadInput` (`act.line`, `visit.too_many_lines`).
    """
    most = EXCHANGE_PART_KINDS["decisions"].lengths

    def read(line: str) -> Decision:
        what, owner, due, done, *more = (*map(clean, _BAR.split(line)), "", "", "")
        if not what or any(more):
            raise BadInput("visit.decision_unreadable")
        what, owner = (read_text(text, most[name]) for name, text in (("what", what), ("owner", owner)))
        until = read_date(due, today, ahead=True) if due else None
        return Decision(what, owner or None, until, read_done(done, today) if done else None)

    return _at_most(each_line(text, read), MAX_DECISIONS)


# Topics ------------------------------------------------------------------------------------------------------


def write_topics(topics: Iterable[str], language: str) -> str:
    """The topics with commas between them; those of the list in the language."""
    return ("、" if language.startswith("zh") else ", ").join(
        _topic_word(topic, language) for topic in topics
    )


def _topic_word(topic: str, language: str) -> str:
    known = known_topic(topic)
    if isinstance(known, Topic) and language.startswith("zh"):
        return TOPIC_WORDS[known].split()[0]
    return topic


def read_topics(text: str) -> tuple[str, ...]:
    """Topics of the list, or tags of one's own, with commas between them. Raises `BadInput`."""
    typed = [each for each in _BETWEEN_TOPICS.split(text) if clean(each)]
    if long := next((each for each in typed if len(each) > LONGEST_TAG), None):
        raise BadInput("act.too_long", text=long[:40], length=len(long), most=LONGEST_TAG)
    return _at_most(tuple(dict.fromkeys(filter(None, map(topic_of, typed)))), MAX_TOPICS)


T = TypeVar("T")


def _at_most(found: tuple[T, ...], most: int) -> tuple[T, ...]:
    if len(found) > most:
        raise BadInput("visit.too_many_lines", n=len(found), most=most)
    return found
