"""Contacts in chat: one form, who came before and after, going round to confirm, and all of it after a restart."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.contacts import ContactRole
from bot.i18n.texts import Texts
from bot.services.contact_fields import ContactFields
from bot.ui.contact_form import contact_form, fields_typed, typed_of
from db.contacts import NewContact, stored_contacts
from tests.chat.conftest import Seen, Stage
from tests.chat.forms import held, submit
from tests.conftest import NOW

pytestmark = pytest.mark.usefixtures("no_pings")

MAYOR = {
    "name": "Bruce Harrell / 哈瑞爾",
    "post": "Mayor / 市長",
    "organisation": "City of Seattle",
    "term": "2022-01-01 – 2026-12-31",
    "more": "mayor@seattle.example\n+1 206 555 0100\nSpeaks for the port",
}


async def add(stage: Stage, /, *, replaces: str = "", **more: str) -> Seen:
    options = {"partner": "seattle-us"} | ({"replaces": replaces} if replaces else {})
    form = await stage.slash("contact add", **options)
    return await submit(form, stage.staff, **{**MAYOR, **more})


async def stored(stage: Stage) -> list[NewContact]:
    async with stage.desk.database.read() as session:
        return await stored_contacts(session, None)


async def test_one_form_keeps_somebody(stage: Stage) -> None:
    """Both scripts, how to reach them, privately; edited with the same form; taken back with one press."""
    seen = await add(stage)
    assert seen.private
    for part in (
        "C1",
        "Bruce Harrell 哈瑞爾",
        "Mayor 市長",
        "Seattle",
        "mayor@seattle.example",
        "31 December 2026",
    ):
        assert part in seen.text, part
    (kept,) = await stored(stage)
    assert (kept.name_zh, kept.phone, kept.note) == ("哈瑞爾", "+1 206 555 0100", "Speaks for the port")
    await stage.restart()
    form = await stage.click(seen, "Edit")
    assert held(form)["more"] == (
        "E-mail: mayor@seattle.example\nPhone: +1 206 555 0100\nNote: Speaks for the port"
    )
    edited = await submit(form, stage.staff, post="Governor / 州長")
    assert edited.private
    assert "Governor" in edited.text
    await stage.click(edited, "Undo")
    (back,) = await stored(stage)
    assert replace(back) == kept


async def test_a_refused_form_comes_back_filled(stage: Stage) -> None:
    """An alumnus without consent: the form opens again with what was typed, also after a restart."""
    form = await stage.slash("contact add", partner="prague-cz", role="alumnus")
    assert held(form)["more"].splitlines()[0] == "Programme: "
    refused = await submit(form, stage.staff, name="Ana Novak", more="Programme: Mosaic\nYear: 2019")
    assert "consent" in refused.text
    assert await stored(stage) == []
    await stage.restart()
    again = await stage.click(refused, "Open the form again")
    assert held(again)["name"] == "Ana Novak"
    done = await submit(again, stage.staff, more="Programme: Mosaic\nYear: 2019\nConsent given on: 2024-05")
    assert "Mosaic 2019 · consent given May 2024" in done.text
    listed = await stage.slash("contact alumni")
    assert "Ana Novak" in listed.text


async def test_who_came_before_and_after(stage: Stage) -> None:
    """The newcomer's form has the post already; the card of either tells of the other."""
    await add(stage)
    suggested = await stage.suggestions("contact add", "replaces", "哈瑞", partner="seattle-us")
    assert suggested[0]["value"] == "C1"
    form = await stage.slash("contact add", partner="seattle-us", replaces="C1")
    assert held(form)["post"] == "Mayor / 市長"
    seen = await submit(form, stage.staff, name="Katie Wilson")
    assert "Replaces C1" in seen.text
    assert "C2" in (await stage.slash("contact show", who="C1")).text
    card = await stage.slash("contact show", who="Katie Wilson")
    assert card.private
    assert "Before" in card.text
    assert "Bruce Harrell" in card.text


async def test_lists_are_private(stage: Stage) -> None:
    """Narrowed by what was asked for; in Chinese as well."""
    await add(stage)
    listed = await stage.slash("contact list", partner="Seattle", post="市長", now="ending")
    assert listed.private
    assert "C1" in listed.text
    stage.speaks("zh-TW")
    chinese = await stage.slash("contact list", now="former")
    assert chinese.private
    assert "沒有符合的聯絡人紀錄" in chinese.text
    assert "哈瑞爾 Bruce Harrell" in (await stage.slash("contact show", who="哈瑞爾")).text


async def test_going_round(stage: Stage) -> None:
    """Each press goes to the next, also after a restart: still right, edit, left."""
    for n, name in enumerate(("First", "Second", "Third")):
        await add(stage, name=name, term="", more=str(n))
    assert "No contact waits to be confirmed" in (await stage.slash("contact confirm")).text
    boss = stage.administrator
    stage.desk = replace(stage.desk, clock=lambda: NOW + timedelta(days=250))
    await stage.restart()
    seen = await stage.slash("contact confirm", boss)
    assert seen.private
    assert "First" in seen.text
    assert "3 contacts to confirm" in seen.text
    seen = await stage.click(seen, "Still right", boss)
    assert "Second" in seen.text
    await submit(await stage.click(seen, "Edit", boss), boss, post="Chair")
    seen = await stage.slash("contact confirm", boss)
    assert "Third" in seen.text
    await stage.restart()
    form = await stage.click(seen, "Left", boss)
    assert held(form)["until"] == "today"
    await submit(form, boss, until="yesterday", successor="Second")
    assert "No contact waits to be confirmed" in (await stage.slash("contact confirm", boss)).text
    people = await stored(stage)
    assert [person.replaced_by for person in people] == [None, None, 2]
    assert people[2].has_left
    refused = await stage.slash("contact remove", who="Second")
    assert "takes the role “editor”" in refused.text
    asked = await stage.slash("contact remove", boss, who="Second")
    assert "Third is no longer said to be followed" in asked.text
    gone = await stage.click(asked, "Remove C2", boss)
    assert "nobody is said to have come after" in gone.text
    assert len(await stored(stage)) == 2
    await stage.click(gone, "Put it back", boss)
    assert len(await stored(stage)) == 3


FIELDS = (
    ContactFields(name="Jane Doe"),
    ContactFields(
        "Jane Doe", "杜珍", "Mayor", "市長", "City", "2022", "2026-01-01", "a@b.tw", "+1 206 555 0100"
    ),
    ContactFields(name_zh="杜珍", note="0912 345 678\nNote: again\nE-mail: x@y.tw", until="2026"),
    ContactFields(
        name="A", programme="Mosaic", programme_year="2019", consent="2024-05", phone="x", email="y"
    ),
)


@pytest.mark.parametrize("language", ["en", "zh-TW"])
@pytest.mark.parametrize("fields", FIELDS)
def test_what_a_form_shows_is_read_as_it_was(language: str, fields: ContactFields) -> None:
    """Whatever the note looks like, and whichever language the form was opened in."""
    texts = Texts(language)
    typed = typed_of(texts, fields)
    read = fields_typed(typed)
    joined = {"name": " / ".join(filter(None, (fields.name, fields.name_zh))), "name_zh": ""}
    joined |= {"post": " / ".join(filter(None, (fields.post, fields.post_zh))), "post_zh": ""}
    assert read == replace(fields, **joined)
    form = contact_form(texts, "t", "contact:form:1", ContactRole.COUNTERPART, typed)
    assert len(form.children) == 5
