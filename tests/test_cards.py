"""Cards and pages never overflow what Discord takes, and user text has no effect."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import discord
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.anniversaries import next_anniversary
from bot.domain.dates import PartialDate
from bot.domain.exchanges import Exchange, ExchangeKind, ExchangeLevel, ExchangeStatus, LastContact
from bot.domain.health import Known, health
from bot.domain.kind_rules import KindRule
from bot.domain.offices import LANGUAGES
from bot.domain.partnerships import Kind, Parts, Status, StatusChange
from bot.domain.places import Level
from bot.domain.ties import Tie
from bot.services.partnerships import Dealings, PartnerCard
from bot.ui.callers import chat_texts, inert
from bot.ui.cards import Card, fit
from bot.ui.pages import LINES, Heading, page_of
from bot.ui.partnerships import partner_card
from db.act_parts import PART_KINDS
from tests.acts import whole_act
from tests.domain.builders import act, place

words = st.sampled_from(
    (
        *(
            "高雄",
            "🇹🇼",
            "👨\u200d👩\u200d👧",
            "𠮷",
            "مرحبا",
            "\u202e",
            "**",
            "_",
            "`",
            "||",
            "~~",
            "# ",
            "> ",
            "- ",
            "\\",
        ),
        *("@everyone", "@here", "<@123456789012345678>", "<@&1>", "<#1>", "\n", " ", "(c)", "]("),
        *("[a](http://x)", "[b](http://y)", "http://x/a_b"),
    )
)
texts = st.one_of(
    st.text(max_size=50),
    st.lists(words, max_size=12).map("".join),
    st.builds(
        lambda unit, times: unit * times, words | st.text(min_size=1, max_size=3), st.integers(0, 7000)
    ),
)


def units(text: str | None) -> int:
    """Length as Discord counts it."""
    return len((text or "").encode("utf-16-le")) // 2


def assert_fits(embed: discord.Embed) -> None:
    names, values = [f.name for f in embed.fields], [f.value for f in embed.fields]
    assert units(embed.title) <= 256
    assert units(embed.description) <= 4096
    assert units(embed.footer.text) <= 2048
    assert len(embed.fields) <= 25
    assert all(units(name) <= 256 for name in names)
    assert all(0 < units(value) <= 1024 for value in values)
    parts = [embed.title, embed.description, embed.footer.text, *names, *values]
    assert sum(units(part) for part in parts) <= 6000


Step = Callable[[Card], Card]
steps = st.one_of(
    st.lists(texts, max_size=5).map(lambda lines: lambda card: card.text(lines)),
    st.tuples(texts, st.lists(texts, max_size=4)).map(lambda f: lambda card: card.field(f[0], f[1])),
)


@settings(max_examples=150)
@given(texts, texts, st.lists(steps, max_size=30))
def test_a_card_never_overflows(title: str, footer: str, made: list[Step]) -> None:
    """Whatever is put in, in whatever order, counted in UTF-16 units."""
    card = Card(title, footer=footer)
    for step in made:
        step(card)
    assert_fits(card.embed)


def test_a_card_that_is_full_takes_no_more() -> None:
    """Fields that do not fit are left out; the text before them stays whole."""
    card = Card("t" * 300, footer="f" * 3000).text(["d" * 2000])
    for number in range(40):
        card.field(f"{number}", ["v" * 1024])
    assert card.embed.description == "d" * 2000
    assert [field.name for field in card.embed.fields] == ["0"]
    assert_fits(card.embed)


def test_a_full_card_still_takes_a_text() -> None:
    """With nothing left, what comes is cut to nothing, and the program goes on."""
    assert fit("abc", 0) == ""
    card = Card("t", footer="f" * 2047)
    for number in range(8):
        card.field("n", ["v" * (1023 if number < 3 else 1)])
    card.text(["d" * 4096]).text(["e" * 4096]).text(["f" * 4096])
    assert_fits(card.embed)


@given(texts, st.integers(1, 300))
def test_fitting(text: str, limit: int) -> None:
    """A text that fits stays as it is; another keeps its beginning and ends with an ellipsis."""
    found = fit(text, limit)
    assert units(found) <= limit
    if units(text) <= limit:
        assert found == text
    else:
        assert found.endswith("…")
        assert text.startswith(found[:-1])
        assert units(found) >= 1


def test_empty_lines_and_fields_are_left_out() -> None:
    """What has nothing to say takes no room."""
    embed = Card("t").text(["a", "", "b"]).field("n", []).field("m", [""]).field("o", ["c", ""]).embed
    assert (embed.description, [(f.name, f.value) for f in embed.fields]) == ("a\nb", [("o", "c")])


# The card of a partner ---------------------------------------------------------------------------

TODAY = date(2026, 11, 20)
UNITS = ("高雄 ", "👨\u200d👩\u200d👧", "**@everyone** ", "\n# <@&1> ", "[a](http://x) ", "x")


def full_card(text: str) -> PartnerCard:
    """A card with this text wherever there is room for words, and more of everything than can be shown."""
    home = replace(place(1, "h", zone="Asia/Taipei", level=Level.PREFECTURE), name_en=text, name_zh=text)
    local = {"name_en": text, "name_zh": f"{text}z", "name_local": f"{text}l", "level": Level.CITY}
    partner, *others = (replace(place(n, f"p{n}"), **local) for n in range(2, 40))  # type: ignore[arg-type]
    values = whole_act(text)
    parts = Parts(**{name: values.pop(name) * 20 for name in PART_KINDS})
    acts = [
        act(
            number, parties=(home, partner, *others[:4]), signed="2004-02-29", status=status, named=text,
            history=(StatusChange(status, PartialDate(2020), text, until=PartialDate(2021)),),
            sources=(text,) * 6, as_of=PartialDate(2026), **values,
        )
        for number, status in enumerate((*Status, *Status), 1)
    ]  # fmt: skip
    exchange = Exchange(
        7, ExchangeKind.VISIT, None, ExchangeStatus.HELD, ExchangeLevel.CIVIC, PartialDate(2020), None, None, text,
        text, None, None, None, (home, partner),
    )  # fmt: skip
    tie = Tie(partner, acts, LastContact(7, exchange.date))
    return PartnerCard(
        home=home,
        tie=tie,
        parts={each.id: parts for each in acts},
        quiet=tie.quietness(TODAY),
        health=health(Known(tie.quietness(TODAY), tie.last, [exchange] * 3, [1]), TODAY),
        anniversary=next_anniversary(PartialDate(2004, 2, 29), TODAY),
        dealings=Dealings([exchange] * 3, exchange, 9999, {ExchangeLevel.CIVIC: 9999}, frozenset()),
        through=[],
        others=others,
        others_scopes=frozenset(),
        distance=12345.6,
        now=datetime(2026, 11, 20, 4, tzinfo=UTC),
        today=TODAY,
        kind_rules={kind: KindRule(kind, text, text) for kind in Kind},
    )


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("times", [1, 20, 120])
def test_the_card_of_a_partner_never_overflows(unit: str, times: int) -> None:
    """Whatever is on record, in both languages; what it begins with is never lost."""
    card = full_card(unit * times)
    for language in LANGUAGES:
        texts = chat_texts(language)
        embed = partner_card(texts, card)
        assert_fits(embed)
        assert embed.fields[0].name == texts("partner.agreements")
        assert str(embed.fields[0].value).startswith(f"`{card.tie.lead_act.record}`")


# Pages -------------------------------------------------------------------------------------------

lines = st.lists(
    st.one_of(st.text(max_size=3), st.text(max_size=3).map(Heading), st.just(Heading("h"))), max_size=60
)


@given(lines)
@example([Heading("h")] * 30)
@example(["a"] * 10 + [Heading("h"), Heading("i"), "b"])
def test_pages_lose_and_double_nothing(given_lines: list[str]) -> None:
    """All pages together are the list, none is too long, none but an only one is empty."""
    pages = page_of(given_lines, 0)[2]
    found = [page_of(given_lines, index) for index in range(pages)]
    assert [line for page, _, _ in found for line in page] == given_lines
    assert [(index, count) for _, index, count in found] == [(index, pages) for index in range(pages)]
    assert all(len(page) <= LINES for page, _, _ in found)
    assert all(page for page, _, _ in found) or pages == 1


@given(lines)
@example(["a"] * 11 + [Heading("h"), "b"])
@example(["a"] * 10 + [Heading("h"), Heading("i"), "b"])
def test_no_page_ends_with_a_heading(given_lines: list[str]) -> None:
    """A heading goes with what it heads, unless nothing follows or the page is headings throughout."""
    for index in range(page_of(given_lines, 0)[2] - 1):
        page = page_of(given_lines, index)[0]
        assert not isinstance(page[-1], Heading) or all(isinstance(line, Heading) for line in page)


@pytest.mark.parametrize(("index", "shown"), [(-1, 0), (0, 0), (1, 1), (2, 2), (3, 2), (10**9, 2)])
def test_a_page_that_is_not_there_is_the_nearest(index: int, shown: int) -> None:
    """A list that became shorter since the button was made still shows something."""
    assert page_of(["a"] * (2 * LINES + 1), index)[1:] == (shown, 3)


def test_an_empty_list_has_one_page() -> None:
    """And nothing on it."""
    assert page_of([], 5) == ([], 0, 1)


# User text ---------------------------------------------------------------------------------------

ALIVE = re.compile(
    r"(?P<link>https?://[^\s<]+[^<.,:;\"'\]\s])|(?P<escaped>\\[!-/:-@\[-`{-~])"
    r"|(?P<alive>[*_~|`\[]|<(?=[@#/:A-Za-z])|@(?:everyone|here))"
)
"""As Discord reads: a bare link and an escaped mark have no effect, any other mark or tag has one."""


def alive(shown: str) -> list[str]:
    return [match["alive"] for match in ALIVE.finditer(shown) if match["alive"]]


HARMFUL = (
    "@everyone",
    "@here",
    "<@1>",
    "<@!123456789012345678>",
    "<@&1>",
    "<@&123456789012345678>",
    "<#123456789012345678>",
    "</visit:123456789012345678>",
    "<t:0:R>",
    "[a](http://x)",
    "[a](http://x) [b](http://y)",
    "[a](http://x) **bold** (c)",
    "[a](http://x) @everyone (c)",
    "**bold** _italic_ ~~struck~~ ||hidden|| `code` ```block```",
    "# title",
    "-# small",
    "> quoted",
    ">>> all quoted",
    "- a list",
    "* a list",
    "\\*\\*bold",
    "first\n# second\n> third",
    "http://x/a_b*c [d](http://y)",
    "http://x/<#123456789012345678>",
    "http://x/<t:0:R>",
)


@pytest.mark.parametrize("text", HARMFUL)
def test_user_text_is_inert(text: str) -> None:
    """It stays on one line, pings nobody, and none of its marks has an effect."""
    shown = inert(text)
    assert "\n" not in shown
    assert alive(shown) == []
    assert not re.match(r"(?:#{1,3}|-#|>{1,3}|[-*+])\s", shown)


@given(st.lists(st.one_of(words, st.text(max_size=3)), max_size=10).map("".join))
def test_any_text_is_inert_and_keeps_its_letters(text: str) -> None:
    """Nothing has an effect, and what a reader sees is what was typed, on one line."""
    shown = inert(text)
    assert alive(shown) == []
    assert len(shown.splitlines()) <= 1
    assert not re.search("@(everyone|here)", shown)
    assert re.sub("[\\\\\u200b]", "", shown) == re.sub("[\\\\\u200b]", "", " ".join(text.split()))


def test_plain_text_stays_as_it_is() -> None:
    """Names and addresses are not disfigured."""
    for text in (
        "Kaohsiung–Seattle",
        "St. Denis (93)",
        "https://example.org/a_b?c=d*e",
        "6 people, 3:30 pm",
        "a@b.example",
        "高雄市",
    ):
        assert inert(text) == text
