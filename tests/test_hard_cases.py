"""The hard cases of the registry, one a row: entered, shown in both languages, counted by rule, and carried over.

The first table holds the facts that gave the registry its shape, the second every row of the list of conflicts that
came with the gathered data. A keeper who decides a case changes the starter data, and the row here.
"""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import discord
import pytest

from bot.domain.access import Role
from bot.domain.anniversaries import next_anniversary
from bot.domain.audit import Record, RecordKind
from bot.domain.claims import Fact, disputed, identities
from bot.domain.dates import PartialDate
from bot.domain.errors import NotFound
from bot.domain.partner_lists import CountRule, PartnerFilter
from bot.domain.partnerships import Kind, Partnership, Status
from bot.i18n.texts import Texts
from bot.services.claims import ClaimFields, add_claim, prefer_claim
from bot.services.coming import coming_anniversaries
from bot.services.desk import Caller, Desk
from bot.services.exports import export_registry
from bot.services.imports import Sheet, import_file
from bot.services.life import StepWords, end_act
from bot.services.partner_lists import PartnerList, list_partners
from bot.services.partnership_adding import ActForm, add_partnership
from bot.services.partnership_editing import replace_act
from bot.services.partnerships import show_partner
from bot.services.reminders import preview
from bot.ui.claims import claim_line
from bot.ui.life import said_lines
from bot.ui.partnerships import partner_card
from bot.ui.posts import post_text
from db import versions
from db.partnerships import NewPartnership, partnership
from db.places import counts_of, place_by_key
from tests.records import office_of, person

STARTER = files("db").joinpath("starter")


@dataclass(frozen=True)
class Case:
    """An act as an office sees it: what its card says in English and in Chinese, and what it must not say.

    `counts` is the kind under which it counts as in force, None where it does not.
    """

    name: str
    record: str
    office: str
    english: tuple[str, ...]
    chinese: tuple[str, ...]
    never: tuple[str, ...] = ()
    counts: Kind | None = Kind.SISTER_CITY
    disputes: frozenset[Fact] = field(default=frozenset())


SISTER, FRIEND, MEMORANDUM = Kind.SISTER_CITY, Kind.FRIENDSHIP_CITY, Kind.MOU

FACTS = (
    Case("a day", "P1", "taipei", ("Signed 15 June 1961",), ("1961年6月15日簽署",)),
    Case("60 years, to the day", "P191", "kaohsiung", ("Signed 30 June 1966",), ("1966年6月30日簽署",)),
    Case(
        "a merged county", "P255", "kaohsiung",
        ("Kaohsiung – King County", "Signed by Kaohsiung County, now part of Kaohsiung", "Signed 1977 (only the year"),
        ("由高雄縣簽署，今屬高雄市", "1977年簽署（僅記載年份）"),
        never=("January 1977", "1977年1月", "Next anniversary", "下一個週年"),
        disputes=frozenset({Fact.OTHER}),
    ),
    Case("a year only", "P105", "taichung", ("Signed 1983 (only the year",), ("1983年簽署（僅記載年份）",),
         never=("1 January", "1月1日", "Next anniversary", "下一個週年")),
    Case("a year only", "P195", "kaohsiung", ("Signed 1991 (only the year",), ("1991年簽署（僅記載年份）",),
         never=("1 January", "1月1日", "Next anniversary", "下一個週年")),
    Case("severed, to the month", "P332", "taipei", ("ended", "Ended October 2019"), ("已終止", "2019年10月終止"),
         never=("years this year", "週年", "status not confirmed"), counts=None),
    Case("severed, to the day", "P333", "taipei", ("Ended 14 January 2020",), ("2020年1月14日終止",),
         never=("週年", "status not confirmed"), counts=None),
    Case("what it was severed for", "P26", "taipei", ("Signed 13 January 2020",), ("2020年1月13日簽署",)),
    Case("a count in a report", "P206", "kaohsiung", ("Basseterre", "Signed 25 June 2024"),
         ("巴士底市", "2024年6月25日簽署"), never=("巴斯特爾",)),
    Case("three parties", "P210", "kaohsiung", ("Together with Mutsu", "Signed 20 October 2025"),
         ("共同簽署：陸奧市", "2025年10月20日簽署"), counts=FRIEND),
    Case("a territory", "P211", "kaohsiung", ("**Guam**", "Signed 5 March 2026"), ("**關島**", "2026年3月5日簽署"),
         never=("United States", "美國")),
)  # fmt: skip

DATE, KIND_, PARTIES = frozenset({Fact.SIGNED}), frozenset({Fact.KIND}), frozenset({Fact.PARTIES})

CONFLICTS = (
    Case("day by time zone", "P89", "taoyuan",
         ("Signed 14 December 2022", "14 December 2022 (TECO Los Angeles", "or 15 December 2022 (n.yam.com)"),
         ("2022年12月14日簽署", "2022年12月15日（n.yam.com）"), disputes=DATE),
    Case("text and headline", "P108", "taichung",
         ("Signed 11 September 2007", "or 12 September 2007 (english.taichung.gov.tw (headline))"),
         ("2007年9月11日簽署", "或2007年9月12日"), disputes=DATE),
    Case("partner or sister", "P15", "taipei",
         ("Kind disputed: friendship city (chinatimes.com) or sister city (travel.taipei)",),
         ("類別說法不一：友好城市（chinatimes.com），或姊妹市（travel.taipei）",), counts=FRIEND, disputes=KIND_),
    Case("friendly exchange or sister", "P198", "kaohsiung", ("or sister city (ritouki-aichi.com)",),
         ("或姊妹市（ritouki-aichi.com）",), counts=FRIEND, disputes=KIND_),
    Case("Tottori", "P118", "taichung", ("or sister city (english.taichung.gov.tw)",),
         ("或姊妹市（english.taichung.gov.tw）",), counts=FRIEND, disputes=KIND_),
    Case("Aomori", "P113", "taichung", ("or sister city (english.taichung.gov.tw)", "Together with Hirakawa"),
         ("或姊妹市（english.taichung.gov.tw）", "共同簽署：平川市"), counts=FRIEND, disputes=KIND_),
    Case("planned as friendship", "P120", "taichung", ("or friendship city (searchmap.com.tw)",),
         ("或友好城市（searchmap.com.tw）",), disputes=KIND_),
    Case("a report of the day after", "P121", "taichung", ("Signed 26 February 2025",), ("2025年2月26日簽署",),
         never=("27 February", "2月27日", "disputed", "說法不一"), counts=MEMORANDUM),
    Case("a feast counted from the first year", "P152", "tainan",
         ("Signed January 2006", "Anniversary disputed: January 2026", "or 29 June 2025 (naruwanto.com)"),
         ("2006年1月簽署", "或2025年6月29日（naruwanto.com）"),
         never=("1 January 2006", "2006年1月1日"), counts=FRIEND, disputes=frozenset({Fact.ANNIVERSARY})),
    Case("declared invalid", "P200", "kaohsiung",
         ("Ended 10 June 2013", "Status disputed: ended (Maldivian foreign ministry"),
         ("2013年6月10日終止", "狀態說法不一：已終止"), counts=None, disputes=frozenset({Fact.STATUS})),
    Case("two acts: the first", "P14", "taipei", ("replaced by P26",), ("由 P26 取代",), counts=None,
         never=("Ended 13 January", "2020年1月13日終止")),
    Case("an old city of that name", "P245", "taoyuan",
         ("Taoyuan City of the time, now Taoyuan District", "or the municipality of Taoyuan"),
         ("當時的桃園市（今桃園區）", "或桃園市（直轄市）"), disputes=PARTIES),
    Case("an old county of that name", "P246", "taoyuan", ("Taoyuan County (pressreader.com)", "Signed January 2007"),
         ("桃園縣（pressreader.com）", "2007年1月簽署"), never=("18 January 2007", "2007年1月18日"), disputes=PARTIES),
    Case("signed again", "P70", "new-taipei",
         ("Signed 12 September 1994", "once: 12 September 1994 (with Taipei County) and 13 July 2012"),
         ("1994年9月12日簽署", "曾先後簽署：1994年9月12日"), disputes=DATE),
    Case("Starnberg", "P238", "new-taipei", ("Taipei County (github.com/muenchdo/TwinTowns) or New Taipei",),
         ("臺北縣（github.com/muenchdo/TwinTowns），或新北市",), counts=FRIEND, disputes=PARTIES),
    Case("Oberhavel", "P272", "taipei", ("Chiayi, city or county not said",), ("嘉義，未載市或縣",),
         counts=None, disputes=PARTIES),
    Case("Parchim", "P330", "taipei", ("Yunlin, county not said",), ("雲林，未載縣別",), disputes=PARTIES),
    Case("Emmendingen", "P197", "kaohsiung", ("or Kaohsiung County of the time",), ("或當時的高雄縣",),
         counts=None, disputes=PARTIES),
    Case("two acts: a memorandum", "P207", "kaohsiung", ("`P207` **memorandum**", "`P210` **friendship city**"),
         ("`P207` **合作備忘錄**", "`P210` **友好城市**"), counts=MEMORANDUM),
    Case("two acts: a memorandum", "P201", "kaohsiung", ("`P201` **memorandum**", "`P203` **friendship city**"),
         ("`P201` **合作備忘錄**", "`P203` **友好城市**"), counts=MEMORANDUM),
    Case("two acts: both memoranda", "P110", "taichung", ("Signed 27 November 2015", "Signed 8 September 2016"),
         ("2015年11月27日簽署", "2016年9月8日簽署"), counts=MEMORANDUM),
    Case("a 20th, of no month", "P218", "kaohsiung", ("Date of signing not recorded",), ("簽署日期未記載",),
         never=("Next anniversary", "下一個週年"), counts=FRIEND),
    Case("a 7th, of no month", "P186", "tainan", ("Date of signing not recorded",), ("簽署日期未記載",),
         never=("Next anniversary", "下一個週年"), counts=FRIEND),
    Case("an inferred year", "P88", "taoyuan", ("or 11 July, no year (ritouki.jp)",),
         ("或7月11日，未載年份（ritouki.jp）",), counts=FRIEND, disputes=DATE),
    Case("an inferred year", "P326", "taipei", ("or 3 August, no year",), ("或8月3日，未載年份",),
         counts=FRIEND, disputes=DATE),
    Case("an inferred year", "P208", "kaohsiung", ("or 17 December, no year",), ("或12月17日，未載年份",),
         counts=MEMORANDUM, disputes=DATE),
    Case("an inferred year", "P163", "tainan", ("or 22 November, no year",), ("或11月22日，未載年份",),
         counts=FRIEND, disputes=DATE),
    Case("not Taiwan's", "P334", "kaohsiung", ("Signed 1982 (only the year", "or 1960 (forum list"),
         ("1982年簽署（僅記載年份）", "或1960年"), disputes=DATE),
)  # fmt: skip

CASES = (*FACTS, *CONFLICTS)


def case_id(case: Case) -> str:
    return f"{case.record} {case.name}"


def number(record: str) -> int:
    return int(record[1:])


async def seen_from(desk: Desk, city: str, language: str = "en") -> Caller:
    return person(await office_of(desk, f"{city}-tw"), Role.EDITOR, language=language)


def words(embed: discord.Embed) -> str:
    return "\n".join(
        [embed.title or "", embed.description or "", *(f"{f.name}\n{f.value}" for f in embed.fields)]
    )


async def act_of(desk: Desk, record: str) -> NewPartnership:
    async with desk.database.read() as session:
        held = await versions.find(session, Record(RecordKind.PARTNERSHIP, number(record)))
    assert held is not None
    assert isinstance(held.content, NewPartnership)
    return held.content


# Each case --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=case_id)
async def test_a_case(seeded_desk: Desk, case: Case) -> None:
    """Its card says in both languages what is known and what is disputed, nothing invented; and it counts by rule."""
    for language, told in (("en", case.english), ("zh-TW", case.chinese)):
        caller = await seen_from(seeded_desk, case.office, language)
        text = words(partner_card(Texts(language), await show_partner(seeded_desk, caller, case.record)))
        assert [part for part in told if part not in text] == [], text
        assert [part for part in case.never if part in text] == [], text
    act = await act_of(seeded_desk, case.record)
    assert set(disputed(act.claims)) == case.disputes
    for fact in case.disputes & {Fact.SIGNED, Fact.KIND}:  # the record says what is preferred
        held = act.signed.iso() if fact is Fact.SIGNED and act.signed else act.kind.value
        assert [c.value for c in act.claims if c.fact is fact and c.preferred] == [held]
    assert await counted_as(seeded_desk, act, case) == case.counts


async def counted_as(desk: Desk, act: NewPartnership, case: Case) -> Kind | None:
    """The kind under which the list of its first party, or of what that has become, counts the act."""
    for kind in (SISTER, FRIEND, MEMORANDUM):
        chosen = PartnerFilter(act.parties[0], kind=kind)
        listed = await list_partners(desk, await seen_from(desk, case.office), chosen)
        if number(case.record) in {item.act.id for item in listed.acts}:
            return kind
    return None


def test_every_record_with_claims_or_a_life_has_a_case() -> None:
    """Whoever enters a doubt into the starter data says here what is to be seen of it."""
    with_doubt = {f"P{row['number']}" for row in rows("partnerships") if row["claims"] or row["history"]}
    others = {"P26", "P112", "P203", "P210"}  # the second of two acts, shown with the first
    assert with_doubt - {case.record for case in CASES} - others == set()


# Each typed in ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Typed:
    """A case as a keeper would type it in, from the row of the starter data."""

    row: dict[str, str]
    office: str
    partner: str
    others: tuple[str, ...]

    @property
    def form(self) -> ActForm:
        row = self.row
        sources = "\n".join(row["sources"].split(" ; "))
        return ActForm(
            self.partner, row["kind"], row["signed"], "; ".join(self.others), row["named"], sources, row["note"],
            all_the_same=True,
        )  # fmt: skip


def typed(case: Case) -> Typed:
    """The office is that of the case, or of the first party where the case is of other countries."""
    row = next(row for row in rows("partnerships") if row["number"] == case.record[1:])
    parties = row["parties"].split("|")
    office = f"{case.office}-tw"
    family = {office} | {p["key"] for p in rows("places") if office in (p["successor"], p["parent"])}
    if not family & set(parties):
        office, family = parties[0], {parties[0]}
    partner, *more = (party for party in parties if party not in family)
    return Typed(row, office, partner, (*more, *(party for party in parties if party in family - {office})))


@pytest.mark.parametrize("case", CASES, ids=case_id)
async def test_a_case_can_be_typed_in(seeded_desk: Desk, case: Case) -> None:
    """Kind, date, parties, end and what sources say, through what the forms call: nothing lost or invented."""
    asked = typed(case)
    row, editor = asked.row, person(await office_of(seeded_desk, asked.office), Role.EDITOR)
    record = (await add_partnership(seeded_desk, editor, asked.form)).act.record
    if row["superseded_by"]:
        await replace_act(seeded_desk, editor, record, f"P{row['superseded_by']}")
    elif row["status"] == "ended":
        last = parts(row["history"])[-1]
        said = {name: str(last.get(name, "")) for name in ("reason", "by_whom", "trigger", "source")}
        words = StepWords(str(last["since"]), **{name: text or "not stated" for name, text in said.items()})
        await end_act(seeded_desk, editor, record, words)
    for claim in parts(row["claims"]):
        fields = ClaimFields(*(str(claim.get(name, "")) for name in ("value", "source", "as_of", "note")))
        told = await add_claim(seeded_desk, editor, record, Fact(str(claim["fact"])), fields)
        if claim.get("preferred"):
            index = identities(told.told.claims).index(identities([told.claim])[0])
            await prefer_claim(seeded_desk, editor, record, str(index + 1))
    act, wanted = await act_of(seeded_desk, record), await act_of(seeded_desk, case.record)
    assert (act.kind, act.signed, set(act.parties)) == (wanted.kind, wanted.signed, set(wanted.parties))
    assert (act.superseded_by, act.sources, act.note) == (wanted.superseded_by, wanted.sources, wanted.note)
    ended = act.history[-1] if wanted.status is Status.ENDED else None
    assert (act.status is Status.ENDED, ended and ended.since) == (
        wanted.status is Status.ENDED, ended and wanted.history[-1].since,
    )  # fmt: skip
    assert set(disputed(act.claims)) == case.disputes
    assert {(c.fact, c.value, c.source) for c in wanted.claims} <= {
        (c.fact, c.value, c.source) for c in act.claims
    }


# What is not an act of one card ------------------------------------------------------------------------------


async def test_who_severed_it_why_and_for_what(seeded_desk: Desk) -> None:
    """Shanghai's end has by whom, reason, trigger and source; Beijing's a month, by whom and why."""
    shanghai = (await act_of(seeded_desk, "P333")).history[-1]
    assert (shanghai.status, shanghai.since) == (Status.ENDED, PartialDate(2020, 1, 14))
    told = "\n".join(said_lines(Texts("en"), shanghai))
    for part in ("Shanghai", "answer to the agreement of Prague with Taipei", "P26", "radio.cz"):
        assert part in told
    beijing = (await act_of(seeded_desk, "P332")).history[-1]
    assert (beijing.since, beijing.by_whom) == (PartialDate(2019, 10), "Prague")
    assert "one China" in (beijing.reason or "")
    male = (await act_of(seeded_desk, "P200")).history[-1]
    assert (male.since, male.by_whom) == (
        PartialDate(2013, 6, 10),
        "Maldivian foreign ministry / 馬爾地夫外交部",
    )


async def test_three_parties_are_one_agreement_and_two_places(seeded_desk: Desk) -> None:
    """Kaohsiung with Aomori and Mutsu: the one act stands once in the list, and counts two partner places."""
    caller = await seen_from(seeded_desk, "kaohsiung")
    listed = await list_partners(seeded_desk, caller, PartnerFilter(text="Mutsu"))
    assert [item.act.id for item in listed.acts] == [210]
    count = listed.counted[CountRule.PARTNERS]
    assert (count.agreements, count.places) == (1, 2)


async def test_a_territory_is_told_apart(seeded_desk: Desk) -> None:
    """Guam has its own code: asked for the United States it is named beside the list, not in it and not left out."""
    caller = await seen_from(seeded_desk, "kaohsiung")
    guam = await list_partners(seeded_desk, caller, PartnerFilter(country="GU"))
    states = await list_partners(seeded_desk, caller, PartnerFilter(country="US"))
    assert [item.act.id for item in guam.acts] == [211]
    assert 211 not in {item.act.id for item in states.acts}
    assert [item.act.id for item in states.territory_apart] == [211]


async def test_talks_are_no_tie(seeded_desk: Desk) -> None:
    """Kaohsiung and Oakland: talks of 2019 are an exchange (X68), and no source knows of a signing: no act at all."""
    with pytest.raises(NotFound, match=r"partner\.no_tie"):
        await show_partner(seeded_desk, await seen_from(seeded_desk, "kaohsiung"), "Oakland")
    (talks,) = (row for row in rows("exchanges") if row["number"] == "68")
    assert ("oakland-us" in talks["places"], talks["note"]) == (True, "talks only, no signing was found")
    assert not any("oakland-us" in row["parties"].split("|") for row in rows("partnerships"))


async def test_an_inferred_year_of_a_journey_is_said(seeded_desk: Desk) -> None:
    """The mayor's journey of 2016, by one article of 2015, is told with its doubt in the note of the exchange."""
    (journey,) = (row for row in rows("exchanges") if row["number"] == "42")
    assert journey["date"] == "2016-03-08"
    assert "early 2015" in journey["note"]


async def test_a_memorandum_is_no_sister_city(seeded_desk: Desk, tmp_path: Path) -> None:
    """Kaohsiung and Dresden, which no file has: imported, it counts as a memorandum, dated to the month."""
    caller = await seen_from(seeded_desk, "kaohsiung")
    before = (await list_partners(seeded_desk, caller, PartnerFilter())).counted
    table = tmp_path / "dresden.csv"
    table.write_text(
        "city,city_country,partner,partner_country,kind,signed,status,source\n"
        "Kaohsiung,TW,Dresden,DE,mou,2025-09,active,a report of September 2025\n",
        encoding="utf-8",
    )
    report = await import_file(seeded_desk, Sheet.PARTNERSHIPS, table)
    assert (report.added, report.problem_count) == (1, 0)
    after = (await list_partners(seeded_desk, caller, PartnerFilter())).counted
    assert [after[rule].agreements - before[rule].agreements for rule in CountRule] == [0, 0, 1]
    text = words(partner_card(Texts("zh-TW"), await show_partner(seeded_desk, caller, "Dresden")))
    assert "合作備忘錄" in text
    assert "2025年9月簽署" in text
    assert "9月1日" not in text
    assert "德勒斯登" in text


# Counts -----------------------------------------------------------------------------------------------------


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(STARTER.joinpath(f"{name}.csv").read_text(encoding="utf-8").splitlines()))


def own_rows(city: str) -> list[dict[str, str]]:
    """The oracle: acts in force of a city and of what became part of it, straight from the file."""
    own = {city} | {row["key"] for row in rows("places") if row["successor"] == city}
    return [
        row
        for row in rows("partnerships")
        if own & set(row["parties"].split("|")) and row["status"] in ("active", "unknown")
    ]


@pytest.mark.parametrize("city", ["taipei", "new-taipei", "taoyuan", "taichung", "tainan", "kaohsiung"])
async def test_counts_by_rule(seeded_desk: Desk, city: str) -> None:
    """Sister cities; with friendship; with memoranda; partner places: as somebody counts who reads the file by hand."""
    found = own_rows(f"{city}-tw")
    kinds = [row["kind"] for row in found]
    sister, friendship, memoranda = (kinds.count(kind) for kind in ("sister_city", "friendship_city", "mou"))
    listed = await list_partners(seeded_desk, await seen_from(seeded_desk, city), PartnerFilter())
    expected = [sister, sister + friendship, sister + friendship + memoranda]
    assert [listed.counted[rule].agreements for rule in CountRule] == expected
    own = {f"{city}-tw"} | {row["key"] for row in rows("places") if row["successor"] == f"{city}-tw"}
    partners = {
        place
        for row in found
        if row["kind"] in ("sister_city", "friendship_city")
        for place in row["parties"].split("|")
        if place not in own
    }
    assert listed.counted[CountRule.PARTNERS].places == len(partners)


@pytest.mark.parametrize(
    ("city", "english", "chinese"),
    [
        ("taipei", ["49 sister, 3 partner and 5 friendship cities", "as of April 2019", "as of July 2019",
                    "Prague is the 50th", "as of January 2020", "48 sister cities", "as of August 2021"],
         ["姊妹市49、夥伴市3、友誼市5", "布拉格為第50個", "姊妹市48"]),
        ("kaohsiung", ["25 (mykaohsiung.com), as of 2019", "40th", "43rd", "44th and 45th"], ["第40個", "第43個"]),
        ("taichung", ["29 sister and 14 friendship cities, 43 in 14 countries", "as of January 2026"], ["共14國43個"]),
        ("new-taipei", ["38 sister ties in the United States alone", "as of March 2025", "districts"], ["加州13個"]),
    ],
)  # fmt: skip
async def test_disputed_counts_stand_beside_the_count(
    seeded_desk: Desk, city: str, english: list[str], chinese: list[str]
) -> None:
    """What others say of the number is told with its date and its source, and changes no count."""
    listed: PartnerList = await list_partners(
        seeded_desk, await seen_from(seeded_desk, city), PartnerFilter()
    )
    for language, told in (("en", english), ("zh-TW", chinese)):
        text = "\n".join(claim_line(Texts(language), claim) for claim in listed.said)
        assert [part for part in told if part not in text] == [], text
    assert not any(claim.preferred for claim in listed.said)
    narrowed = await list_partners(
        seeded_desk, await seen_from(seeded_desk, city), PartnerFilter(country="US")
    )
    assert narrowed.said == ()  # they speak of all partners


# Anniversaries ----------------------------------------------------------------------------------------------


async def test_a_disputed_day_is_kept_by_the_preferred_one_and_says_so(seeded_desk: Desk) -> None:
    """Long Beach: 14 December, in the list and in the post, each saying that it is disputed."""
    caller = await seen_from(seeded_desk, "taoyuan")
    coming = await coming_anniversaries(seeded_desk, caller, 60)
    (item,) = (each for each in coming.by_day if each.act.record == "P89")
    assert (item.anniversary.occurrence, item.day_disputed) == (PartialDate(2026, 12, 14), True)
    assert not any(
        each.day_disputed for each in coming.by_day if each.act.record == "P87"
    )  # Guam, the day after
    day = item.anniversary.occurrence.earliest()
    posts = await preview(seeded_desk, day, 1, caller.own_office())
    (text,) = (post_text(post) for post in posts if post.reminder.subject == "P89")
    assert "日期說法不一：2022年12月14日" in text
    assert "此處依第一說" in text


async def test_a_year_never_becomes_a_day(seeded_desk: Desk) -> None:
    """Of acts that are dated to the year, no anniversary names a day or a month."""
    for record in ("P105", "P195", "P255"):
        async with seeded_desk.database.read() as session:
            act: Partnership | None = await partnership(
                session, (await seen_from(seeded_desk, "taipei")).viewer, number(record)
            )
        assert act is not None
        assert act.signed is not None
        coming = next_anniversary(act.signed, seeded_desk.clock().date())
        assert coming is not None
        assert coming.occurrence.month is None


# Out and in again -------------------------------------------------------------------------------------------

CARRIED = (Sheet.PLACES, Sheet.OFFICES, Sheet.GROUPS, Sheet.PARTNERSHIPS, Sheet.EXCHANGES)


async def test_exported_and_imported_they_are_the_same(seeded_desk: Desk, desk: Desk, tmp_path: Path) -> None:
    """Claims, the life of each act and disputed counts, byte by byte; and as they stand in the starter data."""
    first, again = tmp_path / "first", tmp_path / "again"
    await export_registry(seeded_desk, first, None)
    for sheet in CARRIED:
        report = await import_file(desk, sheet, first / f"{sheet.value}.csv")
        assert report.problem_count == 0
    await export_registry(desk, again, None)
    for sheet in CARRIED:
        before, after = ((folder / f"{sheet.value}.csv").read_bytes() for folder in (first, again))
        assert before == after
    exported = {row["number"]: row for row in read(again / "partnerships.csv")}
    starter = {row["number"]: row for row in rows("partnerships")}
    for case in CASES:
        one, two = exported[case.record[1:]], starter[case.record[1:]]
        assert (one["kind"], one["signed"], one["status"], one["parties"]) == (
            two["kind"], two["signed"], two["status"], two["parties"]
        )  # fmt: skip
        assert parts(one["claims"]) == parts(two["claims"])
    async with desk.database.read() as session:
        taipei = await place_by_key(session, None, "taipei-tw")
        assert taipei is not None
        assert len(await counts_of(session, taipei.id)) == 4


def read(path: Path) -> Iterable[dict[str, str]]:
    return csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())


def parts(cell: str) -> list[dict[str, object]]:
    return list(json.loads(cell)) if cell else []
