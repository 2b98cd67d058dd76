"""How dates, days and periods are written in Traditional Chinese, with years of our era and of the Republic."""

import re
from datetime import date

from bot.domain.date_reading import CHINESE_WEEKDAYS, NUMBER, ROC_EPOCH, chinese_number
from bot.domain.dates import FIRST_YEAR, PartialDate
from bot.domain.periods import Period
from bot.questions.times.english import YEAR
from bot.questions.times.reading import (
    SOME,
    Read,
    Value,
    away,
    chinese_year,
    dated,
    day_of_month,
    days_of_month,
    decade,
    part_of_year,
    quarter_near,
    rest_of_year,
    shift,
    short_decade,
    the_coming,
    the_last,
    week,
    weekday,
    yearless,
)

# Words ---------------------------------------------------------------------------------------------------------

DAYS = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨夜": -1, "昨晨": -1,
    "今天": 0, "今日": 0, "今早": 0, "今晨": 0, "今晚": 0, "今午": 0, "剛剛": 0, "剛才": 0,
    "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "後天": 2, "大後天": 3,
}  # fmt: skip
SHORT_DAYS = {"今": 0, "昨": -1, "明": 1}
YEARS = {
    "本年度": 0, "今年度": 0, "去年度": -1, "上年度": -1, "前年度": -2, "明年度": 1, "次年度": 1, "上一年": -1,
    "大前年": -3, "前年": -2, "去年": -1, "今年": 0, "本年": 0, "明年": 1, "後年": 2, "來年": 1,
}  # fmt: skip
UNITS = {"天": "day", "日": "day", "月": "month", "年": "year"} | dict.fromkeys(
    ("週", "周", "星期", "禮拜"), "week"
)
QUARTERS = {"一": 0, "二": 1, "三": 2, "四": 3, "1": 0, "2": 1, "3": 2, "4": 3}

# Pieces of patterns --------------------------------------------------------------------------------------------

_ALONE = r"(?<![\d第零〇一二三四五六七八九十百千])"
_PART = r"(?:份|上旬|中旬|下旬|初|中(?![華央正學山小])|底|末)?"
_MONTH_BEHIND = rf"(?:\s*(?P<m>{NUMBER}|元)\s*月{_PART}(?:\s*(?P<d>{NUMBER})\s*[日號]?)?)?"
_BUDGET = r"(?:度(?![假數過身日]))?"
_NOT_COUNTED = r"(?![\d人名位個件箱片年點時:])"
_HAN_DAY = "[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_NOT_SO_LONG = r"(?![\d內間遊本館樓電行程的]|[之以])"
_LONG_YEAR = rf"(?P<y>{YEAR}|1\d\d|[零〇一二三四五六七八九]{{3,4}}|一百{NUMBER})"
_SOME_YEAR = rf"(?:(?P<y>{YEAR})\s*年|(?:民國)?\s*(?P<r>1\d\d)\s*年|(?P<rel>{'|'.join(YEARS)}))"
_FISCAL = r"(?:度(?=[初底末]))?"
_ANY_YEAR = (
    rf"(?:民國\s*(?P<roc>{NUMBER})\s*年|{_ALONE}{_LONG_YEAR}\s*年{_FISCAL}|(?P<rel>{'|'.join(YEARS)}))"
)
_NO_RANGE = r"(?<![\d年月日底初末截直迄~～—–-])"
"""Nothing stands before from which on it is: 2021到2023年底."""
_TO = r"\s*(?:-|–|—|~|至|到|及|和|、|與)\s*"
_LENGTH = rf"(?P<n>{NUMBER})(?:個?(?P<unit>{'|'.join(UNITS)}))"
_SOME = rf"[幾數]個?(?P<unit>{'|'.join(UNITS)})"
_WEEK = r"(?:週|周|星期|禮拜)"

# Readers -------------------------------------------------------------------------------------------------------


def _number(text: str | None) -> int | None:
    return chinese_number(text) if text else None


def _of_republic(match: re.Match[str], today: date) -> Value | None:
    return chinese_year(chinese_number(match["y"]), _number(match["m"]), _number(match["d"]), today, roc=True)


def _year_of_any_era(match: re.Match[str], today: date) -> Value | None:
    return chinese_year(
        chinese_number(match["y"]), _number(match["m"]), _number(match["d"]), today, roc=False
    )


def _some_year(match: re.Match[str], today: date) -> int | None:
    """The year of our era, of the Republic, or around today; None where none is written."""
    if match["y"]:
        return int(match["y"])
    if match["r"]:
        return int(match["r"]) + ROC_EPOCH
    return today.year + YEARS[match["rel"]] if match["rel"] else None


def _any_year(match: re.Match[str], today: date) -> int:
    """The year that is written in whatever way."""
    if match["rel"]:
        return today.year + YEARS[match["rel"]]
    if match["roc"]:
        return chinese_number(match["roc"]) + ROC_EPOCH
    year = chinese_number(match["y"])
    return year if year >= FIRST_YEAR else year + ROC_EPOCH


def _days_and_month(match: re.Match[str], today: date) -> Value | Read | None:
    month, first, last = (chinese_number(match[name]) for name in ("m", "d", "d2"))
    return days_of_month(_some_year(match, today), month, first, last, today)


def _month(match: re.Match[str], today: date) -> Read:
    return yearless(chinese_number(match["m"]), _number(match["d"]), today)


def _bracketed_day(match: re.Match[str], today: date) -> Value | Read | None:
    """今(23)日: the writer's own day where the number agrees with it, else a day of some month."""
    said, number = shift(today, SHORT_DAYS[match["word"]]), int(match["d"])
    return said if said.day == number else day_of_month(number, today)


def _bracketed_month(match: re.Match[str], today: date) -> Value | Read:
    """本(11)月26日: of the writer's own month, where the number agrees with it."""
    if int(match["m"]) == today.month:
        return dated(today.year, today.month, _number(match["d"]))
    return _month(match, today)


def _step(said: str | None) -> int:
    """上上 is two back, 下 one ahead, 這 and 本 are this one."""
    return (said or "").count("下") - (said or "").count("上")


def _weekday(match: re.Match[str], today: date) -> Value | Read:
    """上週五 and 下週五 are of calendar weeks; 週五 alone is the last or the coming one."""
    number = CHINESE_WEEKDAYS[match["day"]]
    if not match["which"]:
        return weekday(number, today, "")
    return shift(today, number - today.weekday() + 7 * _step(match["which"]))


def _near_month(match: re.Match[str], today: date) -> Value:
    month = away(today, _step(match["which"]), "month")
    assert isinstance(month, PartialDate)
    return dated(month.year, month.month, _number(match["d"]))


def _away(match: re.Match[str], today: date) -> Value | None:
    """三天前, 兩個月後; 3月前, 20日前 and 113年前 say "before" a date, not so long ago."""
    number, plain = chinese_number(match["n"]), "個" not in match[0]
    if plain and (match["unit"] in "月日" or (match["unit"] == "年" and number >= 100)):
        return None
    return away(today, -number if match[0].endswith("前") else number, UNITS[match["unit"]])


def _the_last(match: re.Match[str], today: date) -> Value:
    return the_last(today, chinese_number(match["n"]), UNITS[match["unit"]])


def _roc_decade(year: int) -> Value | None:
    """民國七十年代: from the 70th to the 79th year of the Republic."""
    return (
        Period(PartialDate(year + ROC_EPOCH), PartialDate(year + ROC_EPOCH + 9)) if year % 10 == 0 else None
    )


def _roc_years(first: int, last: int) -> Value | None:
    """民國80年到90年."""
    return Period(PartialDate(first + ROC_EPOCH), PartialDate(last + ROC_EPOCH)) if first < last else None


def _end_of_year(year: int, *, last: bool) -> Period:
    """年初 is its first quarter, 年底 its last two months, as elections at the end of a year are in November."""
    return Period(PartialDate(year, 11), PartialDate(year, 12)) if last else part_of_year(year, 3, 0)


def _up_to(match: re.Match[str], today: date) -> Value:
    """到2023年底為止: then or before."""
    return Period(None, PartialDate(_any_year(match, today)))


def _long_since(count: int, unit: str, today: date) -> Value | None:
    """二十年前就: then or before."""
    when = away(today, -count, unit)
    return Period(None, when) if isinstance(when, PartialDate) else None


# Rules ---------------------------------------------------------------------------------------------------------

CHINESE = (
    # Years, months and days by number
    (
        rf"(?:民國|roc)\s*(?P<y>{NUMBER}|元)(?:\s*年(?!代){_BUDGET}|(?=[\s,。]|$)){_MONTH_BEHIND}",
        _of_republic,
    ),
    (rf"{_ALONE}{_LONG_YEAR}\s*年?[這那]一?[整]?年{_MONTH_BEHIND}", _year_of_any_era),
    (rf"{_ALONE}{_LONG_YEAR}\s*年{_BUDGET}{_MONTH_BEHIND}", _year_of_any_era),
    (rf"{_ALONE}(?P<y>{NUMBER})\s*年(?=\s*(?:{NUMBER}|元)\s*月){_MONTH_BEHIND}", _year_of_any_era),
    (
        rf"(?P<y>{'|'.join(YEARS)})(?:\s*\(\d{{2,4}}\)\s*年?)?{_MONTH_BEHIND}",
        lambda m, t: dated(t.year + YEARS[m["y"]], _number(m["m"]), _number(m["d"])),
    ),
    (
        rf"(?:{_SOME_YEAR}\s*)?(?P<m>{NUMBER})\s*月\s*(?P<d>{NUMBER})\s*[日號]?{_TO}(?P<d2>{NUMBER})\s*[日號](?![月內])",
        _days_and_month,
    ),
    (r"本\s*\((?P<m>\d{1,2})\)\s*月(?:\s*(?P<d>\d{1,2})\s*[日號])?", _bracketed_month),
    (
        rf"{_ALONE}(?<![個年])(?P<m>{NUMBER}|元)\s*月(?![亮餅刊薪票]|台(?![南北中東灣湾西])){_PART}(?:\s*(?P<d>{NUMBER})\s*[日號]?{_NOT_COUNTED})?",
        _month,
    ),
    (
        rf"(?<![\d年月期連共留了這每某元次/.:-]){_ALONE}(?P<d>[1-9]|[12]\d|3[01]|{_HAN_DAY})[日號]{_NOT_SO_LONG}",
        lambda m, t: day_of_month(chinese_number(m["d"]), t),
    ),
    # Days by word, weekdays
    (rf"(?<!三)({'|'.join(sorted(DAYS, key=len, reverse=True))})", lambda m, t: shift(t, DAYS[m[1]])),
    (r"(?P<word>[今昨明])\s*\((?P<d>\d{1,2})\)\s*[日天]?", _bracketed_day),
    (r"([今昨明])(?=[上下中]午|早上|晚上|晚間)", lambda m, t: shift(t, SHORT_DAYS[m[1]])),
    (
        rf"(?P<which>(?:上|下|這|本){{1,2}}個?)?{_WEEK}(?P<day>[一二三四五六日天])(?![年次期刊])",
        _weekday,
    ),
    # Weeks, months and years around today
    (
        rf"(?P<which>[上下這本]{{1,2}})個?{_WEEK}(?:末)?(?![一二三四五六日天年])",
        lambda m, t: week(t, _step(m["which"])),
    ),
    (r"(?P<which>[上下]{1,2}|這|本)個?月(?:份(?![子量])|(?P<d>\d{1,2})[日號])?", _near_month),
    (
        rf"(?<![近去第\d]){_LENGTH}[之以]?前(?=就|已|便)",
        lambda m, t: _long_since(chinese_number(m["n"]), UNITS[m["unit"]], t),
    ),
    (rf"(?<![近去第\d]){_LENGTH}[之以]?(?:前(?![往來進去任])|後(?![續來]))", _away),
    (
        rf"(?:近|最近|過去|這|超過|逾|已(?:經)?(?!.*年了))的?{_LENGTH}(?:[以之]?來(?!訪)|[以之]?內|間|多|以上)?(?![前後])",
        _the_last,
    ),
    (
        rf"(?:近|最近|過去|這)的?{_SOME}(?:[以之]?來(?!訪)|[以之]?內|間)?(?![前後])",
        lambda m, t: the_last(t, SOME[UNITS[m["unit"]]], UNITS[m["unit"]]),
    ),
    (
        rf"(?:未來|接下來|今後|往後)的?{_SOME}(?:[以之]?內|間)?",
        lambda m, t: the_coming(t, SOME[UNITS[m["unit"]]], UNITS[m["unit"]]),
    ),
    (
        rf"(?:未來|接下來|今後|往後)的?{_LENGTH}(?:[之以]?內|間)?",
        lambda m, t: the_coming(t, chinese_number(m["n"]), UNITS[m["unit"]]),
    ),
    (rf"(?<![\d第哪]){_LENGTH}(?:[以之]?內|以?來(?!訪))", _the_last),
    (rf"(?<![\d第]){_LENGTH}(?:以上|多)?都?(?=沒|未|無|不曾)", _the_last),
    (rf"(?<=[沒未無][聯交往互接見][絡繫流來動觸面]){_LENGTH}(?:以上|多|了)?", _the_last),
    (r"(?:今年|本年|到|在)?年底[之以]?前", lambda m, t: rest_of_year(t)),
    # The pandemic of COVID-19, from the first alert in Taiwan to the end of the WHO's emergency
    (
        r"(?:(?:新冠|武漢)?(?:肺炎)?疫情)(?:期間|時期|期|那幾年)",
        lambda m, t: Period(PartialDate(2020, 1), PartialDate(2023, 5)),
    ),
    # Parts of years, decades
    (
        r"(?:21|二十一|廿一)世紀(?:以來|以後|之後|過後|後|以降|起|開始|至今|迄今)",
        lambda m, t: Period(PartialDate(2001), None),
    ),
    (r"(?:21|二十一|廿一)世紀", lambda m, t: Period(PartialDate(2001), PartialDate(2100))),
    (r"(?:20|二十)世紀", lambda m, t: Period(PartialDate(1901), PartialDate(2000))),
    # Eras that people of such cities count by
    (
        r"(?:前?東德|民主德國|東西德|兩德分裂)(?:時期|時代|年代|期間|的時候|那時候)",
        lambda m, t: Period(PartialDate(1949, 10, 7), PartialDate(1990, 10, 2)),
    ),
    (
        r"冷戰(?:時期|時代|年代|期間|那時候)",
        lambda m, t: Period(PartialDate(1947), PartialDate(1991, 12, 26)),
    ),
    (r"(?:兩德|東西德|德國)(?:再|重新)?統一(?:那年|當年|的那一年|之年)", lambda m, t: PartialDate(1990)),
    (r"(?:兩德|東西德|德國)(?:再|重新)?統一(?=[之以]?[前後])", lambda m, t: PartialDate(1990, 10, 3)),
    (r"柏林圍牆(?:倒塌|倒下|倒|拆除|開放)(?:那年|當年|的那一年)", lambda m, t: PartialDate(1989)),
    (r"柏林圍牆(?:倒塌|倒下|倒|拆除|開放)(?=[之以]?[前後])", lambda m, t: PartialDate(1989, 11, 9)),
    (
        rf"(?:二戰|戰|第二次世界大戰)(?:結束)?[之以]?後的?(?P<n>{NUMBER})年[之以]?[內間]",
        lambda m, t: Period(PartialDate(1945), PartialDate(1945 + chinese_number(m["n"]))),
    ),
    (
        rf"(?P<y>19\d\d|20\d\d)年?[之以]?後的?(?P<n>{NUMBER})年[之以]?內",
        lambda m, t: Period(PartialDate(int(m["y"])), PartialDate(int(m["y"]) + chinese_number(m["n"]))),
    ),
    (r"(?:二戰|第二次世界大戰)(?:結束)?(?=[之以]?後)", lambda m, t: PartialDate(1945)),
    (r"千禧年", lambda m, t: PartialDate(2000)),
    (
        rf"民國\s*(?P<y>{NUMBER})\s*年?{_TO}(?:民國\s*)?(?P<y2>{NUMBER})\s*年[之期]?間?",
        lambda m, t: _roc_years(chinese_number(m["y"]), chinese_number(m["y2"])),
    ),
    # Before the end of a year is before the next one, before its beginning before itself
    (rf"{_ANY_YEAR}的?年?[底末](?=[之以]?前)", lambda m, t: dated(_any_year(m, t) + 1)),
    (rf"{_ANY_YEAR}的?年?初(?=[之以]?前)", lambda m, t: dated(_any_year(m, t))),
    (rf"{_NO_RANGE}[到至]{_ANY_YEAR}(?:的?年?[底末](?!才)(?:為?止)?|為?止)", _up_to),
    (
        rf"{_ANY_YEAR}的?年?(?P<end>初(?![次步中選夏春秋冬級期一音])|底(?!特律|比斯)|末(?![班期]))(?![之以]?前)",
        lambda m, t: _end_of_year(_any_year(m, t), last=m["end"] != "初"),
    ),
    (
        rf"{_SOME_YEAR}?的?(?P<half>[上下])半年",
        lambda m, t: part_of_year(_some_year(m, t) or t.year, 6, "上下".index(m["half"])),
    ),
    (
        rf"{_SOME_YEAR}?的?第(?P<quarter>[一二三四1-4])季度?",
        lambda m, t: part_of_year(_some_year(m, t) or t.year, 3, QUARTERS[m["quarter"]]),
    ),
    (
        r"(?P<which>[上下這本當]{1,2})一?個?季度?(?![節風賽後])",
        lambda m, t: quarter_near(t, _step(m["which"])),
    ),
    (rf"民國\s*(?P<y>{NUMBER})\s*年代", lambda m, t: _roc_decade(chinese_number(m["y"]))),
    (r"(1[89]\d0|20\d0)\s*年代", lambda m, t: decade(int(m[1]))),
    (r"一九([一二三四五六七八九])[零〇○十]年代", lambda m, t: decade(1900 + 10 * chinese_number(m[1]))),
    (r"(?<!\d)([1-9]0)\s*年代", lambda m, t: short_decade(int(m[1]))),
    (r"([一二三四五六七八九])[十零〇]年代", lambda m, t: short_decade(10 * chinese_number(m[1]))),
)
