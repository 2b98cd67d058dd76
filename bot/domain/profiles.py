"""What a place is good at, offers and seeks: topics of a fixed list, or words of one's own."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.dates import PartialDate

LONGEST_TAG = 40
"""Characters of a topic in words of one's own."""


class Side(StrEnum):
    STRENGTH = "strength"
    OFFERS = "offers"
    SEEKS = "seeks"


class Topic(StrEnum):
    """The fields in which cities work together."""

    PORT = "port"
    AIRPORT = "airport"
    TRANSPORT = "transport"
    EDUCATION = "education"
    YOUTH = "youth"
    CULTURE = "culture"
    SPORT = "sport"
    TOURISM = "tourism"
    TRADE = "trade"
    TECHNOLOGY = "technology"
    CLIMATE = "climate"
    ENVIRONMENT = "environment"
    HOUSING = "housing"
    AGEING = "ageing"
    HEALTH = "health"
    DISASTER = "disaster"
    AGRICULTURE = "agriculture"
    GOVERNANCE = "governance"
    EQUALITY = "equality"


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """One topic of a place. `topic` is a word of `Topic` or a free tag; `source` says on whose word."""

    side: Side
    topic: str
    source: str
    note: str | None = None
    as_of: PartialDate | None = None


def read_topic(text: str) -> str:
    """The word for a topic: a tag folded to one spelling, empty for nothing."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())[:LONGEST_TAG].strip()


def known_topic(tag: str) -> Topic | str:
    """The topic that a stored word stands for, the word itself where it is somebody's own."""
    return Topic(tag) if tag in set(Topic) else tag


TOPIC_WORDS: Mapping[Topic, str] = {
    Topic.PORT: "港口 港灣 海港 harbour harbor ports",
    Topic.AIRPORT: "機場 航空 airports",
    Topic.TRANSPORT: "交通 運輸 捷運 mobility",
    Topic.EDUCATION: "教育 學校 schools",
    Topic.YOUTH: "青年 青少年",
    Topic.CULTURE: "文化 藝術 arts",
    Topic.SPORT: "體育 運動 sports",
    Topic.TOURISM: "觀光 旅遊",
    Topic.TRADE: "貿易 經貿 產業 business",
    Topic.TECHNOLOGY: "科技 智慧城市 tech",
    Topic.CLIMATE: "氣候 淨零",
    Topic.ENVIRONMENT: "環境 環保",
    Topic.HOUSING: "住宅 居住 社會住宅",
    Topic.AGEING: "高齡 長照 aging",
    Topic.HEALTH: "衛生 醫療 健康",
    Topic.DISASTER: "防災 救災 災害",
    Topic.AGRICULTURE: "農業 food",
    Topic.GOVERNANCE: "治理 市政",
    Topic.EQUALITY: "平權 性別平等 inclusion",
}
_TOPICS = {word: topic for topic, words in TOPIC_WORDS.items() for word in (topic.value, *words.split())}


def topic_of(text: str) -> str:
    """The topic that a text names in English or Chinese: a word of `Topic`, or else the text as a tag."""
    tag = read_topic(text)
    return _TOPICS[tag].value if tag in _TOPICS else tag
