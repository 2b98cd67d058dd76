"""How the post of a tie that goes quiet looks."""

from collections.abc import Iterator, Sequence

from bot.i18n.texts import Texts, Written
from bot.services.composing.silences import SilenceNews
from bot.services.posts import Post
from bot.ui.act_posts import as_of_footer, recent_field, rests_on
from bot.ui.buttons import PersistentButton
from bot.ui.exchanges import log_visit_buttons
from bot.ui.looks import Look
from bot.ui.reviving import revive_buttons
from bot.ui.tending import tending_buttons

PARTNERS = 5
"""For so many partners of one act there is a button each."""


def _title(texts: Texts, post: Post[SilenceNews]) -> str:
    partners = Written(texts.listed(post.news.partners))
    return texts("post.dormancy_title", home=post.office.place, partners=partners)


def _lines(texts: Texts, post: Post[SilenceNews]) -> Iterator[str]:
    """How long nothing was heard; told before the day itself where that is a rest day."""
    quiet, ahead = post.news.quiet, post.days_left > 0
    yield texts(
        f"post.{quiet.state.value}{'_ahead' if ahead else ''}",
        partners=Written(texts.listed(post.news.partners)),
        last=quiet.last,
        n=quiet.cadence_months,
        **({"day": post.reminder.occurrence} if ahead else {}),
    )
    yield rests_on(texts, post.news.act)


def _buttons(texts: Texts, post: Post[SilenceNews]) -> Sequence[PersistentButton]:
    partners = post.news.partners[:PARTNERS]
    revive = revive_buttons(texts, *partners)
    return [*revive, *log_visit_buttons(texts, *partners), *tending_buttons(texts, post)]


SILENCE = Look(_title, _lines, _buttons, fields=recent_field, footer=as_of_footer)
