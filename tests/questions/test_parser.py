"""What questions ask: one table, each line a wording and its query."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.dates import PartialDate
from bot.domain.dormancy import Contact
from bot.domain.exchanges import ExchangeKind, ExchangeLevel, ExchangeStatus, Mode
from bot.domain.partnerships import Status
from bot.domain.periods import Period
from bot.domain.profiles import Topic as Field
from bot.domain.regions import Region
from bot.questions.conditions import (
    Acts,
    Area,
    Bound,
    Comparing,
    Comparison,
    Event,
    KindWord,
    Met,
    People,
    PlaceRef,
    Role,
    Turning,
    Where,
)
from bot.questions.frame import Frame
from bot.questions.outcomes import Ambiguous, NotUnderstood, OutOfScope, Reading, Topic, UnknownPlace, Why
from bot.questions.parser import parse
from bot.questions.query import About, Asked, Per, Presumed, Query, Rank, RankBy, Told, Unit
from tests.questions.registry import place_id, starter_lexicon, starter_places

TODAY = date(2026, 11, 20)
OWN, SIX = Where(own=True), Where(groups=("six-municipalities",))
SISTER, PARTNERS, MOU = (
    Acts(kinds=frozenset({word})) for word in (KindWord.SISTER, KindWord.PARTNERS, KindWord.MOU)
)


def at(*keys: str) -> Where:
    return Where(places=tuple(PlaceRef(place_id(key)) for key in keys))


def since(year: int) -> Period:
    return Period(PartialDate(year), None)


def within(year: int) -> Period:
    return Period(PartialDate(year), PartialDate(year))


def read(text: str, office: str | None = "kaohsiung-tw", frame: Query | None = None) -> Reading:
    home = starter_places()[office].place if office else None
    return parse(text, starter_lexicon(), TODAY, home, Frame(frame) if frame else None)


TAIPEI, KAOHSIUNG, TAINAN, TAICHUNG = (at(f"{n}-tw") for n in ("taipei", "kaohsiung", "tainan", "taichung"))
SEATTLE, PRAGUE, BUSAN = at("seattle-us"), at("prague-cz"), at("busan-kr")
JAPAN, US = Where(countries=("JP",)), Where(countries=("US",))
SIGNED = Query(
    asked=Asked.DATE, home=KAOHSIUNG, partner=SEATTLE, acts=SISTER, presumed=frozenset({Presumed.TIE})
)
LIST = Query(asked=Asked.PLACES, home=KAOHSIUNG, acts=SISTER)
OURS = replace(LIST, home=OWN, acts=PARTNERS)
COUNT = Query(asked=Asked.NUMBER, home=KAOHSIUNG, acts=SISTER)
MEETINGS = Query(asked=Asked.NUMBER, about=About.EXCHANGES, unit=Unit.EXCHANGES, home=OWN)
LAST = Query(
    asked=Asked.DATE, about=About.EXCHANGES, home=OWN, partner=PRAGUE,
    rank=Rank(RankBy.LAST), presumed=frozenset({Presumed.MET}),
)  # fmt: skip
TWO_YEARS = Period(PartialDate(2024, 11, 20), PartialDate(2026, 11, 20))

READINGS: list[tuple[str, str, Query]] = [
    # Dates
    ("When did Kaohsiung and Seattle become sister cities?", "高雄和西雅圖什麼時候締結姊妹市？", SIGNED),
    ("Since when is Seattle a sister city of Kaohsiung?", "西雅圖是從何時起成為高雄的姊妹市？", SIGNED),
    ("Kaohsiung, Seattle: sister cities since?", "高雄 西雅圖 姊妹市 何時", SIGNED),
    (
        "When did the tie between Kaohsiung and Malé end?",
        "高雄和馬列何時終止關係？",
        Query(
            asked=Asked.DATE,
            home=KAOHSIUNG,
            partner=at("male-mv"),
            acts=Acts(event=Event.ENDED),
            presumed=frozenset({Presumed.ENDED}),
        ),
    ),
    ("When was our last exchange with Prague?", "我們和布拉格最近一次交流是什麼時候？", LAST),
    (
        "When is our next exchange with Prague?",
        "我們下次和布拉格交流是什麼時候？",
        replace(
            LAST,
            rank=Rank(RankBy.NEXT),
            presumed=frozenset({Presumed.PLANNED}),
            exchanges=Met(statuses=frozenset({ExchangeStatus.PLANNED})),
        ),
    ),
    # Lists
    (
        "Which sister cities does Kaohsiung have in Japan?",
        "高雄在日本有哪些姊妹市？",
        replace(LIST, partner=JAPAN),
    ),
    ("Kaohsiung's Japanese sister cities", "高雄的日本姊妹市", replace(LIST, partner=JAPAN)),
    (
        "List our partners in Europe",
        "列出我們在歐洲的夥伴",
        replace(OURS, partner=Where(regions=(Region.EUROPE,))),
    ),
    ("Our partners outside Japan", "我們在日本以外的締盟城市", replace(OURS, partner=Where(without=JAPAN))),
    (
        "Sister cities of Kaohsiung in California",
        "高雄在加州的姊妹市",
        replace(LIST, partner=Where(areas=(Area("US", "California"),))),
    ),
    (
        "Which sister cities has Kaohsiung signed since 2020?",
        "2020年以來高雄締結了哪些姊妹市？",
        replace(LIST, acts=replace(SISTER, within=since(2020))),
    ),
    (
        "Which of our partners are dormant?",
        "我們有哪些締盟城市已經沉寂？",
        replace(OURS, states=frozenset({Contact.DORMANT, Contact.STALE})),
    ),
    (
        "Which partners have we not talked to for two years?",
        "哪些締盟城市我們兩年沒聯絡了？",
        replace(OURS, unmet=Met(within=TWO_YEARS)),
    ),
    (
        "Our partners without any exchange since 2020",
        "2020年以來我們沒有交流的夥伴",
        replace(OURS, unmet=Met(within=since(2020))),
    ),
    (
        "Which of our partners have we met by video since 2020?",
        "2020年以來我們和哪些締盟城市辦過視訊交流？",
        replace(OURS, met=Met(mode=Mode.VIRTUAL, within=since(2020))),
    ),
    (
        "Which memoranda do we have in Japan?",
        "我們在日本有哪些備忘錄？",
        replace(OURS, acts=MOU, partner=JAPAN),
    ),
    (
        "Which sister cities of Kaohsiung have ended?",
        "高雄有哪些已終止的姊妹市？",
        replace(LIST, acts=replace(SISTER, event=Event.ENDED, statuses=frozenset({Status.ENDED}))),
    ),
    # Several homes
    (
        "Which partners do Taipei and Kaohsiung have in common?",
        "臺北和高雄共同的締盟城市有哪些？",
        replace(OURS, home=TAIPEI, compare=Comparison(Comparing.COMMON, (KAOHSIUNG,))),
    ),
    (
        "Partners of Taipei that Kaohsiung does not have",
        "臺北有、高雄沒有的締盟城市",
        replace(OURS, home=TAIPEI, compare=Comparison(Comparing.DIFFERENCE, (KAOHSIUNG,))),
    ),
    (
        "Which of the six municipalities has the most sister cities?",
        "六都裡面哪個城市的姊妹市最多？",
        replace(LIST, home=SIX, rank=Rank(RankBy.MOST), per=Per.HOME),
    ),
    (
        "How many sister cities does each of the six municipalities have?",
        "六都各有幾個姊妹市？",
        Query(asked=Asked.STATISTICS, home=SIX, acts=SISTER, per=Per.HOME),
    ),
    # Counts
    (
        "How many sister cities does Kaohsiung have in the US?",
        "高雄在美國有幾個姊妹市？",
        replace(COUNT, partner=US),
    ),
    (
        "How many virtual visits did we hold on housing since 2023?",
        "2023年以來我們辦了幾次住宅的視訊交流？",
        replace(
            MEETINGS, exchanges=Met(mode=Mode.VIRTUAL, topics=frozenset({Field.HOUSING}), within=since(2023))
        ),
    ),
    (
        "How many exchanges did we have with Busan last year?",
        "去年我們和釜山交流幾次？",
        replace(MEETINGS, partner=BUSAN, exchanges=Met(within=within(2025))),
    ),
    (
        "In how many countries does Kaohsiung have sister cities?",
        "高雄的姊妹市分布在幾個國家？",
        replace(COUNT, unit=Unit.COUNTRIES),
    ),
    # Whether
    (
        "Is Kaohsiung a sister city of Seattle?",
        "高雄和西雅圖是姊妹市嗎？",
        Query(asked=Asked.BOOLEAN, home=KAOHSIUNG, partner=SEATTLE, acts=SISTER),
    ),
    (
        "Have we ever had a virtual visit with Busan?",
        "我們有沒有和釜山辦過視訊交流？",
        Query(
            asked=Asked.BOOLEAN,
            about=About.EXCHANGES,
            home=OWN,
            partner=BUSAN,
            exchanges=Met(mode=Mode.VIRTUAL),
        ),
    ),
    # Age and anniversaries
    (
        "How long have Kaohsiung and Seattle been sister cities?",
        "高雄跟西雅圖結為姊妹市幾年了？",
        replace(SIGNED, asked=Asked.NUMBER, unit=Unit.YEARS),
    ),
    (
        "Which of our partners turn 30 next year?",
        "明年我們有哪些締盟城市滿30年？",
        replace(OURS, turning=Turning(years=Bound(30, 30), within=within(2027))),
    ),
    # First and most
    ("What is our oldest partner?", "我們最早的締盟城市是哪一個？", replace(OURS, rank=Rank(RankBy.FIRST))),
    (
        "Kaohsiung's second sister city",
        "高雄的第二個姊妹市",
        replace(LIST, rank=Rank(RankBy.FIRST, position=2)),
    ),
    (
        "Which partner have we had the most exchanges with?",
        "我們和哪個締盟城市交流最多次？",
        replace(OURS, about=About.EXCHANGES, rank=Rank(RankBy.MOST), per=Per.PARTNER),
    ),
    # Who, why, how far
    (
        "Why did Kaohsiung end the tie with Malé?",
        "高雄為什麼終止和馬列的關係？",
        Query(
            asked=Asked.TEXT,
            told=Told.REASON,
            home=KAOHSIUNG,
            partner=at("male-mv"),
            acts=Acts(event=Event.ENDED),
            presumed=frozenset({Presumed.ENDED}),
        ),
    ),
    (
        "Who is our contact person in Busan?",
        "我們在釜山的聯絡窗口是誰？",
        Query(
            asked=Asked.TEXT,
            about=About.PEOPLE,
            told=Told.PERSON,
            home=OWN,
            partner=BUSAN,
            people=People(role=Role.CONTACT),
        ),
    ),
    (
        "How far is Kaohsiung from Seattle?",
        "高雄到西雅圖有多遠？",
        Query(asked=Asked.TEXT, about=About.PLACES, told=Told.DISTANCE, home=KAOHSIUNG, partner=SEATTLE),
    ),
    (
        "What is the time difference between Kaohsiung and Seattle?",
        "高雄和西雅圖的時差是幾小時？",
        Query(
            asked=Asked.TEXT, about=About.PLACES, told=Told.TIME_DIFFERENCE, home=KAOHSIUNG, partner=SEATTLE
        ),
    ),
    (
        "Exchanges of Kaohsiung per year since 2020",
        "高雄2020年以來每年的交流次數",
        Query(
            asked=Asked.STATISTICS,
            about=About.EXCHANGES,
            home=KAOHSIUNG,
            exchanges=Met(within=since(2020)),
            per=Per.YEAR,
        ),
    ),
    # Who went where
    (
        "Which cities did the mayor of Kaohsiung visit in 2016?",
        "高雄市長2016年訪問過哪些城市？",
        Query(
            asked=Asked.PLACES,
            about=About.EXCHANGES,
            home=KAOHSIUNG,
            exchanges=Met(
                kinds=frozenset({ExchangeKind.VISIT_OUT}),
                levels=frozenset({ExchangeLevel.LEADER}),
                within=within(2016),
            ),
        ),
    ),
]


@pytest.mark.parametrize(("english", "chinese", "query"), READINGS, ids=[each[0] for each in READINGS])
def test_readings(english: str, chinese: str, query: Query) -> None:
    assert read(english) == query
    assert read(chinese) == query


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("When did Columbus become a sister city?", ["columbus-oh-us", "columbus-ga-us"]),
        ("How many sister cities does Chiayi have?", ["chiayi-city-tw", "chiayi-county-tw"]),
        ("臺中和奧克蘭何時締盟？", ["auckland-nz", "oakland-us"]),
    ],
)
def test_homonyms_are_asked_back(text: str, keys: list[str]) -> None:
    reading = read(text, None)
    assert isinstance(reading, Ambiguous)
    assert {label.id for label in reading.labels} == {place_id(key) for key in keys}
    assert len(reading.choices) == len(keys)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("When did Tainan sign with Columbus, Ohio?", "columbus-oh-us"),
        ("臺中和喬治亞州哥倫布何時締盟？", "columbus-ga-us"),
        ("Kumamoto City and Kaohsiung: since when?", "kumamoto-jp"),
        ("高雄和熊本縣何時締盟？", "kumamoto-prefecture-jp"),
        ("高雄和紐西蘭的奧克蘭何時締盟？", "auckland-nz"),
    ],
)
def test_what_stands_beside_a_name_settles_it(text: str, key: str) -> None:
    reading = read(text)
    assert isinstance(reading, Query)
    assert reading.partner.places == (PlaceRef(place_id(key)),)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("What is the weather in Seattle?", Topic.WEATHER),
        ("你覺得哪個姊妹市最好？", Topic.OPINION),
        ("Is Taiwan a country?", Topic.POLITICS),
        ("Hello!", Topic.GREETING),
        ("謝謝您", Topic.THANKS),
        ("講個笑話", Topic.SMALL_TALK),
    ],
)
def test_what_is_out_of_scope(text: str, topic: Topic) -> None:
    assert read(text) == OutOfScope(topic)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", Why.EMPTY),
        ("?!", Why.EMPTY),
        ("asdf qwer zxcv", Why.NOTHING_KNOWN),
        ("Which of our flamboyant partners are dormant?", Why.UNKNOWN_WORDS),
        ("Only which partners?", Why.DOES_NOT_FIT),
        ("x" * 5000, Why.TOO_LONG),
        ("When did they sign?", Why.POINTS_NOWHERE),
        ("那個城市現在怎樣？", Why.POINTS_NOWHERE),
        ("日本有幾個城市？", Why.DOES_NOT_FIT),
        ("2030年高雄會有幾個姊妹市？", Why.DOES_NOT_FIT),
        ("桃園什麼時候締盟？", Why.DOES_NOT_FIT),
        ("為什麼要締結姊妹市？", Why.DOES_NOT_FIT),
        ("高雄和釜山會斷交嗎", Why.DOES_NOT_FIT),
    ],
)
def test_what_is_not_understood(text: str, why: Why) -> None:
    reading = read(text)
    assert isinstance(reading, NotUnderstood)
    assert reading.why is why


def test_a_place_that_nobody_knows_is_said_so() -> None:
    reading = read("When did Kaohsiung and Qwertzuville become sister cities?")
    assert isinstance(reading, UnknownPlace)
    assert reading.words == "Qwertzuville"


def test_a_place_of_the_world_is_known_not_to_be_ours() -> None:
    reading = read("Is Kaohsiung twinned with Zürich?")
    assert isinstance(reading, Query)
    assert [(ref.id, ref.name, ref.country) for ref in reading.partner.places] == [(None, "Zürich", "CH")]


FOLLOWING: list[tuple[str, str, str, str, Query]] = [
    (
        "When did Kaohsiung and Seattle become sister cities?",
        "高雄和西雅圖什麼時候締結姊妹市？",
        "and Prague?",
        "那布拉格呢？",
        replace(SIGNED, partner=PRAGUE),
    ),
    (
        "When did Kaohsiung and Seattle become sister cities?",
        "高雄和西雅圖什麼時候締結姊妹市？",
        "And Taipei?",
        "那臺北呢？",
        replace(SIGNED, home=TAIPEI),
    ),
    (
        "Which sister cities does Kaohsiung have in Japan?",
        "高雄在日本有哪些姊妹市？",
        "and in the US?",
        "那美國呢？",
        replace(LIST, partner=US),
    ),
    (
        "Which sister cities does Kaohsiung have in Japan?",
        "高雄在日本有哪些姊妹市？",
        "How many?",
        "有幾個？",
        replace(COUNT, partner=JAPAN),
    ),
    (
        "How many exchanges did we have with Busan last year?",
        "去年我們和釜山交流幾次？",
        "and in 2021?",
        "2021年呢？",
        replace(MEETINGS, partner=BUSAN, exchanges=Met(within=within(2021))),
    ),
    (
        "Which of our partners turn 30 next year?",
        "明年我們有哪些締盟城市滿30年？",
        "and 50?",
        "那50年呢？",
        replace(OURS, turning=Turning(years=Bound(50, 50), within=within(2027))),
    ),
]


@pytest.mark.parametrize(("english", "chinese", "then", "following", "query"), FOLLOWING)
def test_a_question_goes_on_from_the_one_before(
    english: str, chinese: str, then: str, following: str, query: Query
) -> None:
    for before, after in ((english, then), (chinese, following)):
        frame = read(before)
        assert isinstance(frame, Query)
        assert read(after, frame=frame) == query


def test_a_whole_question_takes_nothing_from_the_one_before() -> None:
    frame = read("Which of our partners in Europe are dormant?")
    assert isinstance(frame, Query)
    assert read("And when did Kaohsiung and Seattle become sister cities?", frame=frame) == SIGNED


UNFIT = [
    "Which sister cities did Kaohsiung have in 2000?",
    "When did Taiwan and Japan become sister cities?",
    "Does Kaohsiung only have sister cities in the US?",
    "高雄比釜山少幾個姊妹市",
    "六都都有締盟的國家是哪些",
    "Which of the Japanese partners of Tainan have we not met since 2019?",
]


@pytest.mark.parametrize("text", UNFIT)
def test_what_cannot_be_answered_as_one_question_is_asked_back(text: str) -> None:
    assert isinstance(read(text), NotUnderstood)


def test_a_slip_is_told() -> None:
    reading = read("When did Kaoshiung and Seatle become sister cities?")
    assert reading == SIGNED
    assert isinstance(reading, Query)
    assert dict(reading.corrected) == {"Kaoshiung": "kaohsiung", "Seatle": "seattle"}


def test_an_everyday_word_is_a_city_where_only_a_city_can_stand() -> None:
    reading = read("When did Kaohsiung sign with Nice?")
    assert isinstance(reading, Query)
    assert [ref.name for ref in reading.partner.places] == ["Nice"]
    assert read("Give me a nice list of Kaohsiung's sister cities") == LIST


def test_what_was_asked_of_each_of_several_is_asked_of_one_place_or_country_that_follows() -> None:
    frame = read("Are Busan and Seattle our sister cities?")
    assert isinstance(frame, Query)
    assert frame.every
    for after in ("And Portland?", "and in the USA?"):
        followed = read(after, frame=frame)
        assert isinstance(followed, Query)
        assert not followed.every
