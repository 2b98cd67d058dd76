"""Names in questions: which places they may mean, however they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.places import Place
from bot.domain.regions import Region
from bot.questions.conditions import Area
from bot.questions.text.normal import Sort, tokens_of, words_of
from bot.questions.vocabulary.lexicon import Countries, GroupName, Known, Lexicon
from bot.questions.vocabulary.mentions import abroad, find, slips
from tests.questions.registry import starter_lexicon


def keys_of(text: str) -> list[str]:
    """The keys of the places that the longest name in the text may mean."""
    tokens = tokens_of(text)
    mentions = find(tokens, starter_lexicon())
    longest = max(mentions, key=lambda m: m.end - m.start, default=None)
    return [place.key for place in longest.places] if longest else []


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Kaohsiung", ["kaohsiung-tw"]),
        ("KAO-HSIUNG", ["kaohsiung-tw"]),
        ("高雄市", ["kaohsiung-tw"]),
        ("台北", ["taipei-tw"]),
        ("台北縣", ["taipei-county-tw"]),
        ("Losangeles", ["los-angeles-us", "los-angeles-county-us"]),
        ("L.A.", ["los-angeles-us"]),
        ("Łódź", ["lodz-pl"]),
        ("ulan ude", ["ulan-ude-ru"]),
        ("横浜", ["yokohama-jp"]),
        ("广岛", []),
        ("Kumamoto", ["kumamoto-jp", "kumamoto-prefecture-jp"]),
        ("Kumamoto City", ["kumamoto-jp"]),
        ("熊本縣", ["kumamoto-prefecture-jp"]),
        ("city of Kumamoto", ["kumamoto-jp"]),
        ("Columbus", ["columbus-oh-us", "columbus-ga-us"]),
        ("奧克蘭", ["auckland-nz", "oakland-us"]),
        ("桃園", ["taoyuan-tw"]),
        ("Taoyuan District", ["taoyuan-district-tw"]),
        ("新竹", ["hsinchu-city-tw", "hsinchu-county-tw"]),
        ("Panama", []),
        ("Panama City", ["panama-city-pa"]),
    ],
)
def test_places_by_their_names(text: str, keys: list[str]) -> None:
    assert sorted(keys_of(text)) == sorted(keys)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Japanese", Countries(("JP",))),
        ("U.S.A.", Countries(("US",))),
        ("捷克", Countries(("CZ",))),
        ("Benelux", Countries(("BE", "NL", "LU"))),
        ("Southeast Asian", Region.SOUTHEAST_ASIA),
        ("歐洲", Region.EUROPE),
        ("加州", Area("US", "California")),
        ("六都", GroupName("six-municipalities")),
        ("the six special municipalities", GroupName("six-municipalities")),
    ],
)
def test_what_is_no_place(text: str, meaning: object) -> None:
    tokens = tokens_of(text)
    whole = [
        m for m in find(tokens, starter_lexicon()) if (m.start, m.end) == (0, len(tokens)) or "." in text
    ]
    assert any(meaning in mention.meanings for mention in whole)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Kaoshiung", "kaohsiung-tw"),
        ("Seatle", "seattle-us"),
        ("Praque", "prague-cz"),
        ("Indianapollis", "indianapolis-us"),
        ("西雅土", "seattle-us"),
    ],
)
def test_slips_are_read(typed: str, key: str) -> None:
    tokens = tokens_of(typed)
    found = [
        m for m in slips(tokens, range(len(tokens)), starter_lexicon()) if m.end - m.start == len(tokens)
    ]
    assert [place.key for mention in found for place in mention.places] == [key]


def test_a_slip_of_two_names_may_be_either() -> None:
    tokens = tokens_of("布拉哥")
    found = [m for m in slips(tokens, range(3), starter_lexicon()) if m.end - m.start == len(tokens)]
    assert {place.key for mention in found for place in mention.places} == {"prague-cz", "bulacan-ph"}


@pytest.mark.parametrize("typed", ["Atlantis", "Lodi", "Xyzburg", "高熊", "Narnia"])
def test_another_name_is_no_slip(typed: str) -> None:
    tokens = tokens_of(typed)
    assert slips(tokens, range(len(tokens)), starter_lexicon()) == []


def test_the_world_is_asked_for_what_the_registry_lacks() -> None:
    tokens = tokens_of("Reykjavik")
    (mention,) = abroad(tokens, [0], starter_lexicon())
    assert [(p.id, p.name_en, p.country) for p in mention.places] == [(0, "Reykjavík", "IS")]


def test_homonyms_stay_apart() -> None:
    """Two Tainans and the countries of three Portlands."""
    places = [
        Place(1, "tainan-tw", "Tainan", "臺南市", None, "TW"),
        Place(2, "tainan-cn", "Tainan", None, None, "CN"),
        Place(3, "portland-or", "Portland", "波特蘭", None, "US", "Oregon"),
        Place(4, "portland-me", "Portland", "波特蘭", None, "US", "Maine"),
    ]
    lexicon = Lexicon([Known(p, (), p.id) for p in places], {})
    assert [m.id for m in lexicon.meanings(["tainan"]) if isinstance(m, Place)] == [2, 1]
    assert [m.id for m in lexicon.meanings(list("波特兰")) if isinstance(m, Place)] == [4, 3]


@given(st.text(max_size=80))
def test_any_text_has_tokens_that_lie_in_it(text: str) -> None:
    tokens = tokens_of(text)
    assert all(token.text and 0 <= token.start < token.end <= len(text) for token in tokens)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)


@given(st.sampled_from(sorted(n for k in starter_lexicon().known.values() for n in k.all_names())))
def test_every_name_of_the_registry_is_found(name: str) -> None:
    """In a question as it stands, in capitals and in full width."""
    lexicon = starter_lexicon()
    for typed in (name, name.upper(), "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)):
        tokens = tokens_of(typed)
        words = [token.text for token in tokens if token.sort is not Sort.MARK]
        assert tuple(words) == words_of(name)
        assert (len(words) == 1 and len(words[0]) == 1) or lexicon.meanings(words)
