"""How the post of an anniversary looks."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from bot.domain.contacts import Contact
from bot.domain.dates import PartialDate
from bot.domain.partnerships import PARTNER_KINDS, Partnership
from bot.i18n.texts import Texts, Written
from bot.services.composing.anniversaries import AnniversaryNews
from bot.services.posts import Post
from bot.ui.act_posts import as_of_footer, recent_field, rests_on
from bot.ui.audience import restricted
from bot.ui.buttons import PersistentButton
from bot.ui.cards import COLOUR
from bot.ui.celebrations import CelebrateButton
from bot.ui.claims import dispute_lines
from bot.ui.contact_cards import name_of, post_of
from bot.ui.contact_showing import ShowContactButton
from bot.ui.exchanges import log_visit_buttons
from bot.ui.looks import Look
from bot.ui.partnerships import milestone_name
from bot.ui.tending import tending_buttons

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
    yield _sentence(texts, post)
    yield rests_on(texts, news.act)
    for line in dispute_lines(texts, news.said):  # the day is disputed, and this goes by the preferred one
        yield texts("post.disputed", line=Written(line))
    for place, name in news.holidays:
        yield texts("post.holiday", place=place, name=name)
    yield from _local_dates(texts, post)
    if news.contacts:
        yield texts("post.contacts", contacts=[Written(_contact(texts, each)) for each in news.contacts])
    if news.others:
        yield texts("post.same_day", acts=[Written(_other(texts, post, each)) for each in news.others])


def _sentence(texts: Texts, post: Post[AnniversaryNews]) -> str:
    news = post.news
    occasion = "anniversary" if news.act.kind in PARTNER_KINDS else "signing"
    if news.on.exact() is None:
        key = "in_month"
    else:
        key = "today" if post.days_left == 0 else "in_days" if post.days_left > 0 else "past"
    return texts(
        f"post.{occasion}_{key}",
        home=post.office.place,
        partners=Written(texts.listed(news.partners)),
        kind=news.act.kind,
        when=Written(texts.date(news.on, weekday=news.on.exact() is not None)),
        n=post.days_left,
        years=Written(texts("count.years", n=news.years)),
    )


def _local_dates(texts: Texts, post: Post[AnniversaryNews]) -> Iterator[str]:
    """On the day itself, where it is not that day yet, or any more, at a partner."""
    if post.days_left != 0 or post.news.on.exact() is None:
        return
    for place in post.news.partners:
        if place.zone is None:
            continue
        there = post.now.astimezone(ZoneInfo(place.zone)).date()
        if there != post.reminder.occurrence:
            date = Written(texts.date(PartialDate.of(there), weekday=True))
            yield texts("post.local_date", place=place, date=date)


def _contact(texts: Texts, person: Contact) -> str:
    """Who it is; where only the office or its group may know, the number alone: a channel can have other readers."""
    if restricted([person.scope]):
        return texts("post.contact_number", record=Written(person.record), place=person.place)
    post = post_of(texts, person)
    key = "post.contact_with_post" if post else "post.contact"
    return texts(key, record=Written(person.record), name=name_of(texts, person), post=post)


def _other(texts: Texts, post: Post[AnniversaryNews], act: Partnership) -> str:
    assert act.signed is not None, "found by its day"
    years = texts("count.years", n=post.reminder.occurrence.year - act.signed.year)
    parties = Written(" – ".join(texts.place(place) for place in act.parties))
    return texts("post.other_act", parties=parties, years=Written(years), record=Written(act.record))


def _buttons(texts: Texts, post: Post[AnniversaryNews]) -> Sequence[PersistentButton]:
    news = post.news
    celebrate = CelebrateButton(news.act.id, post.reminder.occurrence, label=texts("celebration.button"))
    contacts = [
        ShowContactButton(each.id, label=texts("post.show_contact", record=Written(each.record)))
        for each in news.contacts
    ]
    logs = log_visit_buttons(texts, *news.partners[:PARTNERS])
    return [celebrate, *tending_buttons(texts, post), *contacts, *logs]


ANNIVERSARY = Look(_title, _lines, _buttons, fields=recent_field, footer=as_of_footer, colour=COLOUR)
