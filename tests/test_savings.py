"""What virtual visits saved: by hand-made sums, honestly left out where nothing is known, and as an office wants it."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.access import Role
from bot.domain.dates import PartialDate
from bot.domain.errors import ChangedMeanwhile, FormRefused
from bot.domain.exchanges import Exchange, ExchangeKind, ExchangeStatus, Mode
from bot.domain.saving_rules import (
    DEFAULT_SAVINGS,
    Range,
    SavingRules,
    SavingsForm,
    read_savings,
    savings_form,
)
from bot.domain.savings import FactorKind, rounded, savings_of
from bot.i18n.texts import Texts
from bot.services.desk import Desk
from bot.services.exchange_lists import show_exchange
from bot.services.exchanges import log_report
from bot.services.savings import change_savings, factors, saved_by
from bot.ui.savings import savings_lines
from tests.domain.builders import place
from tests.records import audit_entries, office_of, person
from tests.shell import Shell
from tests.test_logging import REPORT

KAOHSIUNG = place(1, "Kaohsiung", country="TW", lat=22.615, lon=120.2975)
SEATTLE = place(2, "Seattle", country="US", lat=47.6062, lon=-122.3321)
PRAGUE = place(3, "Prague", country="CZ", lat=50.088, lon=14.4208)
TAINAN = place(4, "Tainan", country="TW", lat=22.9908, lon=120.2133)
CALL = Exchange(
    id=1, kind=ExchangeKind.VIRTUAL_VISIT, mode=Mode.VIRTUAL, status=ExchangeStatus.HELD, level=None,
    date=PartialDate(2026, 11, 2), end_date=None, starts_at=None, title="", title_zh=None, topic=None, summary=None,
    people=6, places=(KAOHSIUNG, SEATTLE), minutes=30,
)  # fmt: skip


def test_a_sum_by_hand() -> None:
    """Three of six fly 10,020 km there and back, stay two nights in the US; six people call for half an hour."""
    saved = savings_of(CALL, KAOHSIUNG, factors(), DEFAULT_SAVINGS)
    assert saved is not None
    km = saved.kilometres.low
    assert km == saved.kilometres.high == pytest.approx(10_020, rel=0.003)
    assert (saved.travellers, saved.nights) == (3, 2)
    assert saved.flight.low == pytest.approx(3 * 2 * km * 0.06449)
    assert saved.flight.high == pytest.approx(3 * 2 * km * 0.31656)
    assert saved.hotel == Range(3 * 2 * 16.1, 3 * 2 * 16.1)
    assert saved.video == Range(3 * 0.15, 3 * 1.0)
    assert saved.net.low == pytest.approx(saved.flight.low + 96.6 - 3.0)
    assert saved.net.high == pytest.approx(saved.flight.high + 96.6 - 0.45)
    assert saved.cost is None


def test_what_is_not_known_is_left_out() -> None:
    """No length, no counted people, no factor for the country's hotels; several partners make the range wider."""
    bare = replace(CALL, minutes=None, people=None, places=(KAOHSIUNG, SEATTLE, PRAGUE))
    saved = savings_of(bare, KAOHSIUNG, factors(), DEFAULT_SAVINGS)
    assert saved is not None
    assert (saved.travellers, saved.hotel, saved.video) == (1, None, None)
    assert saved.kilometres.low < 9_500 < saved.kilometres.high
    text = "\n".join(savings_lines(Texts("en"), saved))
    for told in ("one person", "Hotel nights left out", "call itself left out", "No cost", "gov.uk"):
        assert told in text
    assert "估計" not in text
    assert "單程" in "\n".join(savings_lines(Texts("zh-TW"), saved))


@pytest.mark.parametrize(
    "change",
    [
        {"mode": Mode.IN_PERSON},
        {"mode": None},
        {"status": ExchangeStatus.PLANNED},
        {"places": (KAOHSIUNG, TAINAN)},
        {"places": (KAOHSIUNG, place(9, "Nowhere"))},
    ],
)
def test_of_some_nothing_is_said(change: dict[str, object]) -> None:
    """What was no call, has not been held, is near enough for a train, or lies nobody knows where."""
    exchange = replace(CALL, **change)  # type: ignore[arg-type]
    assert savings_of(exchange, KAOHSIUNG, factors(), DEFAULT_SAVINGS) is None


def test_no_factor_without_a_source_that_can_be_opened() -> None:
    assert {each.kind for each in factors()} == set(FactorKind)
    for each in factors():
        assert each.source.startswith("https://")
        assert 2015 <= each.year <= 2026
        assert each.publisher
        assert 0 < each.amount.low <= each.amount.high


@pytest.mark.parametrize(
    ("amount", "shown"), [(0.4, 0), (7.2, 7), (96.6, 97), (3877, 3900), (19_032, 19_000)]
)
def test_an_estimate_has_two_figures(amount: float, shown: int) -> None:
    assert rounded(amount) == shown


OWN = SavingsForm("yes", "3", "0.08 – 0.2", "30,000-60,000 twd", "Travel office, 2026")


def test_an_office_sets_its_own() -> None:
    rules = read_savings(OWN)
    assert rules == SavingRules(
        True, 3, Range(0.08, 0.2), Range(30_000, 60_000), "TWD", "Travel office, 2026"
    )
    assert read_savings(savings_form(rules)) == rules
    saved = savings_of(CALL, KAOHSIUNG, factors(), rules)
    assert saved is not None
    assert saved.flight.low == pytest.approx(6 * saved.kilometres.low * 0.08)
    assert saved.cost == Range(90_000, 180_000)
    text = "\n".join(savings_lines(Texts("en"), saved))
    assert "90,000–180,000 TWD" in text
    assert "Travel office, 2026" in text
    assert "economy" not in text
    assert savings_of(CALL, KAOHSIUNG, factors(), replace(rules, shown=False)) is None


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"nights": "some"}, "savings.nights_unreadable"),
        ({"nights": "61"}, "savings.nights_unreadable"),
        ({"flight": "6"}, "savings.range_unreadable"),
        ({"flight": "0.3-0.1"}, "savings.range_unreadable"),
        ({"cost": "30000"}, "savings.no_currency"),
        ({"source": " "}, "savings.no_source"),
        ({"source": "x" * 301}, "act.too_long"),
    ],
)
def test_what_an_office_cannot_say(change: dict[str, str], key: str) -> None:
    with pytest.raises(FormRefused) as refused:
        read_savings(replace(OWN, **change))
    assert [problem.key for problem in refused.value.problems] == [key]


@pytest.mark.both_engines
async def test_the_setting_is_the_offices_and_on_its_trail(seeded_desk: Desk) -> None:
    """What Kaohsiung sets holds for Kaohsiung; off is off; and who changes it meanwhile is told."""
    home = await office_of(seeded_desk, "kaohsiung-tw")
    caller = person(home, Role.ADMINISTRATOR)
    logged = (await log_report(seeded_desk, caller, REPORT, "test:1")).exchange
    shown = (await show_exchange(seeded_desk, caller, logged.record)).savings
    assert shown is not None
    assert shown.travellers == 3
    changed = await change_savings(seeded_desk, caller, OWN, home.version)
    assert changed.savings == read_savings(OWN)
    (entry,) = [each for each in await audit_entries(seeded_desk) if each.action == "office.settings"]
    assert entry.after is not None
    assert entry.after["savings_cost"] == "30000-60000 TWD"
    with pytest.raises(ChangedMeanwhile):
        await change_savings(seeded_desk, caller, SavingsForm("no"), home.version)
    off = await change_savings(
        seeded_desk, replace(caller, office=changed), SavingsForm("no"), changed.version
    )
    assert saved_by(logged, off) is None
    assert saved_by(logged, await office_of(seeded_desk, "tainan-tw")) is not None


def test_savings_at_the_command_line(shell: Shell, tmp_path: Path) -> None:
    assert "built-in" in shell("office", "savings", "高雄").stdout
    done = shell("office", "savings", "高雄", "--cost", "30000-60000 TWD", "--source", "Travel office")
    assert "30000-60000 TWD" in done.stdout
    assert shell("office", "savings", "高雄", "--flight", "x").returncode == 1
    assert "not told" in shell("office", "savings", "高雄", "--off").stdout
    exported = shell("export", "out")
    assert exported.returncode == 0
    assert "Travel office" in (tmp_path / "out" / "offices.csv").read_text(encoding="utf-8-sig")
