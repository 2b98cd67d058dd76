"""Free sentences, from being read to being logged, as services and at the command line."""

import asyncio
import json
from datetime import UTC, date, datetime

import pytest

from bot.domain.access import ANYONE, Role, Scope
from bot.domain.audit import exchange_record
from bot.domain.dates import PartialDate
from bot.domain.errors import BadInput, FormRefused, NotAllowed
from bot.domain.exchanges import ExchangeKind, ExchangeStatus, Mode
from bot.domain.offices import Office
from bot.domain.partnerships import Kind, Status, StatusChange
from bot.i18n.texts import Texts
from bot.services.desk import Desk
from bot.services.partnerships import show_partner
from bot.services.sentences import Answers, log_sentence, read_sentence
from bot.ui.sentences import sentence_lines, understood_line
from db.exchanges import all_exchanges
from db.partnerships import NewPartnership, insert_partnerships
from db.places import NewPlace, insert_places
from tests.forks import run_forked
from tests.records import audit_entries, office_of, person
from tests.shell import Shell

TODAY = date(2026, 11, 20)
SENTENCE = "logged: video call with Seattle on housing, 40 min, 6 people, yesterday at 9 am"
STARTER = 147


@pytest.fixture
async def home(seeded_desk: Desk) -> Office:
    return await office_of(seeded_desk, "kaohsiung-tw")


async def count(desk: Desk) -> int:
    async with desk.database.read() as session:
        return len(await all_exchanges(session, ANYONE))


async def test_reading_stores_nothing_and_logging_stores_what_was_read(
    seeded_desk: Desk, home: Office
) -> None:
    caller = person(home)
    understood = await read_sentence(seeded_desk, caller, SENTENCE)
    assert understood.reading.is_complete
    assert await count(seeded_desk) == STARTER

    logged = await log_sentence(seeded_desk, caller, SENTENCE, TODAY, "one")
    found = logged.exchange
    assert (found.kind, found.mode, found.status) == (
        ExchangeKind.VIRTUAL_VISIT, Mode.VIRTUAL, ExchangeStatus.HELD,
    )  # fmt: skip
    assert (found.date, found.starts_at) == (PartialDate(2026, 11, 19), datetime(2026, 11, 19, 1, tzinfo=UTC))
    assert (found.minutes, found.people, found.topics, found.topic) == (40, 6, ("housing",), "housing")
    assert [place.key for place in found.places] == ["kaohsiung-tw", "seattle-us"]
    assert found.summary == SENTENCE
    (entry,) = await audit_entries(seeded_desk, str(exchange_record(found.id)))
    assert entry.action == "exchange.logged"
    card = await show_partner(seeded_desk, caller, "Seattle")
    assert card.tie.last is not None
    assert card.tie.last.record == found.record


async def test_pressed_twice_at_once_it_makes_one_record(seeded_desk: Desk, home: Office) -> None:
    caller = person(home)
    done = await asyncio.gather(
        *(log_sentence(seeded_desk, caller, SENTENCE, TODAY, "the same") for _ in range(4))
    )
    assert len({each.exchange.id for each in done}) == 1
    assert await count(seeded_desk) == STARTER + 1


async def test_what_is_open_is_not_logged(seeded_desk: Desk, home: Office) -> None:
    """Neither without an answer to what was asked back, nor without a day, nor what is no report."""
    caller = person(home)
    for text in ("call with Portland on 3/4/2026", "call with Portland", "we did not meet Portland", "x"):
        with pytest.raises(BadInput) as raised:
            await log_sentence(seeded_desk, caller, text, TODAY, "one")
        assert raised.value.key == "sentence.open"
    assert await count(seeded_desk) == STARTER
    answers = Answers(day=PartialDate(2026, 3, 4))
    logged = await log_sentence(seeded_desk, caller, "call with Portland on 3/4/2026", TODAY, "one", answers)
    assert logged.exchange.date == PartialDate(2026, 3, 4)


async def test_a_day_ahead_is_planned_and_counts_for_nothing_yet(seeded_desk: Desk, home: Office) -> None:
    caller = person(home)
    before = await show_partner(seeded_desk, caller, "Seattle")
    logged = await log_sentence(
        seeded_desk, caller, "video call with Seattle on 25 Nov 2026 at 9:00", TODAY, "one"
    )
    assert logged.exchange.status is ExchangeStatus.PLANNED
    after = await show_partner(seeded_desk, caller, "Seattle")
    assert after.tie.last == before.tie.last


async def test_later_today_is_yet_to_come(seeded_desk: Desk, home: Office) -> None:
    """It is noon in Kaohsiung."""
    for text, status in (("today at 11:00", ExchangeStatus.HELD), ("today at 15:00", ExchangeStatus.PLANNED)):
        understood = await read_sentence(seeded_desk, person(home), f"video call with Seattle {text}")
        assert understood.reading.status is status


async def test_what_cannot_be_stored_is_refused_as_a_form_is(seeded_desk: Desk, home: Office) -> None:
    with pytest.raises(FormRefused) as raised:
        await log_sentence(
            seeded_desk, person(home), "webinar with Seattle yesterday, 900000 participants", TODAY, "one"
        )
    assert [problem.key for problem in raised.value.problems] == ["visit.people_out_of_range"]


async def test_who_may_not_log_may_not_log_a_sentence(seeded_desk: Desk, home: Office) -> None:
    with pytest.raises(NotAllowed):
        await log_sentence(seeded_desk, person(home, Role.READER), SENTENCE, TODAY, "one")


async def test_it_is_shown_in_both_places_time_and_both_languages(seeded_desk: Desk, home: Office) -> None:
    """A morning in Kaohsiung is the afternoon before in Seattle."""
    understood = await read_sentence(seeded_desk, person(home), SENTENCE)
    english = sentence_lines(Texts("en"), understood)
    assert "🕘 Thu 19 Nov 2026, 09:00 in Kaohsiung" in english
    assert "🕘 Wed 18 Nov 2026, 17:00 in Seattle" in english
    assert english[-1] == "Not said: Level."
    chinese = understood_line(Texts("zh-TW"), understood)
    assert chinese == "視訊交流 · 線上 · 對象：西雅圖 · 2026年11月19日（四） 09:00 · 40 分鐘 · 6 人 · 住宅"
    ahead = await read_sentence(seeded_desk, person(home), "預計下週三和西雅圖視訊")
    assert sentence_lines(Texts("zh-TW"), ahead)[0].startswith("⏳ 尚未舉行")


async def test_what_is_no_report_gets_a_sentence_and_three_examples_that_are_read(
    seeded_desk: Desk, home: Office
) -> None:
    caller = person(home)
    for language in ("en", "zh-TW"):
        nothing = await read_sentence(seeded_desk, caller, "Seattle 西雅圖")
        first, _, *examples = sentence_lines(Texts(language), nothing)
        assert first == understood_line(Texts(language), nothing)
        assert len(examples) == 3
        for example in examples:
            assert (await read_sentence(seeded_desk, caller, example[2:])).reading.is_complete, example


async def test_places_of_others_records_are_not_known(seeded_desk: Desk, home: Office) -> None:
    """A place that stands only in a record of another office is as if it were not there, also to who mistypes it."""
    other = await office_of(seeded_desk, "tainan-tw")
    async with seeded_desk.database.write() as session:
        ids = await insert_places(session, [NewPlace("secret-laos", "Bansecret", country="LA")])
        act = NewPartnership(
            Kind.PROSPECTIVE,
            (other.place.id, ids["secret-laos"]),
            (StatusChange(Status.PROSPECTIVE, None),),
            scope=Scope.OFFICE,
            office_id=other.id,
        )
        await insert_partnerships(session, [act])
    for name in ("Bansecret", "Bansecrett"):
        text = f"Video call with {name} yesterday"
        assert (await read_sentence(seeded_desk, person(home), text)).reading.refusal == "no_partner"
        (place,) = (await read_sentence(seeded_desk, person(other), text)).reading.places
        assert place.id == ids["secret-laos"]


# The command line --------------------------------------------------------------------------------------------


def test_the_command_line_reads_line_by_line(shell: Shell) -> None:
    """The fields of the design, in their order; null is what a sentence does not say; nothing is stored."""
    lines = "昨天和西雅圖視訊討論住宅，6 人\n\nWe did not meet Seattle\n和奧克蘭視訊，3/4/2026\n"
    done = run_forked(
        ["log", "-", "--json", "--dry-run", "--office", "高雄", "--today", "2026-11-20", "--language", "zh-TW"],
        shell.environment, shell.folder, lines,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    read, denied, unsure = [json.loads(line) for line in done.stdout.splitlines()]
    text = read.pop("text")
    assert read == {
        "outcome": "read",
        "understood": "視訊交流 · 線上 · 對象：西雅圖 · 2026年11月19日（四） · 6 人 · 住宅",
        "kind": "virtual_visit",
        "mode": "virtual",
        "places": [{"name": "西雅圖", "country": "US"}],
        "date": "2026-11-19",
        "minutes": None,
        "people": 6,
        "topics": ["housing"],
        "level": None,
    }
    assert "未提到：時間長度和層級。" in text
    assert list(read) == list(unsure)[:-1] == list(denied)[:-1]
    assert (denied["outcome"], denied["kind"], denied["places"]) == ("not_understood", None, [])
    assert (unsure["outcome"], unsure["kind"], unsure["date"]) == ("ambiguous", "virtual_visit", None)
    assert "奧克蘭（紐西蘭）" in unsure["text"]


def test_the_command_line_logs_when_confirmed(shell: Shell) -> None:
    command = ["log", "video call with Seattle on housing", "--office", "Kaohsiung", "--today", "2026-11-20"]
    open_ = run_forked(command, shell.environment, shell.folder, "y\n")
    assert open_.returncode == 1
    assert "cannot be logged yet" in open_.stderr
    command[1] += ", yesterday"
    refused = run_forked(command, shell.environment, shell.folder, "n\n")
    assert (refused.returncode, refused.stdout.splitlines()[-1].strip()) == (0, "Nothing was logged.")
    done = run_forked(command, shell.environment, shell.folder, "y\n")
    assert (done.returncode, done.stdout.splitlines()[-1].strip()) == (0, "X148 logged: Seattle")
    assert "19 November 2026" in shell("history", "X148").stdout
    for wrong, sentence in (
        (["log", "-"], "add `--dry-run`"),
        (["log", "call with Seattle"], "--office CITY"),
        (["log", "x", "--dry-run", "--office", "Atlantis"], "Atlantis"),
    ):
        failed = run_forked(wrong, shell.environment, shell.folder)
        assert failed.returncode == 1
        assert sentence in failed.stderr
        assert "Traceback" not in failed.stderr
