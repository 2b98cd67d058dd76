"""How it is told that posts could not go out."""

from collections.abc import Callable, Iterator

from bot.i18n.texts import Texts, Written
from bot.services.composing.troubles import MissedNews, TroubleNews
from bot.services.posts import News, Post
from bot.ui.cards import WRONG_COLOUR
from bot.ui.looks import Look, no_buttons

LISTED = 20


def missed_look(title_of: Callable[[Texts, Post[News]], str]) -> Look[MissedNews]:
    """The list of missed posts; `title_of` is how each of them is headed."""

    def title(texts: Texts, post: Post[MissedNews]) -> str:
        return texts("post.missed_title", home=post.office.place)

    def lines(texts: Texts, post: Post[MissedNews]) -> Iterator[str]:
        posts = post.news.posts
        yield texts("post.missed", n=len(posts))
        for each in posts[:LISTED]:
            yield texts(
                "post.missed_line",
                day=post.office.today(each.reminder.at),
                title=Written(title_of(texts, each)),
                record=Written(", ".join(each.news.records[:1])),
            )
        if len(posts) > LISTED:
            yield texts("post.missed_more", n=len(posts) - LISTED)

    return Look(title, lines, no_buttons)


def _trouble_title(texts: Texts, post: Post[TroubleNews]) -> str:
    return texts("post.trouble_title", home=post.office.place)


def _trouble_lines(texts: Texts, post: Post[TroubleNews]) -> Iterator[str]:
    """What waits, why, and how to mend it."""
    blocked = post.news.blocked
    channel = Written(f"<#{post.news.channel_id}>")
    purposes = list(post.news.purposes)
    yield texts(f"post.trouble_{blocked.reason}", channel=channel, purposes=purposes)
    yield texts("post.trouble_waiting", n=blocked.number)


TROUBLE = Look(_trouble_title, _trouble_lines, no_buttons, colour=WRONG_COLOUR)
