"""What people type short, written out, so that the grammar has each word once: "w/" is with, "no. of" number of."""

import re
from collections.abc import Sequence

from bot.questions.text.phonetic import without_phonetic_letters

_POLITE = (
    "please|pls|kindly|if (?:you|we|i) (?:would|will|can|could|may|might|please|like|wish|so wish)"
    "|if (?:you|we|i) (?:don't|do not) mind|if (?:at all )?possible|if it (?:is|'s) (?:no|not too much) trouble"
    "|by any chance|would you|will you|for me|for us|off the record|for the record"
)
"""What is said for politeness between two commas behind the first words: "list, if you would, the partners"."""

_START = r"(?:^|(?<=[:.!?]\s)|(?<=[*「『“\"]))"
"""Where a question begins: behind nothing, a greeting, or what is drawn around it."""

_CITIES_WITH = (
    rf"{_START}(cities|towns|municipalities|counties)\s+with\s+"
    r"(?=(?:an?\s+|any\s+)?(?:\w+\s+)?(?:partner|twin|sister)s?\b[^,;:?]*\bin\b)"
)
"""What opens a few words that ask for those that have partners in a country: "cities with partners in Brazil"."""

_BEFORE_PLACES = "to|in|with|from|of|by|which|what|many|our|any|all|the"
"""Words behind which "us cities" are those of the United States, as in "show us cities" they are not."""

_SHORT: Sequence[tuple[re.Pattern[str], str]] = tuple(
    (re.compile(pattern, re.IGNORECASE), whole)
    for pattern, whole in (
        (r"(?<=[^\W\d_])\s+\+\s+(?=[^\W\d_])", " and "),
        (r"\b(?:i\.\s?e|viz)\.,?", "that is"),
        (r"\be\.\s?g\.,?", ""),
        (r"(?:#|\b(?:nos?|nrs?|nums?)\b\.?)\s{0,3}of\b", "number of"),
        (r"\b(?-i:US)-based\b", "American"),
        (rf"(^|\b(?:{_BEFORE_PLACES})\s)us(?=\s+(?:city|cities|towns?|partners?|mayors?)\b)", r"\1American"),
        (r"\bstateside\b(?=\W*$)", "in the United States"),
        (r"\bpre[\s-](?=\d{4}\b)", "before "),
        (r"\bpost[\s-](?=\d{4}\b)", "after "),
        (r"\bw/\s?o\b", "without"),
        (r"\bw/\s?", "with "),
        (r"\bb/w\b", "between"),
        (r"\byrs\b\.?", "years"),
        (r"\byr\b", "year"),
        (r"\bgovt\b\.?", "government"),
        (r"\babt\b\.?", "about"),
        (r"\b(?-i:sb)\b\.?", "somebody"),
        (r"\b(?:sth|smth)\b\.?", "something"),
        (r"\bppl\b\.?", "people"),
        (r"\bbtwn\b\.?", "between"),
        (r"\bprefs?\b\.?", "prefecture"),
        (r"\bmtgs?\b\.?", "meeting"),
        (r"\bagr(?:eem|m)ts?\b\.?", "agreement"),
        (r"\bintl\b\.?", "international"),
        (r"\bann?iv\b\.?", "anniversary"),
        (r"[\s,(\[]+y(?:es)?\s?/\s?n(?:o)?\b[)\]]?", ", yes or no"),
        (rf"{_START}(\w+(?: \w+)?),\s+(?:{_POLITE})\s*,\s+(?=\w)", r"\1 "),
        (_CITIES_WITH, r"which \1 have "),
        (rf"{_START}([^\n?!]{{2,30}}?)\s*[-–—:,]\s*(who do we have) there\b", r"\2 in \1"),
        ("[還还仍]?(?:有[沒没]有|是否[還还仍]?具?有)(?:法律)?效力", "還有效嗎"),
        ("廿(?!日市)", "二十"),  # 廿日市 is a city
        ("卅", "三十"),
        ("卌", "四十"),
        ("年分(?![別别成為为享次批散佈布開开])", "年份"),  # as some write it; 今年分別 is something else
    )
)


_TENS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_DECADES = re.compile(rf"\b({'|'.join(_TENS)})\s+decades?\b", re.IGNORECASE)


_PART_OF_DATE = re.compile("(?<=[年月])分(?![別别成布為为配析數数手隔開开店局行會会])")
"""年分 is 年份 otherwise written, but for 2012年分別…"""
_WHOLE_COUNTRY = {
    "美": "美國", "日": "日本", "韓": "韓國", "韩": "韓國", "英": "英國", "法": "法國", "德": "德國", "澳": "澳洲",
    "加": "加拿大", "泰": "泰國", "越": "越南", "菲": "菲律賓", "歐": "歐洲", "欧": "歐洲",
}  # fmt: skip
_BEHIND = "去時时團团行的了過过前後后拜會会參参考次交是有在哪何幾几誰谁"
_COUNTRY_VISITED = re.compile(
    rf"(?<=[訪访赴])[{''.join(_WHOLE_COUNTRY)}](?=$|[\s，。？、,?{_BEHIND}]|期[間间])"
)
"""訪美, 赴日: a country by one character, which alone is a part of too many words."""


_SIDE = r"(?:north|south|east|west|central|middle|northern|southern|eastern|western|southeast|northeast)"
_SIDES = re.compile(
    rf"\b((?:{_SIDE}(?:,\s*|\s*/\s*))*{_SIDE},?)\s+((?:and|or|&)\s+{_SIDE}\s+)(america|asia|europe|africa)\b",
    re.IGNORECASE,
)
"""Parts of a continent whose name stands behind the last: "North, Central and South America"."""


_POINTS = {"n": "North", "s": "South", "e": "East", "se": "Southeast", "ne": "Northeast"}
_SHORT_SIDE = re.compile(
    r"(?<![\w'’&.])(n|s|e|se|ne)(?:\.\s?|\s)"
    r"(?=(?:(?:africa|america|asia|korea)n?|europe(?:an)?|sudan|timor|ireland|macedonia|carolina|dakota|virginia)\b)",
    re.IGNORECASE,
)
"""A country or part of the world whose first word is one letter: "S Korea", "s. africa"; "w" stands for "with"."""


def _each_side(match: re.Match[str]) -> str:
    sides = re.split(r"[,/\s]+", match[1].strip(", "))
    return ", ".join(f"{side} {match[3]}" for side in sides) + f" {match[2]}{match[3]}"


_OF_TWO = {
    **_WHOLE_COUNTRY, "台": "臺灣", "臺": "臺灣", "中": "中國", "俄": "俄羅斯", "波": "波蘭", "義": "義大利",
    "荷": "荷蘭", "捷": "捷克", "以": "以色列", "土": "土耳其", "紐": "紐西蘭", "奧": "奧地利", "芬": "芬蘭",
}  # fmt: skip
_ANY = "".join(_OF_TWO)
_TWO_COUNTRIES = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[年代的出後前間期問查在]))(?![台臺]中)(?:([台臺德])([{_ANY}])|([{_ANY}])([台臺德]))"
    r"(?=之?間|兩國|雙邊|城市|[姊姐]妹|友好|締盟|結盟|夥伴)"
)
"""德法姊妹市, 台日之間: two countries by a character each, the one of which is that of the registry; not 臺中."""


def _both_countries(match: re.Match[str]) -> str:
    one, other = (_OF_TWO[each] for each in match.groups() if each)
    return f"{one}與{other}"


def written_out(text: str) -> str:
    """The text with its shorthand written out; to be called where width and unseen marks were made plain."""
    text = without_phonetic_letters(text)
    for pattern, whole in _SHORT:
        text = pattern.sub(whole, text)
    text = _SHORT_SIDE.sub(lambda match: f"{_POINTS[match[1].lower()]} ", text)
    text = _SIDES.sub(_each_side, text)
    text = _TWO_COUNTRIES.sub(_both_countries, text)
    text = _COUNTRY_VISITED.sub(lambda match: _WHOLE_COUNTRY[match[0]], _PART_OF_DATE.sub("份", text))
    return _DECADES.sub(lambda match: f"{10 * _TENS[match[1].lower()]} years", text)


_OUR_SIDE = re.compile("我方|(?<=[與与])我(?![方們们府市縣县國国的])")
"""As a ministry writes of its own country: 我方城市, 與我締盟的城市."""


def with_the_nation(text: str) -> str:
    """The text with what a ministry calls its side written out; to be called where no office of a city asks."""
    return _OUR_SIDE.sub("我國", text)
