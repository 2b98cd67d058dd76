"""How the weekly list of quiet ties looks: short, worst first, with a reason for each; the rest is in `/quiet`."""

from collections.abc import Iterator, Sequence

from bot.domain.dormancy import Contact
from bot.i18n.texts import Texts, Written
from bot.services.composing.silences import QuietListNews
from bot.services.posts import Post
from bot.ui.buttons import PersistentButton
from bot.ui.looks import Field, Look
from bot.ui.pages import ListButton
from bot.ui.quiet import paused_line, quiet_line
from bot.ui.reviving import revive_buttons

MOST_QUIET, MOST_PAUSED, MOST_NAMES, MOST_BUTTONS = 10, 4, 6, 4
"""How many are told: quiet ties, paused ones, names of those with nothing on record; and buttons of the worst."""


def _title(texts: Texts, post: Post[QuietListNews]) -> str:
    return texts("quiet.title", home=post.office.place)


def _lines(texts: Texts, post: Post[QuietListNews]) -> Iterator[str]:
    listed = post.news.listed
    yield texts("quiet.rule")
    yield from (quiet_line(texts, item) for item in listed.quiet[:MOST_QUIET])
    if (more := len(listed.quiet) - MOST_QUIET) > 0:
        yield texts("quiet.more", n=more)


def _fields(texts: Texts, post: Post[QuietListNews]) -> Iterator[Field]:
    listed = post.news.listed
    paused = [paused_line(texts, item) for item in listed.paused[:MOST_PAUSED]]
    if (more := len(listed.paused) - MOST_PAUSED) > 0:
        paused.append(texts("quiet.more", n=more))
    yield texts("quiet.paused_field"), paused
    if listed.no_record:
        named = [texts.place(tie.partner) for tie in listed.no_record[:MOST_NAMES]]
        if (more := len(listed.no_record) - MOST_NAMES) > 0:
            named.append(texts("quiet.more_names", n=more))
        line = texts.listed([Written(name) for name in named])
        yield texts("quiet.no_record_field", n=len(listed.no_record)), [line]


def _footer(texts: Texts, post: Post[QuietListNews]) -> str:
    return texts("quiet.weekly_footer", today=post.news.listed.today)


def _buttons(texts: Texts, post: Post[QuietListNews]) -> Sequence[PersistentButton]:
    worst = [item.tie for item in post.news.listed.quiet if item.quiet.state is not Contact.COOLING]
    revive = revive_buttons(texts, *(tie.partner for tie in worst[:MOST_BUTTONS]))
    return [*revive, ListButton("quiet", "", label=texts("quiet.button"))]


QUIET_LIST = Look(_title, _lines, _buttons, fields=_fields, footer=_footer)
