"""Asking: a question is read, answered from what the asker may see, or honestly not answered."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.domain.access import Action
from bot.domain.dates import PartialDate
from bot.domain.names import clean
from bot.domain.places import Place
from bot.questions.answering.choosing import choose, whatever_there_is
from bot.questions.answering.dated_beside import dated
from bot.questions.answering.going_on import Next, next_query, what_next
from bot.questions.answering.namesakes import beside_those_without, the_city_itself
from bot.questions.answering.one_told import OneTie, one_tie
from bot.questions.answering.record_words import tells
from bot.questions.answering.told_in_records import MOST, told_in_records
from bot.questions.answering.understanding import conditions, place_or_name, understood
from bot.questions.answering.who_answers import answer
from bot.questions.answers import Answer, AnswerKind, Outcome, Statement, both_told, sentence
from bot.questions.conditions import Where
from bot.questions.frame import Frame
from bot.questions.holdings import Called, Registry
from bot.questions.outcomes import (
    AboutRegulations,
    Ambiguous,
    Difference,
    NotUnderstood,
    OutOfScope,
    Reading,
    Topic,
    Twofold,
    UnknownPlace,
)
from bot.questions.parser import parse
from bot.questions.query import About, Asked, Per, Query
from bot.questions.reading.naming import ref
from bot.questions.reading.own_partners import both_as_partners, of_own_partners
from bot.questions.wording.sense import weighed_with_itself
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.hidden_places import as_seen
from bot.services.holdings import Loader, resolved
from bot.services.lexicon import names_of
from bot.services.regulations import on_regulations, regulations_understood

__all__ = [
    "Answer",
    "Answered",
    "Choice",
    "Frame",
    "Next",
    "OneTie",
    "Outcome",
    "Query",
    "Statement",
    "answer_query",
    "ask",
    "next_query",
]


@dataclass(frozen=True, slots=True)
class Choice:
    """A whole reading of an ambiguous question, and what tells it from the others: a place, or conditions in words."""

    query: Query
    label: Place | str | Sequence[Statement]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with what it was read as, and its answer. `query` is None where it was not understood as one.

    `choices` where it has to be asked back, the likeliest first; of a question that was not understood, the one that
    comes nearest and has an answer, if there is such. `tie` where the answer is about a single one, and
    `next` is what it told in passing, for `next_query`, and `frame` what the next question may go on from.
    """

    question: str
    reading: Reading
    answer: Answer
    query: Query | None
    as_of: date
    choices: Sequence[Choice] = field(default=())
    understood: Sequence[Statement] = ()
    tie: OneTie | None = None
    next: Sequence[Next] = ()
    frame: Frame | None = None


@requires(Action.READ)
async def ask(desk: Desk, caller: Caller, question: str, frame: Frame | None = None) -> Answered:
    """Answer a question of either language; `frame` is what it may go on from, the one of the answer before.

    Nothing is raised for a question, whatever it is: what cannot be answered says why.
    """
    answered = await _asked(desk, caller, question, frame)
    following = _frame_of(answered, caller)
    if following is None:
        return replace(answered, frame=frame if _is_aside(answered.reading) else None)
    return replace(answered, frame=following.after(frame))


def _frame_of(answered: Answered, caller: Caller) -> Frame | None:
    """What a question may go on from: what was asked, and whom the answer told alone."""
    if answered.query is None:
        return None
    query, tie, told = answered.query, answered.tie, answered.answer.value
    day = told if isinstance(told, PartialDate) else None
    if tie is None or query.partner.places:
        return Frame(query, day=day)
    known = (query.home.own and caller.office is not None) or len(query.home.places) == 1
    return Frame(query, ref(tie.partner), None if known else ref(tie.home), day)


_CIVIL = frozenset((Topic.GREETING, Topic.THANKS, Topic.SMALL_TALK, Topic.HELP))


def _is_aside(reading: Reading) -> bool:
    """Whether who was spoken of before still is after what was no question, or was not understood as one."""
    match reading:
        case NotUnderstood():
            return reading.nobody
        case OutOfScope():
            return reading.topic in _CIVIL
    return False


async def _asked(desk: Desk, caller: Caller, question: str, frame: Frame | None) -> Answered:
    today = caller.today(desk)
    async with desk.database.read() as session:
        names = await names_of(session)
        home = caller.office.place if caller.office else None
        loader = Loader(session, caller.viewer, names, caller, today)
        reading = await as_seen(loader, parse(question, names.lexicon, today, home, frame))
        if isinstance(reading, Ambiguous):
            return await _settled(loader, question, reading)
        if isinstance(reading, UnknownPlace):
            nearest = [place_or_name(ref, names.places) for ref in reading.nearest]
            return Answered(question, reading, _unknown_place(reading, nearest), None, today)
        if isinstance(reading, NotUnderstood) and reading.nearest is not None:
            return await _nearly(loader, question, reading, reading.nearest)
        if isinstance(reading, AboutRegulations):
            said = regulations_understood(reading)
            return Answered(question, reading, on_regulations(reading, caller), None, today, understood=said)
        if isinstance(reading, Twofold):
            return await _both(loader, question, reading)
        if not isinstance(reading, Query):
            return Answered(question, reading, _not_answered(reading), None, today)
        meant = await _of_our_partners(loader, await _of_all_here(loader, reading))
        return await _answered(loader, question, reading, meant)


@requires(Action.READ)
async def answer_query(desk: Desk, caller: Caller, question: str, query: Query) -> Answered:
    """Answer a question that has been read already: a choice of one that was asked back."""
    today = caller.today(desk)
    async with desk.database.read() as session:
        loader = Loader(session, caller.viewer, await names_of(session), caller, today)
        answered = await _answered(loader, question, query, query)
        return replace(answered, frame=_frame_of(answered, caller))


async def _of_all_here(loader: Loader, query: Query) -> Query:
    """Who asks in Taiwan for sister cities "in Taiwan", and has none with its own country, asks of all cities there."""
    country = loader.caller.office.place.country if loader.caller.office else None
    if country is None or not query.home.assumed or query.partner != Where(countries=(country,)):
        return query
    if query.about is not About.TIES or query.asked is Asked.BOOLEAN or query.compare:
        return query
    asked = resolved(query, loader.caller)
    has_any = choose(asked, await loader.registry(asked)).links
    return query if has_any else replace(query, home=Where(countries=(country,)), partner=Where())


async def _of_our_partners(loader: Loader, query: Query) -> Query:
    """Of two places that have nothing with each other, and both have with the asker's, it is ties with that."""
    office = loader.caller.office
    named = both_as_partners(query, office.place.id) if office else ()
    if office is None or not named or _has_anything(query, await loader.registry(query), office.place):
        return query
    ours = of_own_partners(query, named)
    asked = resolved(ours, loader.caller)
    registry = await loader.registry(asked)
    alone = [replace(asked, partner=replace(asked.partner, places=(ref,))) for ref in named]
    return ours if all(_has_anything(each, registry) for each in alone) else query


def _has_anything(query: Query, registry: Registry, beside: Place | None = None) -> bool:
    """Whether there is an agreement or an exchange with one of the partners that are named.

    Told of both, an exchange in which the place `beside` them took part, too, is nothing of theirs alone.
    """
    partners = {ref.id for ref in query.partner.places}
    third = beside if query.asked is Asked.TEXT else None
    met = any(
        partners & {place.id for place in each.places} and third not in each.places
        for each in registry.exchanges()
    )
    return met or bool(whatever_there_is(query, registry))


async def _answered(loader: Loader, question: str, reading: Reading, query: Query) -> Answered:
    asked = resolved(query, loader.caller)
    if _is_nobodys(query, loader.caller):
        whose = Answer(Outcome.AMBIGUOUS, AnswerKind.TEXT, [sentence("whose")])
        return Answered(question, reading, whose, None, loader.today)
    registry = await loader.registry(asked)
    if unknown := _unknown(asked, registry):
        said = understood(asked, registry.names)
        return Answered(question, reading, unknown, query, loader.today, understood=said)
    settled = dated(asked, registry)
    if isinstance(settled, Answer):
        said = understood(asked, registry.names)
        return Answered(question, reading, settled, query, loader.today, understood=said)
    asked = settled
    said = understood(asked, registry.names)
    found = (await _worked_out(asked, registry)).followed_by(*_not_counted(asked, registry))
    return Answered(
        question, reading, found, query, loader.today,
        understood=said, tie=one_tie(asked, registry, found), next=what_next(asked, found),
    )  # fmt: skip


async def _both(loader: Loader, question: str, reading: Twofold) -> Answered:
    """Two questions in one: both answers; whatever goes on, goes on from the second."""
    first, second = [await _half(loader, question, reading, each) for each in (reading.first, reading.second)]
    if first.query is None and first.choices:
        return replace(first, choices=())  # a choice would answer the first question alone
    return replace(
        second,
        answer=both_told(first.answer, second.answer),
        understood=[*first.understood, sentence("and_then"), *second.understood],
        tie=next((tie for tie in (second.tie, first.tie) if tie and tie.record), second.tie or first.tie),
    )


async def _half(loader: Loader, question: str, reading: Twofold, half: Query | Ambiguous) -> Answered:
    """The answer to one of two questions, of the one place of its name that has a record."""
    if isinstance(half, Ambiguous):
        return await _settled(loader, question, half)
    return await _answered(loader, question, reading, half)


async def _worked_out(asked: Query, registry: Registry) -> Answer:
    """The answer; of everybody's ties in a thread of its own, so that the bot hears what else goes on."""
    if not registry.everywhere or len(registry.homes) <= _AT_ONCE:
        return answer(asked, registry)
    return await asyncio.to_thread(answer, asked, registry)


_AT_ONCE = 500
"""Places whose ties are answered from at once, at most."""


async def _nearly(loader: Loader, question: str, reading: NotUnderstood, nearest: Query) -> Answered:
    """What records tell; else not understood, and what was understood is offered, if that has an answer."""
    if (in_records := told_in_records(reading)) and (told := await _told(loader, question, in_records)):
        return told
    said, choices = _not_answered(reading), list[Choice]()
    meant = await as_seen(loader, nearest)
    if isinstance(meant, Query) and (parts := await _offered(loader, question, reading, meant)):
        choices.append(Choice(meant, parts))
        said = said.followed_by(sentence("perhaps_meant", parts=parts))
    return Answered(question, reading, said, None, loader.today, choices)


async def _told(loader: Loader, question: str, query: Query) -> Answered | None:
    """The answer, where a record or two of those that are asked for have all the words."""
    meant = await as_seen(loader, query)
    if not isinstance(meant, Query) or _is_nobodys(meant, loader.caller):
        return None
    registry = await loader.registry(resolved(meant, loader.caller))
    if not 0 < sum(tells(each, meant.exchanges.told) for each in registry.exchanges()) <= MOST:
        return None
    found = await _answered(loader, question, meant, meant)
    return found if found.answer.outcome is Outcome.ANSWERED else None


async def _offered(loader: Loader, question: str, reading: Reading, meant: Query) -> Sequence[Statement]:
    """The reading in words if it has an answer; of everybody's ties it has one, and is too much to be tried."""
    asked = resolved(meant, loader.caller)
    if _is_nobodys(meant, loader.caller) or weighed_with_itself(asked):
        return ()
    if asked.home.anywhere and asked.partner.anywhere:
        return understood(asked, Called(groups=loader.names.group_names))
    found = await _answered(loader, question, reading, meant)
    return found.understood if found.answer.outcome is Outcome.ANSWERED else ()


def _is_nobodys(query: Query, caller: Caller) -> bool:
    """Whether it is asked of "our" ties where no office asks."""
    return caller.office is None and query.home.own and not query.home.assumed


def _unknown(query: Query, registry: Registry) -> Answer | None:
    """A home of which the registry has nothing."""
    missing = [ref for ref in query.home.places if ref.id is None]
    if missing and not registry.homes:
        return Answer(
            Outcome.NO_RECORD,
            AnswerKind.TEXT,
            [sentence("place_without_record", name=missing[0].called)],
        )
    return None


def _not_counted(query: Query, registry: Registry) -> list[Statement]:
    """Those of several homes of which the registry has nothing, which no number or list of the others tells of."""
    listed = query.asked in (Asked.NUMBER, Asked.PLACES) and query.about is About.TIES
    if not listed or query.per is not Per.HOME or query.compare or query.rank or not registry.homes:
        return []
    missing = [ref.called for ref in query.home.places if ref.id is None]
    return [sentence("place_without_record", name=name) for name in missing]


async def _settled(loader: Loader, question: str, reading: Ambiguous) -> Answered:
    """The one choice of which the registry has a record, where they differ in a place; else it is asked back."""
    called = [place_or_name(ref, loader.names.places) for ref in reading.labels]
    if (itself := the_city_itself(reading, called)) is not None:
        return await _answered(loader, question, reading, reading.choices[itself])
    if reading.differs is Difference.PLACE:
        await loader.read_ahead(resolved(choice, loader.caller) for choice in reading.choices)
        known = [await _with_record(loader, choice) for choice in reading.choices]
        with_record = [c for c, n in zip(reading.choices, known, strict=True) if n and n == max(known)]
        answers = [await _answered(loader, question, reading, choice) for choice in with_record]
        if (
            answers and len({_said(each.answer) for each in answers}) == 1
        ):  # one act with a city and its prefecture
            without = [place for place, n in zip(called, known, strict=False) if not n]
            return replace(answers[0], answer=beside_those_without(answers[0].answer, reading, without))
        if with_record:
            kept = [i for i, choice in enumerate(reading.choices) if choice in with_record]
            kept_labels = tuple(reading.labels[i] for i in kept) if reading.labels else ()
            reading = replace(reading, choices=tuple(with_record), labels=kept_labels)
    labels = [place_or_name(ref, loader.names.places) for ref in reading.labels]
    told = labels or reading.differs is not Difference.PLACE
    key = f"which_{reading.differs.value}" if told else "which"
    statement = sentence(key, words=clean(reading.words)[:80], choices=labels)
    asked_back = Answer(Outcome.AMBIGUOUS, AnswerKind.TEXT, [statement])
    choices = (
        [Choice(*each) for each in zip(reading.choices, labels, strict=True)]
        if labels
        else _told_by_words(loader, reading.choices)
    )
    return Answered(question, reading, asked_back, None, loader.today, choices)


def _told_by_words(loader: Loader, readings: Sequence[Query]) -> list[Choice]:
    """The readings, each with the conditions that not all of them have."""
    said = [conditions(each, loader.names.called) for each in readings]
    return [
        Choice(query, [each for each in words if not all(each in others for others in said)])
        for query, words in zip(readings, said, strict=True)
    ]


def _said(answer: Answer) -> tuple[object, ...]:
    """What tells one answer from another."""
    return answer.outcome, answer.value, tuple(answer.records)


async def _with_record(loader: Loader, choice: Query) -> int:
    """Of how many of the partners that it names there is a record; of those that it names otherwise, whether."""
    asked = resolved(choice, loader.caller)
    registry = await loader.registry(asked)
    met = {place.id for each in registry.exchanges() for place in each.places}
    several = asked.partner.places if len(asked.partner.places) > 1 else ()
    alone = [replace(asked, partner=replace(asked.partner, places=(ref,))) for ref in several] or [asked]
    return sum(
        bool(whatever_there_is(each, registry)) or any(ref.id in met for ref in each.partner.places)
        for each in alone
    )


def _unknown_place(reading: UnknownPlace, nearest: Sequence[Place | str]) -> Answer:
    key = "unknown_place_near" if nearest else "unknown_place"
    statement = sentence(key, words=clean(reading.words)[:80], nearest=nearest)
    return Answer(Outcome.NO_RECORD, AnswerKind.TEXT, [statement])


def _not_answered(reading: NotUnderstood | OutOfScope) -> Answer:
    match reading:
        case OutOfScope():
            return Answer(
                Outcome.NOT_UNDERSTOOD, AnswerKind.TEXT, [sentence(f"out_of_scope_{reading.topic.value}")]
            )
        case NotUnderstood():
            words = [clean(each)[:40] for each in reading.words[:5]]
            key = f"not_understood_{reading.why.value}"
            return Answer(Outcome.NOT_UNDERSTOOD, AnswerKind.TEXT, [sentence(key, words=words)])
