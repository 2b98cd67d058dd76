"""The statements of answers as sentences: of the catalogue, or written from what a record holds."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.audit import Record, RecordKind, find_record
from bot.domain.contacts import Contact, joined_scripts
from bot.domain.dormancy import Quietness
from bot.domain.exchanges import Exchange
from bot.domain.partnerships import Partnership, StatusChange
from bot.domain.places import Place
from bot.i18n.texts import Texts, Written
from bot.services.questions import Statement
from bot.ui.claims import claim_words, dispute_lines, reason_words, source_name, words_of_both
from bot.ui.decisions import decision_line
from bot.ui.exchange_cards import attendee_line
from bot.ui.partnerships import exchange_line
from bot.ui.rule_facts import fact_source, fact_text

Values = Mapping[str, Any]
Writer = Callable[[Texts, Values], str]


def statement_text(texts: Texts, statement: Statement) -> str:
    """A statement as a sentence of the catalogue; some take a record apart first."""
    if writer := WRITERS.get(statement.key):
        line = writer(texts, statement.values)
    else:
        words = {name: _word(texts, name, value) for name, value in statement.values.items()}
        key = statement.key
        line = texts(f"answer.{key}_of_cities" if _of_cities(statement) else f"answer.{key}", **words)
    for name in ("conditions", "through"):
        if statement.values.get(name):
            word = _word(texts, name, statement.values[name])
            line = texts(f"answer.with_{name}", line=Written(line), **{name: word})
    return line


COUNTED = ("listed", "count_places")
_CITIES = frozenset({"kind_word_partners", "kind_word_sister", "kind_word_friendship"})


def _of_cities(statement: Statement) -> bool:
    """Whether it counts places that are called cities: "33 sister cities" says it at once."""
    return statement.key in COUNTED and {each.key for each in statement.values["kinds"]} <= _CITIES


_JOINED = frozenset({"conditions", "parts", "others"})


def _word(texts: Texts, name: str, value: Any) -> Any:
    """A value as a sentence takes it."""
    match value:
        case Statement():
            return Written(statement_text(texts, value))
        case [Statement(), *_]:
            parts = [Written(statement_text(texts, each)) for each in value]
            return Written(" · ".join(parts) if name in _JOINED else texts.listed(parts))
        case None | [] | ():
            return Written(texts("answer.everywhere" if name == "homes" else "answer.not_recorded"))
        case [*places] if name in ("choices", "nearest"):
            full = [Written(texts.place_in_full(p)) if isinstance(p, Place) else p for p in places]
            return Written(texts.either(full)) if name == "choices" else full
        case str() if name == "country":
            return Written(texts.country(value))
        case [*codes] if name == "countries":
            return [Written(texts.country_in_sentence(code)) for code in codes]
        case bool():
            return ""
    return value if isinstance(value, list | tuple | int | float | str) or _is_written(value) else ""


def _is_written(value: Any) -> bool:
    """Whether texts know how to write it."""
    return not isinstance(value, StatusChange | Partnership | Quietness)


# Lines of lists ------------------------------------------------------------------------------------------------


def _link(texts: Texts, values: Values) -> str:
    act: Partnership = values["act"]
    partner = Written(texts.place_in_full(values["partner"]))
    key = "answer.link_dated" if act.signed else "answer.link_undated"
    line = texts(key, record=act.record, partner=partner, kind=act.kind, date=act.signed or "")
    if values["with_home"]:
        line = texts("answer.link_of_home", home=values["home"], line=Written(line))
    return _over(texts, line, act) if "ended" in values else line


def _met(texts: Texts, values: Values) -> str:
    """A line with the last contact, which is what was asked for."""
    line, last = Written(statement_text(texts, values["line"])), values["last"]
    if last is None:
        return texts("answer.link_never_met", line=line)
    return texts("answer.link_met", line=line, date=last.date, record=last.record)


def _over(texts: Texts, line: str, act: Partnership) -> str:
    """The line of an agreement that has ended, or that a later one replaced."""
    if act.superseded_by is not None:
        later = str(Record(RecordKind.PARTNERSHIP, act.superseded_by))
        return texts("answer.link_replaced", line=Written(line), later=later)
    since = act.ended.since if act.ended else None
    key = "answer.link_ended" if since else "answer.link_ended_undated"
    return texts(key, line=Written(line), date=since or "")


def _exchange(texts: Texts, values: Values) -> str:
    exchange: Exchange = values["exchange"]
    line = exchange_line(texts, exchange)
    return texts("answer.exchange_with", line=Written(line), places=list(exchange.places))


def _lies_in(texts: Texts, values: Values) -> str:
    place: Place = values["place"]
    where = texts.where(place)
    if place.country and where == texts.country(place.country):
        where = texts.country_in_sentence(place.country)
    return texts("answer.lies_in" if where else "answer.lies_nowhere", place=place, where=Written(where))


def _names_of(texts: Texts, values: Values) -> str:
    """What a place is called in English, in Chinese and where it lies, as far as that is on record."""
    place: Place = values["place"]
    other = place.name_en if texts.language.startswith("zh") else place.name_zh
    local = place.name_local if place.name_local not in (place.name_en, place.name_zh) else None
    if not other:
        return texts("answer.names_once", place=place)
    line = texts("answer.names_of", place=place, name=other)
    return texts("answer.names_local", line=Written(line), name=local) if local else line


def _person(texts: Texts, values: Values) -> str:
    person: Contact = values["person"]
    line = texts(
        "answer.person_line",
        record=person.record, place=person.place,
        name=joined_scripts(person.name, person.name_zh), post=joined_scripts(person.post, person.post_zh),
    )  # fmt: skip
    return texts("answer.person_until", line=Written(line), until=person.until) if person.until else line


def _attendee(texts: Texts, values: Values) -> str:
    line = attendee_line(texts, values["attendee"], values["place"])
    return texts("answer.attendee_line", record=values["record"], line=Written(line))


def _promise(texts: Texts, values: Values) -> str:
    commitment = values["commitment"]
    state = "done" if commitment.done else "due" if commitment.due else "open"
    return texts(
        f"answer.promise_{state}", record=values["record"], what=commitment.what, due=commitment.due or ""
    )


def _anniversary(texts: Texts, values: Values) -> str:
    milestone = values["milestone"]
    named = Written(texts(f"milestone.{milestone}")) if milestone not in (None, "round") else ""
    line = texts(
        "answer.anniversary_named" if named else "answer.anniversary",
        record=values["record"], partner=values["partner"], kind=values["kind"], n=values["years"],
        date=values["date"], named=named,
    )  # fmt: skip
    if values["with_home"]:
        return texts("answer.link_of_home", home=values["home"], line=Written(line))
    return line


# Sentences that take something apart ---------------------------------------------------------------------------


def _stands(texts: Texts, values: Values) -> str:
    quiet: Quietness = values["quiet"]
    words = {"partner": values["partner"], "state": quiet.state, "n": quiet.cadence_months}
    if quiet.last is None:
        return texts("answer.stands_no_record", **words)
    return texts("answer.stands", **words, date=quiet.last, record=values["record"] or "")


def _cadence(texts: Texts, values: Values) -> str:
    quiet: Quietness = values["quiet"]
    key = "answer.cadence_due" if quiet.due is not None else "answer.cadence"
    return texts(key, partner=values["partner"], n=quiet.cadence_months, due=quiet.due or "")


def _disputed(texts: Texts, values: Values) -> str:
    (line,) = dispute_lines(texts, values["claims"])
    return texts("answer.disputed", record=values["record"], line=Written(line))


def _step_of(key: str) -> Writer:
    """A sentence on a step in the life of an agreement, with who took it, why, and who says so."""

    def write(texts: Texts, values: Values) -> str:
        step: StatusChange | None = values["step"]
        since = step.since if step else None
        words = {"record": values["record"], "partner": values["partner"], "home": values["home"]}
        line = texts(f"answer.{key}" if since else f"answer.{key}_undated", **words, date=since or "")
        told = {
            "by_whom": _doer(texts, values, step.by_whom) if step else None,
            "reason": Written(reason_words(texts, step.reason)) if step and step.reason else None,
            "trigger": _trigger(texts, values),
            "source": Written(source_name(texts, step.source)) if step and step.source else None,
        }
        for name, value in told.items():
            if value:
                line = texts(f"answer.step_{name}", line=Written(line), value=value)
        return line

    return write


def _doer(texts: Texts, values: Values, by_whom: str | None) -> str | None:
    """Who took a step: one of the two places by its name in the asker's language, or the words of the record."""
    for place in (values["partner"], values["home"]):
        if isinstance(place, Place) and by_whom in (place.name_en, place.name_zh):
            return Written(texts.place(place))
    return Written(words_of_both(texts, by_whom)) if by_whom else None


def _trigger(texts: Texts, values: Values) -> str | None:
    """What brought a step about: words, or the agreement of that number, not told where it is hidden."""
    step: StatusChange | None = values["step"]
    cause: Partnership | None = values.get("cause")
    if cause is not None:
        return Written(texts("answer.cause", record=cause.record, places=list(cause.parties)))
    return step.trigger if step and step.trigger and find_record(step.trigger) is None else None


def _event(event: str) -> Writer:
    def write(texts: Texts, values: Values) -> str:
        words = {name: values[name] for name in ("home", "partner", "kind", "date", "record")}
        line = texts(f"answer.tie_{event}", **words)
        step: StatusChange | None = values["step"]
        if step and step.reason:
            reason = Written(reason_words(texts, step.reason))
            line = texts("answer.step_reason", line=Written(line), value=reason)
        return line

    return write


def _people_of(texts: Texts, values: Values) -> str:
    line = texts("answer.people_of", record=values["record"], partner=values["partner"])
    for name in ("signatories", "initiator", "association", "owner"):
        if values[name]:
            line = texts(f"answer.people_of_{name}", line=Written(line), value=values[name])
    return line


def _sources(texts: Texts, values: Values) -> str:
    line = texts(
        "answer.sources_of",
        record=values["record"],
        sources=[Written(source_name(texts, each)) for each in values["sources"]],
    )
    return (
        texts("answer.sources_as_of", line=Written(line), date=values["as_of"]) if values["as_of"] else line
    )


def _distance_in_time(texts: Texts, values: Values) -> str:
    hours = values["hours"]
    return texts(
        "answer.time_ahead" if values["ahead"] else "answer.time_behind",
        home=values["home"], other=values["other"], n=int(hours) if hours == int(hours) else hours,
        here=Written(texts.moment(values["here"], values["here_zone"])),
        there=Written(texts.moment(values["there"], values["there_zone"])),
    )  # fmt: skip


def _dated_exchange(key: str) -> Writer:
    """When the exchange was, and with whom."""

    def write(texts: Texts, values: Values) -> str:
        partners = list(values["partners"])
        return texts(
            f"answer.{key}_with" if partners else f"answer.{key}",
            date=values["date"],
            partners=partners,
            n=values["n"] or 0,
        )

    return write


def _of_one(key: str) -> Writer:
    """What one exchange was about, who took part, or where it is known from."""

    def write(texts: Texts, values: Values) -> str:
        exchange: Exchange = values["exchange"]
        known = {
            "subject": [text for text in (exchange.topic, exchange.summary) if text],
            "took_part": list(exchange.places),
            "exchange_source": list(exchange.sources),
            "exchange_told": [exchange.record],
        }[key]
        return texts(
            f"answer.{key}" if known else f"answer.{key}_unknown", known=known or "", n=exchange.people or 0
        )

    return write


EVENTS = ("signed", "ended", "paused", "resumed", "expires", "review", "proposed")

DATED = ("first_exchange", "nth_exchange", "nth_last_exchange", "last_exchange", "next_exchange")

WRITERS: Mapping[str, Writer] = {
    "link": _link,
    "link_met": _met,
    "link_never_met": _met,
    "exchange_held": _exchange,
    "exchange_planned": _exchange,
    "exchange_cancelled": _exchange,
    "lies_in": _lies_in,
    "names_of": _names_of,
    "person": _person,
    "attendee": _attendee,
    "decision": lambda texts, values: decision_line(texts, values["decision"]),
    "promise": _promise,
    "anniversary_line": _anniversary,
    "stands": _stands,
    **{key: _dated_exchange(key) for key in DATED},
    "cadence_is": _cadence,
    "disputed": _disputed,
    "counted_by": lambda texts, values: claim_words(texts, values["claim"]),
    "people_of": _people_of,
    "regulation": lambda texts, values: fact_text(texts, values["fact"]),
    "regulation_source": lambda texts, values: fact_source(texts, values["fact"]),
    "sources_of": _sources,
    "time_difference": _distance_in_time,
    **{f"tie_{event}": _event(event) for event in EVENTS},
    "has_ended": _step_of("has_ended"),
    **{key: _step_of(key) for event in EVENTS for key in (f"reason_{event}", f"no_reason_{event}")},
    **{key: _of_one(key) for key in ("subject", "took_part", "exchange_source", "exchange_told")},
}  # fmt: skip
