"""How the post of an anniversary looks."""

from collections.abc import Iterator, Sequence

from bot.domain.dates import PartialDate
from bot.domain.partnerships import PARTNER_KINDS
from bot.i18n.texts import Texts, Written
from bot.services.composing.anniversaries import AnniversaryNews
from bot.services.posts import Post
from bot.ui.act_posts import as_of_footer, recent_field, rests_on
from bot.ui.buttons import PersistentButton
from bot.ui.cards import COLOUR
from bot.ui.claims import dispute_lines
from bot.ui.exchanges import log_visit_buttons
from bot.ui.looks import Look
from bot.ui.partnerships import milestone_name

PARTNERS = 5
"""For so many partners of one act there is a button each."""


def _title(texts: Texts, post: Post[AnniversaryNews]) -> str:
    news, home = post.news, post.office.place
    partners = Written(texts.listed(news.partners))
    if news.act.kind not in PARTNER_KINDS:
        return texts("post.signing_title", home=home, partners=partners, kind=news.act.kind, n=news.years)
    name = milestone_name(texts, news.milestone)
    key = "post.anniversary_title_named" if name else "post.anniversary_title"
    return texts(key, home=home, partners=partners, n=news.years, name=Written(name))


def _lines(texts: Texts, post: Post[AnniversaryNews]) -> Iterator[str]:
    news = post.news
    occasion = "anniversary" if news.act.kind in PARTNER_KINDS else "signing"
    day = "today" if post.days_left == 0 else "in_days" if post.days_left > 0 else "past"
    yield texts(
        f"post.{occasion}_{day}",
        home=post.office.place,
        partners=Written(texts.listed(news.partners)),
        kind=news.act.kind,
        when=Written(texts.date(PartialDate.of(post.reminder.occurrence), weekday=True)),
        n=post.days_left,
        years=Written(texts("count.years", n=news.years)),
    )
    yield rests_on(texts, news.act)
    for line in dispute_lines(texts, news.said):  # the day is disputed, and this goes by the preferred one
        yield texts("post.disputed", line=Written(line))


def _buttons(texts: Texts, post: Post[AnniversaryNews]) -> Sequence[PersistentButton]:
    return log_visit_buttons(texts, *post.news.partners[:PARTNERS])


ANNIVERSARY = Look(_title, _lines, _buttons, fields=recent_field, footer=as_of_footer, colour=COLOUR)
