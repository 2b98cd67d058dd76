"""`attache contact`: the people of an office, at the command line."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

import typer

from bot.console.frame import (
    ActingFor,
    JsonOption,
    SeeingAs,
    SpeakingFor,
    YesOption,
    acting_on,
    ask,
    at_desk,
    command_group,
    out,
    say,
    speaking_for,
)
from bot.domain.access import Scope
from bot.domain.audit import find_record
from bot.domain.contacts import Contact, ContactRole, ContactState
from bot.domain.dates import PartialDate
from bot.i18n.texts import Written
from bot.services import contact_lists, contacts
from bot.services.contact_fields import ContactFields
from bot.services.contact_lists import ContactCard, ContactFilter, ContactList
from bot.services.contact_removal import (
    Removable,
    RemovedContact,
    check_removable_contact,
    remove_contact,
)
from bot.services.contacts import ContactForm, SavedContact
from bot.services.desk import Desk
from bot.services.places import place_meant
from bot.ui.contact_cards import contact_line, contact_lines, contact_title, footer_of
from bot.ui.contact_removal import removed_lines

contact_commands = command_group(say("cli.contact.about"))


@contact_commands.command("list", help=say("cli.contact.list"))
def list_(
    office: SeeingAs = None,
    partner: Annotated[str | None, typer.Option("--partner", help=say("cli.option.contact_partner"))] = None,
    post: Annotated[str, typer.Option("--post", help=say("cli.option.contact_post"))] = "",
    role: Annotated[ContactRole | None, typer.Option("--role", help=say("cli.option.contact_role"))] = None,
    state: Annotated[
        ContactState | None, typer.Option("--state", help=say("cli.option.contact_state"))
    ] = None,
    as_json: JsonOption = False,
) -> None:
    found = at_desk(lambda desk: _list(desk, office, partner, ContactFilter(None, post, role, state)))
    for person in found.contacts:
        if as_json:
            typer.echo(json.dumps(_document(person, found.today), ensure_ascii=False))
        else:
            out.print(_plain(contact_line(say, person, found.today)), markup=False, soft_wrap=True)
    if not found.contacts and not as_json:
        out.print(say("contacts.none"), markup=False)


async def _list(desk: Desk, city: str | None, partner: str | None, wanted: ContactFilter) -> ContactList:
    caller = await speaking_for(desk, city)
    place = await place_meant(desk, caller, partner) if partner else None
    return await contact_lists.list_contacts(
        desk, caller, replace(wanted, place_id=place.id if place else None)
    )


@contact_commands.command("show", help=say("cli.contact.show"))
def show(
    person: Annotated[str, typer.Argument(metavar="PERSON", help=say("cli.option.contact"))],
    office: SeeingAs = None,
    as_json: JsonOption = False,
) -> None:
    shown = at_desk(lambda desk: _show(desk, office, person))
    if as_json:
        line = {"before": _records(shown.before), "after": _records(shown.after)}
        typer.echo(json.dumps(_document(shown.contact, shown.today) | line, ensure_ascii=False))
        return
    _print(shown.contact, shown.today)
    for heading, people in ((say("contacts.before"), shown.before), (say("contacts.after"), shown.after)):
        for each in people:
            typer.echo(f"{heading}: {_plain(contact_line(say, each, shown.today))}")


async def _show(desk: Desk, city: str | None, person: str) -> ContactCard:
    return await contact_lists.show_contact(desk, await speaking_for(desk, city), person)


@contact_commands.command("add", help=say("cli.contact.add"))
def add(
    office: SpeakingFor,
    partner: Annotated[str, typer.Option("--partner", help=say("cli.option.contact_partner"))],
    name: Annotated[str, typer.Option("--name", help=say("cli.option.contact_name"))],
    post: Annotated[str, typer.Option("--post", help=say("cli.option.contact_full_post"))] = "",
    organisation: Annotated[str, typer.Option("--organisation", help=say("cli.option.organisation"))] = "",
    since: Annotated[str, typer.Option("--since", help=say("cli.option.contact_since"))] = "",
    until: Annotated[str, typer.Option("--until", help=say("cli.option.contact_until"))] = "",
    email: Annotated[str, typer.Option("--email", help=say("cli.option.email"))] = "",
    phone: Annotated[str, typer.Option("--phone", help=say("cli.option.phone"))] = "",
    note: Annotated[str, typer.Option("--note", help=say("cli.option.contact_note"))] = "",
    programme: Annotated[str, typer.Option("--programme", help=say("cli.option.programme"))] = "",
    programme_year: Annotated[str, typer.Option("--year", help=say("cli.option.programme_year"))] = "",
    consent: Annotated[str, typer.Option("--consent", help=say("cli.option.consent"))] = "",
    role: Annotated[
        ContactRole, typer.Option("--role", help=say("cli.option.contact_role"))
    ] = ContactRole.COUNTERPART,
    replaces: Annotated[str, typer.Option("--replaces", help=say("cli.option.replaces"))] = "",
    scope: Annotated[Scope, typer.Option("--scope", help=say("cli.option.contact_scope"))] = Scope.OFFICE,
    source: Annotated[
        list[str] | None, typer.Option("--source", help=say("cli.option.contact_source"))
    ] = None,
    as_json: JsonOption = False,
) -> None:
    fields = ContactFields(
        name=name, post=post, organisation=organisation, since=since, until=until, email=email, phone=phone,
        note=note, programme=programme, programme_year=programme_year, consent=consent,
    )  # fmt: skip
    form = ContactForm(partner, fields, role, scope, replaces, tuple(source or ()))
    saved, today = at_desk(lambda desk: _add(desk, office, form))
    if as_json:
        typer.echo(json.dumps(_document(saved.contact, today), ensure_ascii=False))
    else:
        _print(saved.contact, today)


@contact_commands.command("remove", help=say("cli.contact.remove"))
def remove(
    person: Annotated[str, typer.Argument(metavar="PERSON", help=say("cli.option.contact"))],
    office: ActingFor = None,
    yes: YesOption = False,
) -> None:
    found = at_desk(lambda desk: _removable(desk, office, person))
    if not yes:
        out.print(contact_title(say, found.contact), markup=False, soft_wrap=True)
        ask(say("remove.title", record=Written(found.contact.record)))
    removed = at_desk(lambda desk: _remove(desk, office, found))
    out.print(say("remove.done", record=Written(removed.contact.record)), markup=False)
    for line in removed_lines(say, removed):
        out.print(line, markup=False, soft_wrap=True)


async def _removable(desk: Desk, city: str | None, person: str) -> Removable:
    named = acting_on(desk, person, city) if find_record(person) else speaking_for(desk, city)
    return await check_removable_contact(desk, await named, person)


async def _remove(desk: Desk, city: str | None, found: Removable) -> RemovedContact:
    caller = await acting_on(desk, found.contact.record, city)
    return await remove_contact(desk, caller, found.contact.id, found.version)


async def _add(desk: Desk, city: str, form: ContactForm) -> tuple[SavedContact, date]:
    caller = await speaking_for(desk, city)
    return await contacts.add_contact(desk, caller, form), caller.today(desk)


def _print(person: Contact, today: date) -> None:
    typer.echo(contact_title(say, person))
    for line in contact_lines(say, person, today):
        typer.echo(f"  {_plain(line)}")
    typer.echo(f"  {footer_of(say, person)}")


def _plain(line: str) -> str:
    return line.replace("**", "")


def _records(people: Sequence[Contact]) -> list[str]:
    return [each.record for each in people]


def _document(person: Contact, today: date) -> dict[str, Any]:
    states = [state.value for state in ContactState if person.is_in(state, today)]
    return {
        "record": person.record,
        "role": person.role.value,
        "name": person.name,
        "name_zh": person.name_zh,
        "post": person.post,
        "post_zh": person.post_zh,
        "place": {"name": person.place.name_en, "country": person.place.country},
        "organisation": person.organisation,
        "since": _iso(person.since),
        "until": _iso(person.until),
        "states": states,
        "replaced_by": f"C{person.replaced_by}" if person.replaced_by else None,
        "email": person.email,
        "phone": person.phone,
        "note": person.note,
        "programme": person.programme,
        "programme_year": _iso(person.programme_year),
        "consent": _iso(person.consent),
        "confirmed_on": _iso(person.confirmed_on),
        "sources": list(person.sources),
        "scope": person.scope.value,
    }


def _iso(on: PartialDate | None) -> str | None:
    return on.iso() if on else None
