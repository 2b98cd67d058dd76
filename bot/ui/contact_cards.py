"""How contacts look: a card, a list, and who came before and after."""

from collections.abc import Iterator, Sequence
from datetime import date

import discord

from bot.domain.contacts import Contact, ContactRole, ContactState
from bot.i18n.texts import Texts, Written
from bot.services.contact_lists import ContactCard, ContactFilter, list_alumni, list_contacts
from bot.services.desk import Caller, Desk
from bot.services.places import place_with_id
from bot.ui.cards import Card, fit
from bot.ui.pages import Page, page_of, paged

NOTE = 400
"""Characters of a note that a card shows."""

LINE_SHOWN = 6
"""Of those who came before or after, as many as a card shows."""


def name_of(texts: Texts, person: Contact) -> Written:
    """The name in both scripts, the one of the language first."""
    return _both(texts, person.name, person.name_zh)


def post_of(texts: Texts, person: Contact) -> Written:
    """The post in both scripts, the one of the language first; empty where none is known."""
    return _both(texts, person.post, person.post_zh)


def _both(texts: Texts, latin: str | None, chinese: str | None) -> Written:
    order = (chinese, latin) if texts.language.startswith("zh") else (latin, chinese)
    return Written(" ".join(texts.write(each) for each in order if each))


# The card ----------------------------------------------------------------------------------------------------


def contact_title(texts: Texts, person: Contact) -> str:
    return texts("contacts.title", record=Written(person.record), name=name_of(texts, person))


def contact_card(texts: Texts, shown: ContactCard) -> discord.Embed:
    """Who somebody is, how to reach them, and who came before and after."""
    person, today = shown.contact, shown.today
    card = Card(contact_title(texts, person), footer=footer_of(texts, person))
    card.text(contact_lines(texts, person, today))
    card.field(texts("contacts.before"), _line(texts, shown.before))
    card.field(texts("contacts.after"), _line(texts, shown.after))
    card.field(texts("contacts.sources"), [texts.write(source) for source in person.sources])
    return card.embed


def footer_of(texts: Texts, person: Contact) -> str:
    """When somebody last said that this is right, and who may see it."""
    if person.confirmed_on is None:
        return texts("contacts.footer_never", scope=person.scope)
    return texts("contacts.footer", day=person.confirmed_on, scope=person.scope)


def contact_lines(texts: Texts, person: Contact, today: date) -> Iterator[str]:
    """All that is known of somebody, one thought a line."""
    if post := post_of(texts, person):
        yield f"**{post}**"
    if person.organisation:
        yield texts.write(person.organisation)
    yield texts("contacts.place_role", place=person.place, role=person.role)
    yield term_words(texts, person, today)
    if person.email:
        yield texts("contacts.email", email=person.email)
    if person.phone:
        yield texts("contacts.phone", phone=person.phone)
    if person.role is ContactRole.ALUMNUS:
        yield _programme(texts, person)
    if person.note:
        yield texts.write(fit(person.note, NOTE))


def _programme(texts: Texts, person: Contact) -> str:
    known = [Written(texts.write(each)) for each in (person.programme, person.programme_year) if each]
    programme = Written(" ".join(known)) if known else Written(texts("contacts.programme_unknown"))
    if person.consent is None:  # refused since, and possible only where it was brought in otherwise
        return texts("contacts.programme_without_consent", programme=programme)
    return texts("contacts.programme", programme=programme, consent=person.consent)


def term_words(texts: Texts, person: Contact, today: date) -> str:
    """Since when and until when, whether they still are, and whether anybody has said so."""
    if person.is_former(today):
        if person.until is None:
            return texts("contacts.former")
        key = "contacts.over" if person.is_ending(today) else "contacts.former_until"
        return texts(key, until=person.until)
    if person.since and person.until:
        return texts("contacts.in_office_term", since=person.since, until=person.until)
    if person.until:
        return texts("contacts.in_office_until", until=person.until)
    return (
        texts("contacts.in_office_since", since=person.since) if person.since else texts("contacts.in_office")
    )


def _line(texts: Texts, people: Sequence[Contact]) -> list[str]:
    return [
        texts(
            "contacts.line_of_post",
            record=Written(each.record),
            name=name_of(texts, each),
            since=each.since or Written("?"),
            until=each.until or Written("?"),
        )
        for each in people[:LINE_SHOWN]
    ]


# Lists -------------------------------------------------------------------------------------------------------


def list_arguments(wanted: ContactFilter) -> str:
    """What was asked for, as the buttons under a list carry it."""
    place, role, state = wanted.place_id or "", wanted.role or "", wanted.state or ""
    return f"{place}:{role}:{state}:{wanted.post}"


@paged("contacts")
async def contacts_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    """People in their posts; contacts are for the eyes of who asks, whatever their scope."""
    place, role, state, post = arguments.split(":", 3)
    wanted = ContactFilter(
        int(place) if place else None,
        post,
        ContactRole(role) if role else None,
        ContactState(state) if state else None,
    )
    found = await list_contacts(desk, caller, wanted)
    title = texts("contacts.list_title", n=len(found.contacts))
    if wanted.place_id is not None:
        where = await place_with_id(desk, wanted.place_id)
        title = texts("contacts.list_title_of", place=where, n=len(found.contacts))
    lines = [contact_line(texts, each, found.today) for each in found.contacts]
    return _page(texts, title, lines or [texts("contacts.none")], index)


@paged("alumni")
async def alumni_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    found = await list_alumni(desk, caller, in_office=arguments == "in_office")
    n = len(found.contacts)
    in_office = arguments == "in_office"
    title = texts("contacts.alumni_in_office", n=n) if in_office else texts("contacts.alumni", n=n)
    lines = [contact_line(texts, each, found.today) for each in found.contacts]
    return _page(texts, title, lines or [texts("contacts.none")], index)


def _page(texts: Texts, title: str, lines: Sequence[str], index: int) -> Page:
    shown, index, pages = page_of(lines, index)
    footer = texts("contacts.list_footer", page=index + 1, pages=pages)
    return Page(Card(title, footer=footer).text(shown).embed, index, pages, private=True)


def contact_line(texts: Texts, person: Contact, today: date) -> str:
    """One contact in a list: who, what they are where, and what has to be looked after."""
    post = post_of(texts, person) or Written(texts.word(person.role))
    line = texts(
        "contacts.line",
        record=Written(person.record),
        name=name_of(texts, person),
        post=post,
        place=person.place,
    )
    mark = _mark(texts, person, today)
    return f"{line} · {mark}" if mark else line


def _mark(texts: Texts, person: Contact, today: date) -> str:
    if person.is_former(today) or person.is_ending(today):
        return term_words(texts, person, today)
    return texts("contacts.to_confirm") if person.is_to_confirm(today) else ""


def suggestion(texts: Texts, person: Contact) -> str:
    """A contact as it is offered while somebody types."""
    post = person.post_zh if texts.language.startswith("zh") and person.post_zh else person.post
    parts = (
        person.record,
        name_of(texts, person),
        texts.write(post) if post else "",
        texts.place(person.place),
    )
    return " · ".join(part for part in parts if part)
