"""Lessons of exchanges: who may see one, which ones a search finds in either language, which fit what is planned."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.domain.access import Scope
from bot.domain.exchange_particulars import Lesson
from bot.domain.exchanges import Exchange
from bot.domain.profiles import TOPIC_WORDS, Topic

MAX_LESSONS = 5
"""So many are kept of one exchange."""

MAX_SEARCHED = 60
"""Characters of what is searched for."""

ASKED_AFTER = 7
"""How many days after the last day of an exchange its lessons are asked for."""

FITTING = 2
"""So many lessons are shown with what is planned."""

Plain = Callable[[str], str]
"""Makes of a text the form in which texts are compared, with spaces between its words."""


@dataclass(frozen=True, slots=True)
class NotedLesson:
    """A lesson with the exchange that it is of; `helped` is how many people it has helped, by what they say."""

    exchange: Exchange
    lesson: Lesson
    helped: int = 0

    @property
    def scope(self) -> Scope:
        """Who may see it: never more than may see the exchange."""
        return narrower(self.exchange.scope, self.lesson.scope)

    @property
    def topics(self) -> Sequence[str]:
        return self.lesson.tags or self.exchange.topics


def narrower(scope: Scope, other: Scope | None) -> Scope:
    order = list(Scope)
    return scope if other is None else min(scope, other, key=order.index)


# Searching ---------------------------------------------------------------------------------------------------


def search(lessons: Iterable[NotedLesson], text: str, plain: Plain) -> list[NotedLesson]:
    """The lessons that have every word of the text, or another word for the same topic, in either language."""
    known = {plain(word): topic for topic in Topic for word in _words(topic)}
    wanted = [_alternatives(word, known, plain) for word in plain(text).split()]
    found = []
    for each in lessons:
        said = f" {plain(_said(each))}"
        if all(any(_stands(word, said) for word in words) for words in wanted):
            found.append(each)
    return found


def _words(topic: Topic) -> list[str]:
    return [topic.value, *TOPIC_WORDS[topic].split()]


def _alternatives(word: str, known: dict[str, Topic], plain: Plain) -> list[str]:
    return [plain(each) for each in _words(known[word])] if word in known else [word]


def _stands(word: str, said: str) -> bool:
    """Whether a word stands in a text: one in letters begins a word there (port, not transport)."""
    return (f" {word}" if word.isascii() else word) in said


def _said(noted: NotedLesson) -> str:
    """All that a lesson is found by: its own words, its exchange, the places, and every word for its topics."""
    lesson, exchange = noted.lesson, noted.exchange
    own = (lesson.worked, lesson.otherwise, lesson.who, lesson.ask, lesson.evidence)
    about = (exchange.record, exchange.title, exchange.title_zh, exchange.topic)
    places = [name for place in exchange.places for name in (place.name_en, place.name_zh, place.name_local)]
    topics = [word for tag in noted.topics for word in (_words(Topic(tag)) if tag in set(Topic) else [tag])]
    return " \n ".join(filter(None, (*own, *about, *places, *topics)))


# Fitting -----------------------------------------------------------------------------------------------------


def fitting(
    lessons: Iterable[NotedLesson], planned: Exchange, own: Collection[int], most: int = FITTING
) -> list[NotedLesson]:
    """The lessons that fit what is planned best: same topic and partner, then topic, then partner; then those that
    have helped more, then the newest. `own` are the ids of the places of the office."""
    topics = set(planned.topics)
    partners = {place.id for place in planned.places} - set(own)

    def rank(each: NotedLesson) -> int:
        same_topic = not topics.isdisjoint(each.topics)
        same_partner = any(place.id in partners for place in each.exchange.places)
        return 2 * same_topic + same_partner

    found = [each for each in lessons if each.exchange.id != planned.id and rank(each)]
    found.sort(key=lambda each: (rank(each), each.helped, each.exchange.date.latest(), each.exchange.id))
    return found[::-1][:most]
