"""How it is told that a planned exchange comes, asked whether it took place, and what was learnt from it."""

from collections.abc import Iterator, Sequence

from bot.domain.occasions.visits import HOUR_BEFORE
from bot.i18n.texts import Texts, Written
from bot.services.composing.visits import VisitNews
from bot.services.posts import Post
from bot.ui.buttons import PersistentButton
from bot.ui.cards import COLOUR
from bot.ui.exchange_facts import when_lines
from bot.ui.lessons import LessonButton
from bot.ui.looks import Look
from bot.ui.partnerships import exchange_title
from bot.ui.tending import tending_buttons
from bot.ui.visit_status import settle_buttons


def _coming_title(texts: Texts, post: Post[VisitNews]) -> str:
    what, partners = _what(texts, post), list(post.news.partners)
    if post.days_left > 0:
        return texts("post.visit_coming", what=what, partners=partners, n=post.days_left)
    soon = post.reminder.lead_days == HOUR_BEFORE and not post.late
    return texts(f"post.visit_{'soon' if soon else 'today'}", what=what, partners=partners)


def _asked_title(texts: Texts, post: Post[VisitNews]) -> str:
    return texts("post.visit_asked", what=_what(texts, post), partners=list(post.news.partners))


def _what(texts: Texts, post: Post[VisitNews]) -> Written:
    return Written(exchange_title(texts, post.news.exchange) or texts.word(post.news.exchange.kind))


def _lines(texts: Texts, post: Post[VisitNews]) -> Iterator[str]:
    """When it is, at both ends; which record it is."""
    exchange = post.news.exchange
    yield from when_lines(texts, exchange)
    yield texts("post.visit_record", record=Written(exchange.record), kind=exchange.kind)


def _asked_lines(texts: Texts, post: Post[VisitNews]) -> Iterator[str]:
    yield texts("post.visit_ask")
    yield from _lines(texts, post)


def _buttons(texts: Texts, post: Post[VisitNews]) -> Sequence[PersistentButton]:
    """What became of it, and who looks after it."""
    return [*settle_buttons(texts, post.news.exchange), *tending_buttons(texts, post)]


COMING_VISIT = Look(_coming_title, _lines, _buttons, colour=COLOUR)
UNCONFIRMED = Look(_asked_title, _asked_lines, _buttons)


def _lesson_title(texts: Texts, post: Post[VisitNews]) -> str:
    return texts("post.lesson", what=_what(texts, post), partners=list(post.news.partners))


def _lesson_lines(texts: Texts, post: Post[VisitNews]) -> Iterator[str]:
    yield texts("post.lesson_ask")
    yield from _lines(texts, post)


def _lesson_buttons(texts: Texts, post: Post[VisitNews]) -> Sequence[PersistentButton]:
    return [
        LessonButton(post.news.exchange.id, label=texts("lesson.add_button")),
        *tending_buttons(texts, post),
    ]


LESSON = Look(_lesson_title, _lesson_lines, _lesson_buttons, colour=COLOUR)
