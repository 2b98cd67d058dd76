"""How a post looks that tells of what was decided in an exchange and is due, or overdue."""

from collections.abc import Iterator, Sequence

from bot.i18n.texts import Texts, Written
from bot.services.composing.due import DecisionNews
from bot.services.posts import Post
from bot.ui.buttons import PersistentButton
from bot.ui.decisions import decision_buttons
from bot.ui.due_posts import BUTTONS, owed_line
from bot.ui.looks import Field, Look
from bot.ui.partnerships import exchange_line
from bot.ui.tending import tending_buttons


def _title(texts: Texts, post: Post[DecisionNews]) -> str:
    partners = Written(texts.listed(post.news.partners))
    return texts("post.decision_title", home=post.office.place, partners=partners, n=len(post.news.decisions))


def _lines(texts: Texts, post: Post[DecisionNews]) -> Iterator[str]:
    for decision in post.news.decisions.values():
        yield owed_line(texts, post, decision)


def _made_in(texts: Texts, post: Post[DecisionNews]) -> Iterator[Field]:
    yield texts("decision.made_in"), [exchange_line(texts, post.news.exchange)]


def _buttons(texts: Texts, post: Post[DecisionNews]) -> Sequence[PersistentButton]:
    """To say at once that it is done, where that is for this office to say; and who looks after it."""
    news = post.news
    open_ones = list(news.decisions.items())[:BUTTONS] if news.is_ours else []
    return [*decision_buttons(texts, news.exchange.id, open_ones), *tending_buttons(texts, post)]


DECISION = Look(_title, _lines, _buttons, fields=_made_in)
