"""How a post looks that tells of the dates of an act, or of what was promised in it."""

from collections.abc import Iterator, Sequence

from bot.domain.commitments import Owed
from bot.domain.dates import PartialDate
from bot.domain.due_dates import Dated
from bot.i18n.texts import Texts, Written
from bot.services.composing.due import DueNews
from bot.services.posts import News, Post
from bot.ui.act_posts import as_of_footer, recent_field, rests_on
from bot.ui.buttons import PersistentButton
from bot.ui.cards import fit
from bot.ui.commitments import SHOWN, done_buttons
from bot.ui.exchanges import log_visit_buttons
from bot.ui.looks import Look
from bot.ui.tending import tending_buttons

BUTTONS = 5


def due_title(texts: Texts, post: Post[DueNews]) -> str:
    partners = Written(texts.listed(post.news.partners))
    if promises := post.news.promises:
        return texts("post.commitment_title", home=post.office.place, partners=partners, n=len(promises))
    return texts("post.review_title", home=post.office.place, partners=partners)


def due_lines(texts: Texts, post: Post[DueNews]) -> Iterator[str]:
    """A line for each date and each promise, with how many days there are where the day is known."""
    for which, on in post.news.dates:
        when = Written(_ahead(texts, post, on))
        yield texts("post.review" if which is Dated.REVIEW else "post.expiry", when=when)
    for promise in post.news.promises.values():
        yield owed_line(texts, post, promise)
    yield rests_on(texts, post.news.act)


def owed_line(texts: Texts, post: Post[News], owed: Owed) -> str:
    """What is due or overdue, and who is to do it."""
    line = _due_line(texts, post, owed)
    return texts("promises.owned_line", line=Written(line), owner=owed.owner) if owed.owner else line


def _due_line(texts: Texts, post: Post[News], owed: Owed) -> str:
    assert owed.due is not None, "only what has a date is told of"
    today = post.office.today(post.now)
    what = Written(texts.write(fit(" ".join(owed.what.split()), SHOWN)))
    if owed.is_overdue(today):
        n = (today - owed.due.latest()).days
        return texts("post.promise_overdue", what=what, due=owed.due, n=n)
    return texts("post.promise_due", what=what, when=Written(_ahead(texts, post, owed.due)))


def _ahead(texts: Texts, post: Post[News], on: PartialDate) -> str:
    """The date as precisely as it is known, and how far off a known day is."""
    when = Written(texts.date(on, weekday=True))
    return texts("post.when", when=when, n=post.days_left) if on.exact() and post.days_left > 0 else when


def due_buttons(texts: Texts, post: Post[DueNews]) -> Sequence[PersistentButton]:
    """To say at once that a promise was kept; else to log what was done with the partners."""
    news = post.news
    if news.promises:
        done = done_buttons(texts, news.act.id, list(news.promises.items())[:BUTTONS])
        return [*done, *tending_buttons(texts, post)]
    return [*log_visit_buttons(texts, *news.partners[:BUTTONS]), *tending_buttons(texts, post)]


DUE = Look(due_title, due_lines, due_buttons, fields=recent_field, footer=as_of_footer)
