"""What sources say where they do not agree: both are kept, one is gone by, and nothing is decided in passing."""

import pytest

from bot.domain.access import ANYONE, Role
from bot.domain.audit import Record, RecordKind
from bot.domain.claims import Claim, Fact, disputed, identities, preferred, with_claim
from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput, FormRefused, NotAllowed, NotFound
from bot.domain.marks import handle_of
from bot.domain.offices import Office
from bot.domain.partnerships import Kind, Status
from bot.i18n.texts import Texts
from bot.services.audit import undo
from bot.services.claims import ClaimFields, add_claim, claims_of, disputes_of, open_claim, prefer_claim
from bot.services.desk import Caller, Desk
from bot.ui.claims import claim_line, dispute_lines
from db import versions
from db.partnerships import NewPartnership, partnerships_of
from tests.records import audit_entries, office_of, person

LETTER = ClaimFields("15 December 2022", "A letter of the city", "2023", "by post")


@pytest.fixture
async def editor(seeded_desk: Desk) -> Caller:
    return person(await office_of(seeded_desk, "kaohsiung-tw"), Role.EDITOR)


async def act_of(desk: Desk, number: int) -> NewPartnership:
    async with desk.database.read() as session:
        held = await versions.find(session, Record(RecordKind.PARTNERSHIP, number))
    assert held is not None
    assert isinstance(held.content, NewPartnership)
    return held.content


# Adding -----------------------------------------------------------------------------------------------------


async def test_the_first_claim_keeps_what_the_record_says_beside_it(
    seeded_desk: Desk, editor: Caller
) -> None:
    """Busan's day stays, with its four sources, and is the preferred one; the other day stands beside it."""
    before = await act_of(seeded_desk, 191)
    done = await add_claim(seeded_desk, editor, "P191", Fact.SIGNED, ClaimFields("1966/7/1", "A yearbook"))
    after = await act_of(seeded_desk, 191)
    assert (after.signed, after.kind, after.history) == (before.signed, before.kind, before.history)
    kept, new = after.claims
    assert (kept.value, kept.preferred, kept.as_of) == ("1966-06-30", True, PartialDate(2026, 11))
    assert all(source in kept.source for source in before.sources)
    assert (new.value, new.source, new.preferred) == ("1966-07-01", "A yearbook", False)
    assert dispute_lines(Texts("en"), done.told.claims) == [
        (
            "Date disputed: 30 June 1966 (busan.go.kr, grandculture.net, github.com/Hekman/twincities, and"
            " github.com/L3viathan/sister-cities) or 1 July 1966 (A yearbook)"
        )
    ]
    assert "1966年7月1日（A yearbook）" in dispute_lines(Texts("zh-TW"), done.told.claims)[0]


async def test_the_same_claim_twice_is_stored_once(seeded_desk: Desk, editor: Caller) -> None:
    """A second delivery of a form changes nothing, and leaves no entry."""
    first = await add_claim(seeded_desk, editor, "P191", Fact.SIGNED, LETTER)
    again = await add_claim(seeded_desk, editor, "P191", Fact.SIGNED, LETTER)
    assert (first.entry is None, again.entry) == (False, None)
    assert len((await act_of(seeded_desk, 191)).claims) == 2
    assert len(await audit_entries(seeded_desk, "P191")) == 1


async def test_what_agrees_is_no_dispute(seeded_desk: Desk, editor: Caller) -> None:
    """A second source for the same day is kept, and nothing is called disputed."""
    done = await add_claim(seeded_desk, editor, "P191", Fact.SIGNED, ClaimFields("1966-06-30", "A yearbook"))
    assert len(done.told.claims) == 2
    assert disputed(done.told.claims) == {}


def test_a_source_that_says_it_again_takes_its_own_place() -> None:
    """With a later reading; whether it is preferred is not for it to say."""
    old = Claim(Fact.KIND, "mou", "A yearbook", PartialDate(2019), preferred=True)
    new = Claim(Fact.KIND, "mou", "A yearbook", PartialDate(2024), note="confirmed")
    (only,) = with_claim([old], new, None)
    assert (only.as_of, only.note, only.preferred) == (PartialDate(2024), "confirmed", True)


async def test_a_record_without_a_date_has_nothing_to_keep(seeded_desk: Desk, editor: Caller) -> None:
    """The claim stands alone, and the record gets no date by it."""
    await add_claim(seeded_desk, editor, "P218", Fact.SIGNED, ClaimFields("2018-05", "A letter"))
    act = await act_of(seeded_desk, 218)
    assert act.signed is None
    assert [claim.preferred for claim in act.claims] == [False, False]


@pytest.mark.parametrize(
    ("fact", "typed", "keys"),
    [
        (Fact.SIGNED, ClaimFields("03/04/2022", "A letter"), ["date.ambiguous"]),
        (Fact.SIGNED, ClaimFields("2027-01-01", ""), ["claim.in_future", "claim.no_source"]),
        (
            Fact.SIGNED,
            ClaimFields("some day", "A letter", "whenever"),
            ["date.unreadable", "date.unreadable"],
        ),
        (Fact.KIND, ClaimFields("twin town", "A letter"), ["claim.unknown_word"]),
        (Fact.STATUS, ClaimFields("", "A letter"), ["claim.no_value"]),
        (Fact.ANNIVERSARY, ClaimFields("03/04/2022", "A letter"), ["date.ambiguous"]),
        (Fact.OTHER, ClaimFields("x" * 201, "A letter", note="y" * 501), ["text.too_long", "text.too_long"]),
    ],
)
async def test_what_cannot_be_read_is_asked_back(
    seeded_desk: Desk, editor: Caller, fact: Fact, typed: ClaimFields, keys: list[str]
) -> None:
    """Each field with its own problem, and nothing is stored."""
    with pytest.raises(FormRefused) as refused:
        await add_claim(seeded_desk, editor, "P191", fact, typed)
    assert [problem.key for problem in refused.value.problems] == keys
    assert (await act_of(seeded_desk, 191)).claims == ()


@pytest.mark.parametrize(
    ("fact", "typed", "kept"),
    [
        (Fact.SIGNED, "民國55年6月", "1966-06"),
        (Fact.SIGNED, "1966", "1966"),
        (Fact.KIND, "Sister city", "sister_city"),
        (Fact.STATUS, "ended", "ended"),
        (Fact.ANNIVERSARY, "29 June 2025", "2025-06-29"),
        (Fact.ANNIVERSARY, "in spring", "in spring"),
        (Fact.PARTIES, "Kaohsiung County / 高雄縣", "Kaohsiung County / 高雄縣"),
    ],
)
async def test_values_are_kept_as_records_keep_them(
    seeded_desk: Desk, editor: Caller, fact: Fact, typed: str, kept: str
) -> None:
    """Dates with their precision, words of the vocabulary, anything else as it was typed."""
    done = await add_claim(seeded_desk, editor, "P191", fact, ClaimFields(typed, "A letter"))
    assert done.claim.value == kept


# Preferring -------------------------------------------------------------------------------------------------


async def test_preferring_sets_the_date_and_can_be_undone(seeded_desk: Desk, editor: Caller) -> None:
    """The date and the beginning of its life follow; taken back, all is as it was."""
    taoyuan = person(await office_of(seeded_desk, "taoyuan-tw"), Role.EDITOR)
    before = await act_of(seeded_desk, 89)
    done = await prefer_claim(seeded_desk, taoyuan, "P89", handle_of(identities(before.claims), 1))
    after = await act_of(seeded_desk, 89)
    assert after.signed == PartialDate(2022, 12, 15) == after.history[0].since
    assert [claim.preferred for claim in after.claims] == [False, True]
    assert {change.field for change in done.changes} == {"signed", "history", "claims"}
    assert dispute_lines(Texts("en"), after.claims)[0].startswith(
        "Date disputed: 15 December 2022 (n.yam.com)"
    )
    await undo(seeded_desk, taoyuan, "P89")
    assert await act_of(seeded_desk, 89) == before


async def test_preferring_sets_the_kind(seeded_desk: Desk) -> None:
    """And with it how the act counts."""
    taipei = person(await office_of(seeded_desk, "taipei-tw"), Role.EDITOR)
    await prefer_claim(seeded_desk, taipei, "P15", "travel.taipei")
    assert (await act_of(seeded_desk, 15)).kind is Kind.SISTER_CITY


async def test_a_status_is_not_changed_in_passing(seeded_desk: Desk, editor: Caller) -> None:
    """Male stays ended, whatever is preferred: its life is told by its history."""
    await prefer_claim(seeded_desk, editor, "P200", "2")
    act = await act_of(seeded_desk, 200)
    assert (act.status, preferred(act.claims, Fact.STATUS)) == (Status.ENDED, act.claims[1])


async def test_what_is_no_date_cannot_become_one(seeded_desk: Desk, editor: Caller) -> None:
    """A day without a year stays what a source says, and nothing is stored."""
    with pytest.raises(BadInput, match=r"claim\.no_date"):
        await prefer_claim(seeded_desk, editor, "P208", "2")
    with pytest.raises(NotFound, match=r"claim\.unknown"):
        await prefer_claim(seeded_desk, editor, "P208", "no such source")
    assert preferred((await act_of(seeded_desk, 208)).claims, Fact.SIGNED) is not None
    assert await audit_entries(seeded_desk, "P208") == []


async def test_preferring_what_is_preferred_changes_nothing(seeded_desk: Desk, editor: Caller) -> None:
    """A second press of the same button."""
    done = await prefer_claim(seeded_desk, editor, "P208", "1")
    assert done.entry is None


async def test_who_may(seeded_desk: Desk, editor: Caller) -> None:
    """Claims on others' acts are read by all who see them, and changed by none but their parties."""
    assert len((await claims_of(seeded_desk, editor, "P89")).claims) == 2
    with pytest.raises(NotAllowed, match=r"record\.not_ours"):
        await open_claim(seeded_desk, editor, "P89")
    with pytest.raises(BadInput, match=r"record\.no_act"):
        await claims_of(seeded_desk, editor, "X1")


# Telling ----------------------------------------------------------------------------------------------------


async def test_disputes_of_the_acts_of_a_list(seeded_desk: Desk, editor: Caller) -> None:
    """Only the acts with a disputed fact, each with all that is said of it."""
    home: Office = editor.own_office()
    async with seeded_desk.database.read() as session:
        acts = await partnerships_of(session, ANYONE, [home.place.id])
        found = await disputes_of(session, ANYONE, acts)
    assert sorted(found) == [197, 198, 200, 208]


@pytest.mark.parametrize(
    ("claim", "english", "chinese"),
    [
        (Claim(Fact.KIND, "mou", "https://www.example.org/a?b=c", PartialDate(2019), preferred=True),
         "★ memorandum (example.org), as of 2019", "★ 合作備忘錄（example.org），2019年"),
        (Claim(Fact.PARTIES, "Taipei County / 臺北縣", "A letter", note="by post"),
         "・Taipei County (A letter): by post", "・臺北縣（A letter）：by post"),
        (Claim(Fact.OTHER, "either / or", "A letter"), "・either / or (A letter)", "・either / or（A letter）"),
    ],
)  # fmt: skip
def test_a_claim_in_both_languages(claim: Claim, english: str, chinese: str) -> None:
    """Words of a vocabulary, and values that were written in both, in the reader's own; an address by its house."""
    assert claim_line(Texts("en"), claim) == english
    assert claim_line(Texts("zh-TW"), claim) == chinese
