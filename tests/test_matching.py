"""Profiles and matches as services give them: what is typed, what is stored, and who is proposed."""

import pytest

from bot.domain.access import Role
from bot.domain.errors import BadInput, FormRefused, NotAllowed
from bot.domain.matching import Leaning, Reason
from bot.domain.profiles import Side
from bot.services.desk import Caller, Desk
from bot.services.exchanges import VisitForm, log_visit
from bot.services.matching import match_partners
from bot.services.profiles import LINES, edit_profile, last_change_of_profile, show_profile, undo_profile
from tests.records import audit_entries, office_of, person
from tests.shell import Shell


async def editor(desk: Desk, key: str = "kaohsiung-tw") -> Caller:
    return person(await office_of(desk, key), Role.EDITOR)


async def test_a_profile_is_read_line_by_line(seeded_desk: Desk) -> None:
    """Topics in either language and of one's own, with notes; the same again changes nothing and writes no entry."""
    caller = await editor(seeded_desk)
    typed = {Side.STRENGTH: "港口：貨櫃\nbeekeeping", Side.SEEKS: "Housing: for the old\n住宅"}
    profile = await edit_profile(seeded_desk, caller, None, typed, "own page")
    assert [(line.side, line.topic, line.note, line.source) for line in profile.lines] == [
        (Side.STRENGTH, "port", "貨櫃", "own page"),
        (Side.STRENGTH, "beekeeping", None, "own page"),
        (Side.SEEKS, "housing", "for the old", "own page"),
    ]
    again = await edit_profile(seeded_desk, caller, "高雄", typed, "another page")
    assert again.lines == profile.lines
    assert (await show_profile(seeded_desk, caller)).lines == profile.lines
    entries = [each for each in await audit_entries(seeded_desk) if each.action == "profile.edited"]
    assert len(entries) == 1


@pytest.mark.parametrize(
    ("typed", "source", "keys"),
    [
        ({Side.SEEKS: "port"}, " ", ["profile.no_source"]),
        ({Side.SEEKS: ": only a note"}, "x", ["profile.unreadable_line"]),
        ({Side.SEEKS: "x" * 41}, "x", ["profile.unreadable_line"]),
        ({Side.OFFERS: "port: " + "x" * 201}, "x", ["profile.unreadable_line"]),
        ({Side.OFFERS: "\n".join(f"topic {n}" for n in range(LINES + 1))}, "x", ["profile.too_many"]),
        ({Side.OFFERS: ":", Side.SEEKS: ":"}, "x", ["profile.unreadable_line"] * 2),
    ],
)
async def test_bad_profiles_are_refused_whole(
    seeded_desk: Desk, typed: dict[Side, str], source: str, keys: list[str]
) -> None:
    """With a sentence for each thing that is wrong; nothing is stored."""
    caller = await editor(seeded_desk)
    with pytest.raises(FormRefused) as refused:
        await edit_profile(seeded_desk, caller, None, typed, source)
    assert [problem.key for problem in refused.value.problems] == keys
    assert not (await show_profile(seeded_desk, caller)).lines


async def test_whose_profile_it_is(seeded_desk: Desk) -> None:
    """One's own, and that of a partner without an office; not another office's, nor a stranger's."""
    caller = await editor(seeded_desk)
    done = await edit_profile(seeded_desk, caller, "Busan", {Side.STRENGTH: "port"}, "busan.go.kr")
    assert done.lines[0].topic == "port"
    for name in ("Taipei", "Prague"):
        with pytest.raises((NotAllowed, BadInput)) as refused:
            await edit_profile(seeded_desk, caller, name, {Side.STRENGTH: "port"}, "x")
        assert refused.value.key == "profile.not_ours"


async def test_emptied_lines_go(seeded_desk: Desk) -> None:
    caller = await editor(seeded_desk)
    await edit_profile(seeded_desk, caller, None, {Side.STRENGTH: "port"}, "x")
    assert (await edit_profile(seeded_desk, caller, None, {Side.STRENGTH: ""}, "")).lines == ()


async def test_own_partners_come_first_and_new_ones_say_why(seeded_desk: Desk) -> None:
    """A quiet partner that is known for the topic; then places of peers, with whom to ask."""
    kaohsiung, taipei = await editor(seeded_desk), await editor(seeded_desk, "taipei-tw")
    await edit_profile(seeded_desk, kaohsiung, None, {Side.SEEKS: "housing"}, "the office")
    await edit_profile(seeded_desk, taipei, "Houston", {Side.OFFERS: "housing"}, "their page")
    found = await match_partners(seeded_desk, kaohsiung, None)
    houston = next(each for each in found.found if each.candidate.place.key == "houston-us")
    assert houston == found.found[0]
    points = {point.reason: point for point in houston.points}
    assert points[Reason.THEY_OFFER].topics == ["housing"]
    assert [peer.key for peer in points[Reason.PEERS_KNOW_THEM].places] == ["taipei-tw"]
    assert Reason.NEW_COUNTRY not in points
    partners = {each.partner.key for each in found.own}
    assert partners
    assert not partners & {each.candidate.place.key for each in found.found}
    on_topic = await match_partners(seeded_desk, kaohsiung, "住宅")
    assert on_topic.topic == "housing"
    assert [each.candidate.place.key for each in on_topic.found][:1] == ["houston-us"]


async def test_what_peers_did_on_a_topic(seeded_desk: Desk) -> None:
    """By the kind of the exchange, the newest first, with its number."""
    found = await match_partners(seeded_desk, await editor(seeded_desk, "taichung-tw"), "sport")
    assert found.experience
    assert all(each.exchange.kind.value == "sport" for each in found.experience)
    days = [each.exchange.date.latest() for each in found.experience]
    assert days == sorted(days, reverse=True)


async def test_leaning_on_one_person_and_partner(seeded_desk: Desk) -> None:
    """Seven visits with one partner, logged by one person, say so."""
    caller = await editor(seeded_desk, "taoyuan-tw")
    for n in range(7):
        await log_visit(seeded_desk, caller, VisitForm("dallas-us", f"2026-10-{n + 1:02}"), f"test:{n}")
    found = {each.on: each for each in (await match_partners(seeded_desk, caller)).leanings}
    assert found[Leaning.PERSON].what == caller.user_id
    assert (found[Leaning.PERSON].count, found[Leaning.PERSON].of) == (7, 7)


async def test_a_change_of_a_profile_is_taken_back(seeded_desk: Desk) -> None:
    """With its dates, once, by whoever may write it, and not over what was written since; put back the same way."""
    ours = await editor(seeded_desk, "kaohsiung-tw")
    first = await edit_profile(seeded_desk, ours, None, {Side.SEEKS: "housing"}, "us")
    second = await edit_profile(seeded_desk, ours, None, {Side.OFFERS: "port: deep"}, "us")
    assert first.entry is not None
    assert second.entry is not None
    with pytest.raises(BadInput, match=r"profile\.changed_since"):
        await undo_profile(seeded_desk, ours, first.entry)
    with pytest.raises(NotAllowed, match=r"profile\.not_ours"):
        await undo_profile(seeded_desk, await editor(seeded_desk, "tainan-tw"), second.entry)
    undone = await undo_profile(seeded_desk, ours, second.entry)
    assert undone.lines == first.lines
    with pytest.raises(BadInput, match=r"profile\.undone_already"):
        await undo_profile(seeded_desk, ours, second.entry)
    assert await last_change_of_profile(seeded_desk, ours) == first.entry
    assert undone.entry is not None
    again = await undo_profile(seeded_desk, ours, undone.entry)
    assert again.lines == second.lines


def test_at_the_command_line(shell: Shell) -> None:
    """A profile is written and shown, and matches rest on it; what is wrong gets a sentence and status 1."""
    for work in ("upgrade", "seed"):
        assert shell("db", work).returncode == 0
    of_houston = ["Houston", "--office", "Taipei", "--offers", "housing: flats", "--source", "a page"]
    written = shell("partner", "profile", *of_houston)
    assert "housing: flats" in written.stdout
    of_ours = ["--office", "Kaohsiung", "--seeks", "住宅"]
    assert shell("partner", "profile", *of_ours, "--source", "the office").returncode == 0
    matched = shell("partner", "match", "--office", "Kaohsiung", "housing").stdout
    assert matched == shell("partner", "match", "--city", "Kaohsiung", "housing").stdout
    assert "flats" in shell("partner", "profile", "Houston").stdout
    assert shell("partner", "profile", *of_houston, "--offers", "port").returncode == 0
    undone = shell("partner", "profile", "Houston", "--undo").stdout
    assert ("flats" in undone, "port" in undone) == (True, False)
    assert "Houston" in matched
    assert "they offer housing (+3)" in matched
    refused = shell("partner", "profile", *of_ours)
    assert (refused.returncode, "on whose word" in refused.stderr) == (1, True)
