"""What posts about an act have in common."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from bot.domain.exchanges import Exchange
from bot.domain.partnerships import Partnership
from bot.i18n.texts import Texts, Written
from bot.services.posts import News, Post
from bot.ui.looks import Field
from bot.ui.partnerships import exchange_line


class ActNews(News, Protocol):
    """News of an act, with the last exchanges between its parties."""

    @property
    def act(self) -> Partnership: ...

    @property
    def recent(self) -> Sequence[Exchange]: ...


def rests_on(texts: Texts, act: Partnership) -> str:
    """The record that a post rests on."""
    signed = act.signed if act.signed else Written(texts("list.no_date"))
    return texts("post.rests_on", record=Written(act.record), kind=act.kind, signed=signed)


def recent_field(texts: Texts, post: Post[ActNews]) -> Iterator[Field]:
    yield texts("partner.recent"), [exchange_line(texts, exchange) for exchange in post.news.recent]


def as_of_footer(texts: Texts, post: Post[ActNews]) -> str:
    as_of = post.news.act.as_of
    return texts("as_of.footer", as_of=as_of) if as_of else ""
