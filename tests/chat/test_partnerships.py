"""/partner as a person uses it."""

import re

import pytest

from tests.chat.conftest import Stage


async def test_a_year_stays_a_year(stage: Stage) -> None:
    """Seattle is told with its year and without a day."""
    seen = await stage.slash("partner show", partner="Seattle")
    agreements = seen.field("Agreements")
    assert "1991" in agreements
    assert "only the year is recorded" in agreements
    assert "35 years this year" in agreements
    assert not re.search(r"\d+ \w+ 1991", agreements)
    assert not re.search(r"1991-\d", seen.text)


@pytest.mark.parametrize(
    "typed", ["Seattle", "西雅圖", "seattle", "ＳＥＡＴＴＬＥ", " Seattle ", "seattle-us", "西雅图"]
)
async def test_one_partner_by_any_of_its_names(stage: Stage, typed: str) -> None:
    """Scripts, width, case and spaces do not matter."""
    seen = await stage.slash("partner show", partner=typed)
    assert seen.embed.title == "Kaohsiung – Seattle"


async def test_the_card_shows_what_it_rests_on(stage: Stage) -> None:
    """Record number, source, as-of date, last contact and both local times are on the card."""
    seen = await stage.slash("partner show", partner="Seattle")
    record = re.search(r"P\d+", seen.field("Agreements"))
    assert record is not None
    assert "seattle.gov" in seen.field("Sources")
    assert "November 2026" in str(seen.embed.footer.text)
    assert "28 April 2011" in seen.field("Contact")
    assert "Fri 20 Nov 2026, 12:00 in Kaohsiung" in seen.field("Now")
    assert "Thu 19 Nov 2026, 20:00 in Seattle" in seen.field("Now")
    again = await stage.slash("partner show", partner=record[0].lower())
    assert again.text == seen.text


async def test_a_three_party_act_names_its_third_party(stage: Stage) -> None:
    """Kaohsiung, Aomori and Mutsu are one agreement."""
    seen = await stage.slash("partner show", partner="Mutsu")
    assert "Together with Aomori Prefecture" in seen.field("Agreements")
    assert "20 October 2025" in seen.field("Agreements")


async def test_a_predecessors_tie_answers_under_the_successor(stage: Stage) -> None:
    """King County signed with Kaohsiung County, and the card says so."""
    seen = await stage.slash("partner show", partner="King County")
    assert "Signed by Kaohsiung County, now part of Kaohsiung" in seen.field("Agreements")


async def test_ended_ties_say_so(stage: Stage) -> None:
    """Malé's declared-invalid tie is shown as ended and has no anniversary to come."""
    seen = await stage.slash("partner show", partner="Male")
    assert "ended" in seen.field("Agreements")
    assert "Next anniversary" not in seen.text


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Seatle", "Nearest names: Seattle, Washington"),
        ("Prague", "no record of a tie between Kaohsiung and Prague"),
        ("P9999", "no record P9999"),
        ("P0", "no record P0"),
        ("Atlantis", "No place called “Atlantis” is on record"),
        ("Columbus", "several places: Columbus, "),
        ("", "Please name a place"),
        ("😀", "Please name a place"),
        ("@everyone", "No place called"),
        ("<@&123456789012345678>", "No place called"),
        ("'; DROP TABLE places; --", "No place called"),
        ("\u202egnoh", "No place called"),
        ("x" * 6000, "No place called"),
    ],
)
@pytest.mark.usefixtures("no_pings")
async def test_what_cannot_be_found_gets_a_sentence(stage: Stage, typed: str, expected: str) -> None:
    """Nonsense is answered privately with a sentence that helps."""
    seen = await stage.slash("partner show", partner=typed)
    assert seen.private
    assert expected in seen.text
    assert "@everyone" not in seen.text


async def test_lists_page_through_all_ties(stage: Stage) -> None:
    """Turning the pages of Taipei's list shows every tie of the count once, also after a restart."""
    page = await stage.slash("partner list", city="Taipei")
    total = int(re.match(r"(\d+) agreements", str(page.embed.footer.text))[1])  # type: ignore[index]
    records: list[str] = []
    restarted = False
    while True:
        own, _, _ = str(page.embed.description).partition("And its districts")
        records += re.findall(r"`(P\d+)`", own)
        if len(records) >= total:
            break
        if not restarted:
            await stage.restart()
            restarted = True
        page = await stage.click(page, "Next →")
    assert len(records) == len(set(records)) == total
    assert total > 40


async def test_the_count_states_its_rule(stage: Stage) -> None:
    """Sister and friendship cities are counted apart, memoranda mentioned, ended ones left out."""
    seen = await stage.slash("partner list")
    count = seen.field("Count")
    assert re.search(r"\*\*\d+\*\* sister cities", count)
    assert re.search(r"\*\*\d+\*\* friendship cities", count)
    assert "memoranda" in count
    assert "1 ended agreement is not counted" in count
    assert "in force" in count


@pytest.mark.parametrize(
    ("options", "inside", "outside"),
    [
        ({"country": "JP"}, "Hachioji", "Seattle"),
        ({"country": "日本"}, "Hachioji", "Seattle"),
        ({"kind": "mou"}, "Tochigi Prefecture", "Seattle"),
        ({"status": "ended"}, "Malé", "Seattle"),
        ({"kind": "friendship_city", "country": "Japan"}, "Mutsu", "Busan"),
    ],
)
async def test_filters(stage: Stage, options: dict[str, str], inside: str, outside: str) -> None:
    """Country, kind and status narrow the list."""
    seen = await stage.slash("partner list", **options)
    assert inside in seen.text
    assert outside not in str(seen.embed.description)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"country": "Narnia"}, "is not a country I know"),
        ({"city": "Nowhere"}, "No place called"),
        ({"country": "VA"}, "No record fits this filter"),
    ],
)
async def test_bad_filters(stage: Stage, options: dict[str, str], expected: str) -> None:
    """A filter that means nothing says so; one that fits nothing says that."""
    seen = await stage.slash("partner list", **options)
    assert expected in seen.text


async def test_districts_are_listed_apart(stage: Stage) -> None:
    """New Taipei's own ties come first, those of its districts after a heading."""
    seen = await stage.slash("partner list", city="New Taipei")
    while "And its districts" not in seen.text:
        seen = await stage.click(seen, "Next →")
    assert "Yasugi" in seen.text.split("And its districts")[1]


async def test_suggestions_in_both_scripts(stage: Stage) -> None:
    """What is typed finds partners by any script, the office's own first, never more than 25."""
    assert (await stage.suggestions("partner show", "partner", "sea"))[0]["value"] == "seattle-us"
    assert (await stage.suggestions("partner show", "partner", "西雅"))[0]["value"] == "seattle-us"
    own = await stage.suggestions("partner show", "partner", "")
    assert len(own) == 25
    assert await stage.suggestions("partner show", "partner", "zzzzzz") == []
    countries = await stage.suggestions("partner list", "country", "jap")
    assert {"JP"} == {choice["value"] for choice in countries}


async def test_an_unconfigured_server_gets_a_pointer(bare_stage: Stage) -> None:
    """Without an office there is one friendly sentence, in every command."""
    for command, options in (
        ("partner show", {"partner": "Seattle"}),
        ("partner list", {}),
        ("quiet", {}),
        ("anniversaries", {}),
        ("visit log", {"partner": "Seattle"}),
    ):
        seen = await bare_stage.slash(command, **options)
        assert seen.private
        assert "/office setup" in seen.text


async def test_sister_cities_asked_for_by_that_word(stage: Stage) -> None:
    """Friendship ties that fit are named apart, neither merged nor hidden (design §3, reading 1)."""
    seen = await stage.slash("partner list", kind="sister_city", country="JP")
    assert "Apart from them, friendship cities" in seen.text
    assert "Hachioji" in seen.text.split("Apart from them")[1]


async def test_a_replaced_act_is_no_break(stage: Stage) -> None:
    """Prague's memorandum of 2001 became the agreement of 2020: neither told nor counted as ended."""
    seen = await stage.slash("partner list", city="Taipei", kind="mou", status="all")
    line = next(line for line in seen.text.splitlines() if "Prague" in line)
    assert re.search(r"replaced by P\d+", line)
    assert "ended" not in seen.field("Count")


async def test_a_suggestion_pasted_whole(stage: Stage) -> None:
    """The label of a suggestion is understood like its value."""
    (choice, *_) = await stage.suggestions("partner show", "partner", "seattle")
    assert (await stage.slash("partner show", partner=choice["name"])).embed.title == "Kaohsiung – Seattle"


async def test_ones_own_city_is_no_partner(stage: Stage) -> None:
    """It is told as what it is."""
    assert "is the city of this office" in (await stage.slash("partner show", partner="Kaohsiung")).text


async def test_a_list_that_shrank_still_turns(stage: Stage) -> None:
    """A button that leads past the end shows the last page, with the way back open."""
    seen = await stage.slash("partner list")
    message = seen.result.response._message
    message.components[0]["components"][1]["custom_id"] = message.components[0]["components"][1][
        "custom_id"
    ].replace(":n:1:", ":n:99:")
    last = await stage.click(seen, "Next →")
    assert re.search(r"page (\d+) of \1", str(last.embed.footer.text))
    rows = last.result.response.components
    assert [item["disabled"] for row in rows for item in row["components"]][:2] == [False, True]
