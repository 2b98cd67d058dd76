"""How a free sentence that reports an exchange is shown as it was understood."""

from collections.abc import Iterator

from bot.domain.exchanges import ExchangeStatus
from bot.domain.profiles import known_topic
from bot.i18n.texts import Texts, Written
from bot.services.sentences import DateQuestion, PlaceQuestion, Question, Reading, Refusal, Understood
from bot.ui.errors import error_text

NAMED = 6
"""How many of several places are named when somebody is asked which is meant."""

FIELDS = ("places", "kind", "mode", "date", "minutes", "people", "topics", "level")
"""What a sentence may say, in the order in which it is shown."""

EXAMPLES = (1, 2, 3)

# What was understood -------------------------------------------------------------------------------------------


def understood_line(texts: Texts, understood: Understood) -> str:
    """The reading on one line: all that the sentence said."""
    reading = understood.reading
    if reading.refusal:
        return texts(f"sentence.refused.{reading.refusal.value}")
    return " · ".join(_facts(texts, understood))


def _facts(texts: Texts, understood: Understood) -> Iterator[str]:
    reading = understood.reading
    if reading.status is ExchangeStatus.PLANNED:
        yield texts.word(reading.status)
    if reading.kind is not None:
        yield texts.word(reading.kind)
    if reading.mode is not None:
        yield texts.word(reading.mode)
    if reading.places:
        yield texts("sentence.with", places=list(reading.places))
    if reading.day is not None:
        yield _when(texts, reading)
    if reading.minutes is not None:
        yield texts("sentence.minutes", n=reading.minutes)
    if reading.people is not None:
        yield texts("sentence.people", n=reading.people)
    if reading.topics:
        yield texts.listed([known_topic(topic) for topic in reading.topics])
    if reading.level is not None:
        yield texts.word(reading.level)


def _when(texts: Texts, reading: Reading) -> str:
    assert reading.day is not None
    day = Written(texts.date(reading.day, weekday=True))
    if reading.ends is not None:
        return texts("sentence.days", first=day, last=Written(texts.date(reading.ends, weekday=True)))
    if reading.at is not None:
        return texts("sentence.day_and_time", day=day, time=Written(f"{reading.at:%H:%M}"))
    return day


def sentence_lines(texts: Texts, understood: Understood) -> list[str]:
    """Every field as it was understood, what was not said, and what is asked back; or why it is no report."""
    reading = understood.reading
    if reading.refusal:
        return [*refusal_lines(texts, reading.refusal)]
    lines = [*_field_lines(texts, understood)]
    missing = [Written(texts(f"sentence.field.{name}")) for name in _missing(reading)]
    if missing:
        lines.append(texts("sentence.not_said", fields=missing))
    lines += [
        texts("sentence.corrected", words=words, place=place) for words, place in reading.corrected.items()
    ]
    lines += [question_text(texts, question) for question in reading.questions]
    return lines


def _field_lines(texts: Texts, understood: Understood) -> Iterator[str]:
    reading = understood.reading
    if reading.status is ExchangeStatus.PLANNED:
        yield texts("sentence.planned")
    if reading.places:
        yield _field(
            texts, "places", texts.listed([Written(texts.place_in_full(each)) for each in reading.places])
        )
    if reading.kind is not None:
        yield _field(texts, "kind", texts.word(reading.kind))
    if reading.mode is not None:
        yield _field(texts, "mode", texts.word(reading.mode))
    if reading.day is not None:
        yield _field(texts, "date", _when(texts, reading))
        yield from _clocks(texts, understood)
    if reading.minutes is not None:
        yield _field(texts, "minutes", texts("sentence.minutes", n=reading.minutes))
    if reading.people is not None:
        yield _field(texts, "people", texts("sentence.people", n=reading.people))
    if reading.topics:
        yield _field(texts, "topics", texts.listed([known_topic(topic) for topic in reading.topics]))
    if reading.level is not None:
        yield _field(texts, "level", texts.word(reading.level))


def _field(texts: Texts, name: str, value: str) -> str:
    return texts("sentence.field_line", field=Written(texts(f"sentence.field.{name}")), value=Written(value))


def _clocks(texts: Texts, understood: Understood) -> Iterator[str]:
    """The moment as the clocks of all places show it."""
    if understood.starts_at is None or understood.home is None:
        return
    for place in (understood.home, *understood.reading.places):
        if place.zone:
            moment = Written(texts.moment(understood.starts_at, place.zone))
            yield texts("visit.moment", moment=moment, place=place)


def _missing(reading: Reading) -> Iterator[str]:
    values = (
        reading.places, reading.kind, reading.mode, reading.day, reading.minutes, reading.people, reading.topics,
        reading.level,
    )  # fmt: skip
    asked = {"date" if isinstance(each, DateQuestion) else "places" for each in reading.questions}
    for name, value in zip(FIELDS, values, strict=True):
        if value in (None, ()) and name not in asked:
            yield name


# What is asked back --------------------------------------------------------------------------------------------


def question_text(texts: Texts, question: Question) -> str:
    """What is asked, with the choices."""
    match question:
        case DateQuestion(words, choices, problem):
            if problem is not None:
                return texts("sentence.ask.no_date", words=words, problem=Written(error_text(texts, problem)))
            if not choices:
                return texts("sentence.ask.vague", words=words)
            days = [Written(texts.date(day, weekday=True)) for day in choices]
            return texts("sentence.ask.date", words=words, choices=Written(texts.either(days)))
        case PlaceQuestion(words, choices, _, within):
            if within and not choices:
                return texts("sentence.ask.city", words=words)
            named = Written(texts.either([Written(texts.place_in_full(place)) for place in choices[:NAMED]]))
            return texts(
                "sentence.ask.within" if within else "sentence.ask.place", words=words, choices=named
            )
        case _:
            place = Written(texts.place_in_full(question.places[0]))
            return texts("sentence.ask.unknown", place=place)


def refusal_lines(texts: Texts, refusal: Refusal) -> Iterator[str]:
    """One sentence why nothing was read, and three examples of what is."""
    yield texts(f"sentence.refused.{refusal.value}")
    yield texts("sentence.examples_title")
    yield from (f"• {texts(f'sentence.example.{number}')}" for number in EXAMPLES)
