"""The revive kit and its letter: what is on record and nothing else, and only for whom it is."""

from pathlib import Path

import pytest

from bot.domain.access import Role, Scope
from bot.domain.contacts import ContactRole
from bot.domain.dates import PartialDate
from bot.domain.errors import AttacheError
from bot.domain.exchanges import ExchangeKind, ExchangeStatus
from bot.domain.profiles import Side
from bot.domain.reviving import Fit, Shared
from bot.i18n.texts import Texts
from bot.services.desk import Caller, Desk
from bot.services.end_proposals import propose_end
from bot.services.profiles import edit_profile
from bot.services.reviving import ReviveKit, revive_kit
from bot.ui.callers import chat_texts
from bot.ui.revive_letter import letter, letter_file
from bot.ui.reviving import kit_card
from db.contacts import NewContact, insert_contacts
from db.exchanges import NewExchange, insert_exchanges
from db.places import ids_by_key
from tests.records import audit_entries, office_of, person
from tests.shell import Shell
from tests.test_cards import assert_fits


async def editor(desk: Desk, key: str = "kaohsiung-tw", role: Role = Role.EDITOR) -> Caller:
    return person(await office_of(desk, key), role)


async def full_kit(desk: Desk) -> tuple[Caller, ReviveKit]:
    """Seattle's kit with a contact, a shared topic and a planned visit of Taipei's, written down for this."""
    caller, taipei = await editor(desk), await editor(desk, "taipei-tw")
    assert caller.office is not None
    assert taipei.office is not None
    await edit_profile(desk, caller, None, {Side.OFFERS: "housing"}, "the office")
    await edit_profile(desk, caller, "Seattle", {Side.SEEKS: "housing"}, "seattle.gov")
    async with desk.database.write() as session:
        ids = await ids_by_key(session, ["seattle-us", "taipei-tw"])
        jane = NewContact(
            place_id=ids["seattle-us"], name="Jane Doe", post="Director", post_zh="處長",
            role=ContactRole.COUNTERPART, email="jane@example.org", office_id=caller.office.id,
        )  # fmt: skip
        left = NewContact(
            place_id=ids["seattle-us"], name="Old Hand", has_left=True, office_id=caller.office.id
        )
        await insert_contacts(session, [left, jane])
        visit = NewExchange(
            kind=ExchangeKind.VISIT_OUT, status=ExchangeStatus.PLANNED, date=PartialDate(2027, 3),
            title="Mayors' week", places=(ids["taipei-tw"], ids["seattle-us"]), office_id=taipei.office.id,
        )  # fmt: skip
        await insert_exchanges(session, [visit])
    return caller, await revive_kit(desk, caller, "Seattle")


async def test_the_kit_has_what_is_on_record(seeded_desk: Desk) -> None:
    """Whom, what there was, and three hooks, each with its record; who has left is no addressee."""
    _, kit = await full_kit(seeded_desk)
    assert [each.name for each in kit.contacts] == ["Jane Doe"]
    assert kit.last is not None
    assert kit.last.record == "X19"
    assert kit.hooks.anniversary is not None
    assert kit.hooks.anniversary.coming.occurrence.iso() == "2026"
    assert kit.hooks.topic is not None
    assert (kit.hooks.topic.how, kit.hooks.topic.sources) == (Shared.THEY_SEEK, ("seattle.gov", "the office"))
    assert kit.hooks.event is not None
    assert kit.hooks.event.fit is Fit.WITH_THEM
    embed = kit_card(chat_texts("en"), kit)
    assert_fits(embed)
    told = "\n".join([str(embed.description), *(str(field.value) for field in embed.fields)])
    for part in ("stale", "(X19", "`C2` Jane Doe", "(P195)", "They seek housing", "Mayors' week", "(X148)"):
        assert part in told.replace("\\", "")
    assert Scope.OFFICE in kit.scopes


async def test_the_letter_says_nothing_that_is_not_on_record(seeded_desk: Desk) -> None:
    """Names, year, exchange and topic as recorded; placeholders for the rest; another office's plan stays out."""
    _, kit = await full_kit(seeded_desk)
    english, chinese = letter(Texts("en"), kit), letter(Texts("zh-TW"), kit)
    assert "Jane Doe\nDirector\nSeattle, Washington, United States" in english
    assert "Dear Jane Doe," in english
    assert "A sister-city agreement has linked Kaohsiung and Seattle since 1991." in english
    assert "sister cities reception” (culture, 28 April 2011)." in english
    assert "In 2026 it will be 35 years" in english
    assert "in the following field: housing" in english
    assert "Jane Doe 處長　勛鑒：" in chinese
    assert "高雄市與西雅圖自1991年締結姊妹關係" in chinese
    assert "2026年適逢雙方締約35週年" in chinese
    for text in (english, chinese):
        assert "Mayors' week" not in text
        assert "jane@example.org" not in text
        for record in ("P195", "X19", "X148", "C2"):
            assert record not in text
    content = letter_file(Texts("en"), kit).decode()
    assert english in content
    assert chinese in content
    below = content.split("To check before it is sent")[1]
    assert all(record in below for record in ("P195", "X19", "X148", "C2", "seattle.gov"))


async def test_a_letter_with_nothing_on_record(seeded_desk: Desk) -> None:
    """A tie without date, exchange and contact: placeholders, and no sentence about what nobody knows."""
    caller = await editor(seeded_desk, "taoyuan-tw")
    from bot.services.quiet import quiet_ties

    empty = next(
        tie for tie in (await quiet_ties(seeded_desk, caller)).no_record if tie.lead_act.signed is None
    )
    kit = await revive_kit(seeded_desk, caller, empty.lead_act.record)
    assert (kit.hooks.anniversary, kit.hooks.topic, kit.last, list(kit.contacts)) == (None, None, None, [])
    english, chinese = letter(Texts("en"), kit), letter(Texts("zh-TW"), kit)
    assert "Dear [title and name]," in english
    assert "records of past exchanges are incomplete" in english
    assert "since" not in english.split("Dear")[1].split("We value")[0]
    assert "〔收信人姓名職稱〕　勛鑒：" in chinese
    assert "敬請惠予轉交" in chinese
    assert "週年" not in chinese


async def test_whose_kit_it_is(seeded_desk: Desk) -> None:
    """Another office does not see the contacts, and writes no letters in our name; an unknown partner is told."""
    await full_kit(seeded_desk)
    taipei = await editor(seeded_desk, "taipei-tw")
    for text, key in (("P195", "revive.not_ours"), ("Atlantis", "place.unknown")):
        with pytest.raises(AttacheError) as refused:
            await revive_kit(seeded_desk, taipei, text)
        assert refused.value.key.startswith(key)


async def test_a_proposal_is_noted_and_changes_nothing(seeded_desk: Desk) -> None:
    """One entry in the trail of the office; the act stays as it is. Without a reason there is none."""
    caller = await editor(seeded_desk, role=Role.LOGGER)
    proposal = await propose_end(seeded_desk, caller, 195, " no answer\nsince 2011 ")
    assert proposal.reason == "no answer since 2011"
    (entry,) = [each for each in await audit_entries(seeded_desk) if each.action == "office.reminders"]
    assert entry.after == {"end_proposed": "P195: no answer since 2011"}
    assert (await revive_kit(seeded_desk, caller, "P195")).tie.lead_act.in_force
    for number, reason, key in ((195, " ", "proposal.no_reason"), (26, "x", "record.unknown")):
        with pytest.raises(AttacheError) as refused:
            await propose_end(seeded_desk, caller, number, reason)
        assert refused.value.key == key


def test_at_the_command_line(shell: Shell, tmp_path: Path) -> None:
    """The kit as lines, and the letter in a file; who has no tie is told with status 1."""
    for work in ("upgrade", "seed"):
        assert shell("db", work).returncode == 0
    file = tmp_path / "letter.txt"
    done = shell("partner", "revive", "西雅圖", "--office", "Kaohsiung", "--file", str(file))
    assert "Taking it up again: Kaohsiung – Seattle" in done.stdout
    assert "Nobody in office is on record" in done.stdout
    assert "高雄市與西雅圖自1991年締結姊妹關係" in file.read_text(encoding="utf-8")
    assert shell("partner", "revive", "Prague", "--office", "Kaohsiung").returncode == 1
    unwritable = shell("partner", "revive", "Seattle", "--office", "Kaohsiung", "--file", str(tmp_path))
    assert (unwritable.returncode, "Traceback" in unwritable.stderr) == (1, False)
