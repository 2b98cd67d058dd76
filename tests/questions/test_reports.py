"""Free sentences that report an exchange, read on the starter data. The bank is `reports.csv`, which needs no code.

Its sentences are other people's: titles of gathered exchanges, and what press releases say, shortened.
"""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.dates import PartialDate
from bot.domain.places import Place
from bot.questions.reports.report import (
    Answers,
    DateQuestion,
    PlaceQuestion,
    Reading,
    UnknownPlace,
    read_report,
)
from tests.questions.registry import place_id, starter_lexicon, starter_places, starter_rows

BANK = list(
    csv.DictReader((Path(__file__).parent.parent / "reports.csv").read_text(encoding="utf-8").splitlines())
)


def office(name: str) -> tuple[Place, list[int]]:
    """The place in Taiwan that is called so, and the ids of its partners."""
    (home,) = (
        known.place
        for known in starter_places().values()
        if known.place.name_en == name and known.place.country == "TW"
    )
    parties = (row["parties"].split("|") for row in starter_rows("partnerships"))
    partners = {place_id(key) for keys in parties if home.key in keys for key in keys if key != home.key}
    return home, sorted(partners)


def read(name: str, sentence: str, today: str = "2026-11-20", **given: Any) -> Reading:
    home, partners = office(name)
    return read_report(
        sentence, date.fromisoformat(today), starter_lexicon(), home=home, partners=partners, **given
    )


def as_row(reading: Reading) -> dict[str, str]:
    """A reading as the bank writes it; what is not said is empty."""
    if reading.refusal:
        return {"outcome": "not_understood"}
    outcome = "ambiguous" if reading.questions else "read"
    told = {
        "outcome": outcome,
        "kind": reading.kind,
        "mode": reading.mode,
        "places": "; ".join(place.name_en for place in reading.places),
        "date": reading.day,
        "minutes": reading.minutes,
        "people": reading.people,
        "topics": "; ".join(reading.topics),
        "level": reading.level,
        "status": reading.status if outcome == "read" else None,
    }
    return {name: "" if value is None else str(value) for name, value in told.items()}


@pytest.mark.parametrize("row", BANK, ids=lambda row: row["sentence"][:60])
def test_the_bank(row: dict[str, str]) -> None:
    """Each is read right, or asked back."""
    found = as_row(read(row["office"], row["sentence"], row["today"]))
    expected = {name: row[name] for name in as_row(Reading(text="")) if row[name] or name in found}
    assert found == expected, row["source"]


def test_the_bank_is_large_and_of_both_languages() -> None:
    chinese = [row for row in BANK if not row["sentence"].isascii()]
    assert len(BANK) >= 60
    assert len(chinese) >= 12
    assert all(row["source"] for row in BANK)


@pytest.mark.parametrize(
    ("sentence", "refusal"),
    [
        ("We did not meet Seattle yesterday", "denied"),
        ("the video call with Seattle was cancelled", "denied"),
        ("昨天和西雅圖的視訊沒有開成", "denied"),
        ("原訂昨天與西雅圖視訊，因颱風取消", "denied"),
        ("未與西雅圖視訊", "denied"),
        ("maybe call Seattle", "perhaps"),
        ("we would like to visit Brisbane in March", "perhaps"),
        ("if Seattle calls, discuss housing", "perhaps"),
        ("希望和西雅圖視訊討論住宅", "perhaps"),
        ("也許下週拜訪布里斯本", "perhaps"),
        ("Did we meet with Seattle yesterday?", "asked"),
        ("要不要和西雅圖視訊？", "asked"),
        ("Seattle yesterday", "no_exchange"),
        ("video call yesterday, 40 min", "no_partner"),
        ("昨天視訊討論住宅", "no_partner"),
        ("", "empty"),
        ("!!! ???", "empty"),
        ("<@123456789> <#99> https://example.org/", "empty"),
    ],
)
def test_what_is_no_report(sentence: str, refusal: str) -> None:
    """Denied, only thought of, asked, or nothing that an exchange has."""
    assert read("Kaohsiung", sentence).refusal == refusal


@pytest.mark.parametrize(
    "sentence",
    [
        "video call with Seattle yesterday, we hope to visit in spring",
        "昨天和西雅圖視訊，期待未來訪問",
        "Visited Seattle yesterday; did not discuss housing",
    ],
)
def test_what_is_hoped_for_in_another_part_takes_nothing_away(sentence: str) -> None:
    reading = read("Kaohsiung", sentence)
    assert (reading.refusal, str(reading.day), reading.topics) == (None, "2026-11-19", ())


@pytest.mark.parametrize(
    ("sentence", "status", "day"),
    [
        ("video call with Seattle tomorrow at 9 am", "planned", "2026-11-21"),
        ("will visit Brisbane next month", "planned", "2026-12"),
        ("預計下週三和布里斯本視訊", "planned", "2026-11-25"),
        ("12月5日將接待布里斯本市長", "planned", "2026-12-05"),
        ("we will meet Brisbane on Monday", "planned", "2026-11-23"),
        ("met Brisbane on Monday", "held", "2026-11-16"),
        ("met Brisbane on 21 Nov", "held", "2025-11-21"),
        ("call with Brisbane today", "held", "2026-11-20"),
        ("the call with Brisbane planned for yesterday was held", "held", "2026-11-19"),
    ],
)
def test_what_is_yet_to_come(sentence: str, status: str, day: str) -> None:
    """Planned by its day or its words; a day of the week lies where the words put it."""
    reading = read("Kaohsiung", sentence)
    assert (reading.status, str(reading.day), reading.questions) == (status, day, ())


@pytest.mark.parametrize(
    ("sentence", "choices"),
    [
        ("call with Portland on 03/04/2026", ["2026-04-03", "2026-03-04"]),
        ("call with Portland on Friday", ["2026-11-20", "2026-11-13", "2026-11-27"]),
        ("met Portland last week", [f"2026-11-{day:02}" for day in range(9, 16)]),
        ("call with Portland, 21 Nov", ["2026-11-21", "2025-11-21"]),
        ("called Portland on 3 March and 5 April 2026", ["2026-04-05", "2026-03-03"]),
        ("called Portland in the first half of 2025", []),
        ("called Portland on 31 February", []),
    ],
)
def test_days_that_are_asked_back(sentence: str, choices: list[str]) -> None:
    reading = read("Kaohsiung", sentence)
    (question,) = reading.questions
    assert isinstance(question, DateQuestion)
    assert (reading.day, [str(day) for day in question.choices]) == (None, choices)


def test_an_answer_settles_the_day() -> None:
    day = PartialDate(2026, 3, 4)
    reading = read("Kaohsiung", "call with Portland on 03/04/2026", answers=Answers(day=day))
    assert (reading.day, reading.is_complete) == (day, True)


def test_homonyms_are_asked_back_unless_the_office_settles_it() -> None:
    """奧克蘭 is Auckland for Taichung, its partner, and either for Kaohsiung; an answer settles it."""
    sentence = "昨天和奧克蘭視訊"
    assert [place.key for place in read("Taichung", sentence).places] == ["auckland-nz"]
    (question,) = read("Kaohsiung", sentence).questions
    assert isinstance(question, PlaceQuestion)
    assert {place.key for place in question.choices} == {"auckland-nz", "oakland-us"}
    oakland = next(place.id for place in question.choices if place.key == "oakland-us")
    answered = read("Kaohsiung", sentence, answers=Answers(places={question.key: oakland}))
    assert ([place.key for place in answered.places], answered.questions) == (["oakland-us"], ())


def test_a_country_is_no_partner() -> None:
    """Which city it was is asked, with the partners there as choices."""
    (question,) = read("Taipei", "a delegation from Czechia visited us yesterday").questions
    assert isinstance(question, PlaceQuestion)
    assert (question.within, [place.key for place in question.choices]) == (True, ["prague-cz"])


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("visited Reykjavik yesterday", "Reykjavík"),
        ("昨天日本岩手縣一關市訪團來訪", "Ichinoseki"),
        (
            "昨天日本青森縣八寶市訪團來訪",
            "青森縣八寶市",
        ),  # of a prefecture that is a partner, and not made up for it
    ],
)
def test_a_place_that_the_registry_lacks_is_told(sentence: str, place: str) -> None:
    (question,) = read("Kaohsiung", sentence).questions
    assert isinstance(question, UnknownPlace)
    assert question.places[0].name_en == place


def test_a_slip_is_told() -> None:
    reading = read("Kaohsiung", "Video call with Seatle yesterday")
    assert [place.key for place in reading.places] == ["seattle-us"]
    assert [*reading.corrected] == ["Seatle"]


def test_what_is_hidden_is_as_if_it_were_not_there() -> None:
    seattle = place_id("seattle-us")
    assert read("Kaohsiung", "video call with Seattle", hidden={seattle}).refusal == "no_partner"


def test_several_partners_are_one_report() -> None:
    reading = read("Kaohsiung", "webinar with Seattle, Portland and 檀香山 on ports, 90 minutes, 12 Nov 2026")
    assert [place.key for place in reading.places] == ["seattle-us", "portland-or-us", "honolulu-us"]
    assert (reading.kind, reading.minutes, reading.topics) == ("webinar", 90, ("port",))


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("visited Seattle yesterday", "visit_out"),
        ("Seattle visited us yesterday", "visit_in"),
        ("hosted a delegation from Seattle yesterday", "visit_in"),
        ("our mayor flew to Seattle yesterday", "visit_out"),
        ("昨天赴西雅圖參訪", "visit_out"),
        ("昨天接待西雅圖訪團", "visit_in"),
        ("昨天西雅圖市長來訪", "visit_in"),
        ("昨天西雅圖市長參訪高雄", "visit_in"),
        ("昨天與西雅圖互訪", "visit"),
        ("昨天和西雅圖簽署備忘錄", "signing"),
        ("昨天捐贈口罩給西雅圖", "aid"),
        ("昨天與西雅圖棒球友誼賽", "sport"),
    ],
)
def test_who_went_to_whom_and_what_it_was(sentence: str, kind: str) -> None:
    assert read("Kaohsiung", sentence).kind == kind


@pytest.mark.parametrize(
    "around",
    [
        "**{}**", "> {}", "`{}`", "{} <@1234567890>", "@everyone {}", "\u202e{}\u202c", "{} https://x.example/2020/1/2",
    ],
)  # fmt: skip
def test_markup_and_mentions_are_inert(around: str) -> None:
    plain = read("Kaohsiung", "video call with Seattle on housing, 40 min, 6 people, yesterday")
    found = read("Kaohsiung", around.format(plain.text))
    assert as_row(found) == as_row(plain)


_WORDS = (
    "Seattle 西雅圖 Portland Japan 日本 和 with video call 視訊 visit 訪問 yesterday 昨天 on housing 住宅 40 min 6 人 "
    "people 0 not 沒有 will 將 maybe ? ？ ， . 03/04/2026 週五 last Friday 99999999999 99999999999人 上午 9點 <@1> ** "
    "` \u202e \x00"
)
_PIECES = st.sampled_from(_WORDS.split(" "))
_texts = st.one_of(
    st.text(max_size=200), *(st.lists(_PIECES, max_size=14).map(glue.join) for glue in ("", " "))
)


@settings(max_examples=150)
@given(_texts, st.dates())
def test_any_text_is_read_without_a_fault(text: str, today: date) -> None:
    """What is read fits what can be stored, or is asked back."""
    home, partners = office("Kaohsiung")
    reading = read_report(text, today, starter_lexicon(), home=home, partners=partners)
    assert home not in reading.places
    assert len({place.id for place in reading.places}) == len(reading.places)
    if reading.is_complete:
        assert reading.places
        assert reading.day is not None
