"""How changes look: who, when, and what field by field, in words of the language."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.agreements import Clause, Commitment, Signatory, SignedName
from bot.domain.audit import Deed
from bot.domain.claims import Claim
from bot.domain.exchange_particulars import Attachment, Attendee, Decision, Lesson, Response
from bot.domain.partnerships import StatusChange
from bot.domain.profiles import known_topic
from bot.domain.prospects import Pilot, StageChange, StepTaken
from bot.i18n.texts import Texts, Written
from bot.services.documents import Difference
from bot.services.telling import ChangedSince, Told
from bot.ui.cards import fit

BOLD = "**"

VALUE = 80
"""Characters of a value that are shown."""


def change_lines(texts: Texts, changes: Sequence[Difference], zone: str) -> Iterator[str]:
    """A line for each field: before and after; only the one that there is where the record is new, or gone."""
    new = all(change.before is None for change in changes)
    gone = all(change.after is None for change in changes)
    for change in changes:
        field = Written(texts(f"field.{change.field}"))
        before, after = (
            Written(_value(texts, _worded(change.field, value), zone))
            for value in (change.before, change.after)
        )
        if new or gone:
            yield texts("change.value", field=field, value=after if new else before)
        else:
            yield texts("change.line", field=field, before=before, after=after)


def _worded(field: str, value: Any) -> Any:
    """Topics, which are stored as words of their own or of the vocabulary."""
    return tuple(map(known_topic, value)) if field == "topics" and value else value


def _value(texts: Texts, value: Any, zone: str) -> str:
    match value:
        case None | ():
            return texts("change.nothing")
        case True:
            return texts("change.yes")
        case datetime():
            return texts.moment(value, zone)
        case StatusChange(since=None):
            return texts.word(value.status)
        case StatusChange():
            return texts("change.status", status=value.status, since=value.since)
        case StageChange():
            return texts.word(value.stage)
        case Response(what=str(told)):
            return texts.write(fit(" ".join(told.split()), VALUE))
        case Response():
            if value.changed_on is None:
                return texts("confirmations.short.confirmed", said_on=value.said_on)
            return texts("confirmations.short.stale", said_on=value.said_on)
        case (
            Commitment(what=told)
            | Decision(what=told)
            | Pilot(title=told)
            | SignedName(name=told)
            | Signatory(name=told)
            | Attendee(name=told)
        ):
            return texts.write(fit(told, VALUE))
        case Attachment():
            return texts.write(fit(value.name or value.url, VALUE))
        case Lesson():
            return texts.write(fit(" ".join((value.worked or value.otherwise or "").split()), VALUE))
        case Clause(text=None):
            return texts.word(value.tag)
        case Claim() | Clause() | StepTaken():
            return texts.write(fit(_part_told(value), VALUE))
        case tuple():
            return texts.listed([Written(_value(texts, each, zone)) for each in value])
        case str() if not isinstance(value, StrEnum):
            return texts.write(fit(" ".join(value.split()), VALUE))
    return texts.write(value)


def _part_told(part: Claim | Clause | StepTaken) -> str:
    """Parts that are short notes, in the words of whoever wrote them."""
    match part:
        case Claim():
            return f"{part.value} ({part.source})"
        case Clause():
            return part.text or ""
    return part.note or part.step


def told_lines(texts: Texts, told: Told, zone: str, mark: str = "") -> list[str]:
    """An entry: when and who on the first line, then what changed; `mark` stands around the moment."""
    when = Written(f"{mark}{texts.moment(told.at, zone)}{mark}")
    deed = told.deed or Deed.EDITED
    key = "history.line_taken_back" if told.is_taken_back else "history.line"
    return [
        texts(key, when=when, who=Written(_who(texts, told)), deed=deed),
        *(f"　{line}" for line in change_lines(texts, told.changes, zone)),
    ]


def _who(texts: Texts, told: Told) -> str:
    """A person of one's own office, who is not pinged; of another office only which it is."""
    if told.person is not None and told.office is not None:  # only the operator is told both
        return texts("history.person_of", office=told.office, person=Written(str(told.person)))
    if told.person is not None:
        return f"<@{told.person}>"
    if told.office is not None:
        return texts("history.office", office=told.office)
    return texts("history.command_line") if told.at_command_line else texts("history.other_office")


def since_lines(texts: Texts, changed: ChangedSince, zone: str, mark: str = "") -> list[str]:
    """Who changed what since; an import has no entry of its own for each record."""
    if not changed.since:
        return [texts("change.by_import")]
    return [line for told in changed.since for line in told_lines(texts, told, zone, mark)]
