"""What an office measures its ties by, in words: weekly list, cadences, weights."""

from collections.abc import Iterator

from bot.domain.dormancy import CADENCE_MONTHS
from bot.domain.health import DEFAULT_WEIGHTS, Aspect
from bot.domain.offices import Office
from bot.domain.partnerships import Kind
from bot.i18n.texts import Texts, Written


def measure_lines(texts: Texts, office: Office) -> Iterator[str]:
    """When the weekly list comes, and what the office has changed of the built-in measures."""
    yield weekly_list_line(texts, office)
    yield from (cadence_line(texts, office, kind) for kind in Kind if kind in office.cadences)
    if office.weights:
        yield texts("measures.own_weights", weights=_weights(texts, office))


def weekly_list_line(texts: Texts, office: Office) -> str:
    when = office.weekly_list
    return texts("measures.weekly_list", day=when.day, hour=Written(f"{when.hour:02}:00"))


def cadence_lines(texts: Texts, office: Office) -> Iterator[str]:
    """How often the office expects an exchange, for every kind of tie; its own months are told as such."""
    yield texts("measures.cadences", place=office.place)
    yield from (cadence_line(texts, office, kind) for kind in Kind)
    yield texts("measures.cadence_rule")


def cadence_line(texts: Texts, office: Office, kind: Kind) -> str:
    own = office.cadences.get(kind)
    if own is None:
        return texts("measures.cadence", kind=kind, n=CADENCE_MONTHS[kind])
    return texts("measures.own_cadence", kind=kind, n=own, built_in=CADENCE_MONTHS[kind])


def weight_lines(texts: Texts, office: Office) -> Iterator[str]:
    """What each aspect of the health of a tie weighs in the office, and why the built-in weights are as they are."""
    yield texts("measures.weights", place=office.place)
    for aspect in Aspect:
        weight, built_in = (office.weights or DEFAULT_WEIGHTS).get(aspect, 0), DEFAULT_WEIGHTS[aspect]
        key = "measures.weight" if weight == built_in else "measures.own_weight"
        yield texts(key, aspect=aspect, weight=weight, built_in=built_in)
    yield texts("measures.weight_rule")


def _weights(texts: Texts, office: Office) -> list[Written]:
    told = [(aspect, office.weights.get(aspect, 0)) for aspect in Aspect]
    return [Written(texts("measures.weight_short", aspect=aspect, weight=weight)) for aspect, weight in told]
