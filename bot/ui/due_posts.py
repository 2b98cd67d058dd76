"""How a post looks that tells of the dates of an act, or of what was promised in it."""

from collections.abc import Iterator
from datetime import timedelta

import discord

from bot.domain.agreements import Commitment
from bot.domain.dates import PartialDate
from bot.domain.due_dates import Dated
from bot.i18n.texts import Texts, Written
from bot.services.posts import Post
from bot.services.watching import DueNow
from bot.ui.cards import fit
from bot.ui.commitments import SHOWN, done_buttons

BUTTONS = 5


def due_title(texts: Texts, post: Post, due: DueNow) -> str:
    partners = Written(texts.listed(post.partners))
    if due.promises:
        return texts("post.commitment_title", home=post.office.place, partners=partners, n=len(due.promises))
    return texts("post.review_title", home=post.office.place, partners=partners)


def due_lines(texts: Texts, post: Post, due: DueNow) -> Iterator[str]:
    """A line for each date and each promise, with how many days there are where the day is known."""
    for which, on in due.dates:
        when = Written(_ahead(texts, post, on))
        yield texts("post.review" if which is Dated.REVIEW else "post.expiry", when=when)
    for promise in due.promises.values():
        line = _promise_line(texts, post, promise)
        yield texts("promises.owned_line", line=Written(line), owner=promise.owner) if promise.owner else line


def _promise_line(texts: Texts, post: Post, promise: Commitment) -> str:
    assert promise.due is not None, "only what has a date is told of"
    today = post.reminder.occurrence - timedelta(days=post.days_left)
    what = Written(texts.write(fit(" ".join(promise.what.split()), SHOWN)))
    if promise.is_overdue(today):
        n = (today - promise.due.latest()).days
        return texts("post.promise_overdue", what=what, due=promise.due, n=n)
    return texts("post.promise_due", what=what, when=Written(_ahead(texts, post, promise.due)))


def _ahead(texts: Texts, post: Post, on: PartialDate) -> str:
    """The date as precisely as it is known, and how far off a known day is."""
    when = Written(texts.date(on, weekday=True))
    return texts("post.when", when=when, n=post.days_left) if on.exact() and post.days_left > 0 else when


def due_view(texts: Texts, post: Post, due: DueNow) -> discord.ui.View | None:
    """To say at once that a promise was kept; None where there is none."""
    if not due.promises:
        return None
    return done_buttons(texts, post.act.id, list(due.promises.items())[:BUTTONS])
