"""What public holidays are called in Taiwan, by the English names that the calendars of other countries have.

As far as there is a usual name: what a country alone has, and nobody in Taiwan has a word for, stays in English.
"""

import re
from collections.abc import Callable, Mapping

_NAMES: Mapping[str, str] = {
    "New Year's Day": "元旦", "New Year's Eve": "跨年夜", "Chinese New Year": "農曆新年",
    "Lunar New Year": "農曆新年", "Epiphany": "主顯節", "Maundy Thursday": "聖週四", "Good Friday": "耶穌受難日",
    "Holy Saturday": "聖週六", "Black Saturday": "聖週六", "Easter Sunday": "復活節",
    "Easter Monday": "復活節星期一", "Ascension Day": "耶穌升天節", "Pentecost": "聖靈降臨節",
    "Pentecost Monday": "聖靈降臨節星期一", "Whit Monday": "聖靈降臨節星期一", "Corpus Christi": "基督聖體節",
    "Assumption Day": "聖母升天節", "All Saints' Day": "諸聖節", "All Souls' Day": "諸靈節",
    "Immaculate Conception": "聖母無染原罪節", "Christmas Eve": "聖誕夜", "Christmas Day": "聖誕節",
    "Boxing Day": "節禮日", "Second Day of Christmas": "聖誕節次日", "Eid al-Fitr": "開齋節",
    "Eid al-Adha": "宰牲節", "Buddha's Birthday": "佛誕日", "Labor Day": "勞動節", "Labour Day": "勞動節",
    "International Labor Day": "勞動節", "Workers' Day": "勞動節", "International Women's Day": "婦女節",
    "National Women's Day": "婦女節", "Children's Day": "兒童節", "Mother's Day": "母親節",
    "Independence Day": "獨立紀念日", "National Independence Day": "獨立紀念日", "National Day": "國慶日",
    "Constitution Day": "憲法紀念日", "Victory Day": "勝利紀念日", "Revolution Day": "革命紀念日",
    "National Heroes Day": "國家英雄日", "Martin Luther King Jr. Day": "馬丁路德金恩紀念日",
    "Washington's Birthday": "華盛頓誕辰紀念日",
    "Juneteenth National Independence Day": "六月節", "Columbus Day": "哥倫布日", "Veterans Day": "退伍軍人節",
    "Thanksgiving Day": "感恩節", "Coming of Age Day": "成人日",
    "Emperor's Birthday": "天皇誕辰", "Vernal Equinox Day": "春分日", "Showa Day": "昭和日",
    "Greenery Day": "綠之日", "Marine Day": "海之日", "Mountain Day": "山之日",
    "Respect for the Aged Day": "敬老日", "Autumnal Equinox Day": "秋分日", "Sports Day": "運動日",
    "Culture Day": "文化日", "Labor Thanksgiving Day": "勤勞感謝日", "Substitute Holiday": "補假",
    "Korean New Year": "農曆新年", "Independence Movement Day": "三一節", "National Foundation Day": "開天節",
    "Hangul Day": "韓文日", "Chuseok": "中秋節", "Rizal Day": "黎剎日", "Australia Day": "澳洲國慶日",
    "ANZAC Day": "紐澳軍團日", "Human Rights Day": "人權日", "Freedom Day": "自由日", "Youth Day": "青年節",
    "Family Day": "家庭日", "Day of Reconciliation": "和解日",
}  # fmt: skip

_IN_COUNTRY: Mapping[tuple[str, str], str] = {
    **{(country, "Memorial Day"): "陣亡將士紀念日" for country in ("US", "GU", "MP")},
    ("KR", "Memorial Day"): "顯忠日",
    ("KR", "Constitution Day"): "制憲節",
    ("KR", "Liberation Day"): "光復節",
    ("NL", "Liberation Day"): "解放日",
    ("JP", "Foundation Day"): "建國紀念日",
    ("JP", "National Holiday"): "國民假日",
}
"""Names that mean something else, or nothing in particular, in other countries."""

_SHAPES: Mapping[str, Callable[[str], str]] = {
    r"(.+) \(observed\)": "{}補假".format,
    r"(.+) \(estimated\)": "{}，日期暫定".format,
    r"Alternative holiday for (.+)": "{}補假".format,
    r"The day preceding (.+)": "{}前一日".format,
    r"The second day of (.+)": "{}次日".format,
}
"""How names are made of others."""


def chinese_holiday(country: str, name: str) -> str | None:
    """The name of a holiday, or of several with `;` between them, in Taiwan's words; None where one has none."""
    found = [_chinese(country, each.strip()) for each in name.split(";")]
    return "、".join(filter(None, found)) if all(found) else None


def _chinese(country: str, name: str) -> str | None:
    for shape, put in _SHAPES.items():
        if match := re.fullmatch(shape, name):
            inner = _chinese(country, match[1])
            return put(inner) if inner else None
    return _IN_COUNTRY.get((country, name)) or _NAMES.get(name)
