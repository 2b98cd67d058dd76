"""Parts of an act as lines of text: names as signed, signatories, clauses; written so that they are read back alike.

Whoever types them need not know the form to the letter: full-width signs, missing numbers and several separators are
understood. A line that is not gets a sentence that quotes it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from typing import TypeVar

from bot.domain.agreements import Clause, ClauseTag, Signatory, SignedName
from bot.domain.errors import AttacheError, BadInput
from bot.domain.names import clean, fold

T = TypeVar("T")

TAG_WORDS: dict[ClauseTag, tuple[str, str]] = {
    ClauseTag.ONE_CHINA: ("One China clause", "一中條款"),
    ClauseTag.NAMING: ("naming", "名稱"),
    ClauseTag.EQUALITY: ("equality", "對等"),
    ClauseTag.COSTS: ("costs", "經費"),
    ClauseTag.TERMINATION: ("termination", "終止"),
    ClauseTag.RENEWAL: ("renewal", "續約"),
    ClauseTag.LANGUAGE: ("language of the text", "文本語言"),
    ClauseTag.OTHER: ("other", "其他"),
}
"""What a tag is called in English and Chinese, as the catalogues have it."""

_MORE_WORDS = {
    "one china": ClauseTag.ONE_CHINA, "一中": ClauseTag.ONE_CHINA, "一個中國": ClauseTag.ONE_CHINA,
    "name": ClauseTag.NAMING, "names": ClauseTag.NAMING, "稱謂": ClauseTag.NAMING,
    "cost": ClauseTag.COSTS, "費用": ClauseTag.COSTS, "language": ClauseTag.LANGUAGE, "語言": ClauseTag.LANGUAGE,
}  # fmt: skip
_TAGS = {
    fold(word): tag
    for tag, words in TAG_WORDS.items()
    for word in (tag.value, tag.value.replace("_", " "), *words)
} | {fold(word): tag for word, tag in _MORE_WORDS.items()}

MAX_LANGUAGE, MAX_PART = 20, 200
_NUMBER = re.compile(r"\s*[(（#]?(?P<number>\d{1,2})\s*(?:[.)、:：）]|\s)\s*(?P<rest>\S.*)")
_COLON = re.compile(r"\s*[:：]\s*")
_BARS = re.compile(r"\s*[|｜]\s*")
_COMMA = re.compile(r"\s*[,，]\s*")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff][\u3400-\u9fff\uf900-\ufaff·．・]*")


def each_line(text: str, read: Callable[[str], T]) -> tuple[T, ...]:
    """Each line that holds something. Raises `BadInput` (`act.line`) with the line and what is wrong in it."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not (typed := clean(line)):
            continue
        try:
            found.append(read(typed))
        except AttacheError as problem:
            raise BadInput("act.line", line=number, text=typed[:80], problem=problem) from None
    return tuple(found)


def numbered(line: str, parties: int) -> tuple[int | None, str]:
    """The party whose number begins the line, None without one, and the rest. Raises `BadInput` (`act.no_party`)."""
    match = _NUMBER.fullmatch(line)
    if match is None:
        return None, line
    number = int(match["number"])
    if not 1 <= number <= parties:
        raise BadInput("act.no_party", number=number, most=parties)
    return number, match["rest"]


def _short(text: str, longest: int) -> str:
    if len(text) > longest:
        raise BadInput("act.part_too_long", length=len(text), most=longest)
    return text


# Names as signed ---------------------------------------------------------------------------------------------


def write_names(names: Iterable[SignedName]) -> str:
    return "\n".join(f"{each.party} {each.language}: {each.name}" for each in names)


def read_names(text: str, parties: int) -> tuple[SignedName, ...]:
    """`1 en: City of Taipei, Taiwan`, a line for each. Without numbers the first of a language is the first party's."""
    taken: dict[str, int] = {}

    def read(line: str) -> SignedName:
        party, rest = numbered(line, parties)
        language, *name = _COLON.split(rest, maxsplit=1)
        if not name or not language or not name[0]:
            raise BadInput("act.name_needs_language")
        language = _language(language)
        party = party or taken.get(language, 0) + 1
        if party > parties:
            raise BadInput("act.no_party", number=party, most=parties)
        taken[language] = party
        return SignedName(party, language, _short(name[0], MAX_PART))

    return each_line(text, read)


_LANGUAGES = {
    "english": "en", "英文": "en", "英語": "en", "chinese": "zh", "中文": "zh", "華語": "zh", "華文": "zh",
    "japanese": "ja", "日文": "ja", "日語": "ja", "korean": "ko", "韓文": "ko", "韓語": "ko",
    "french": "fr", "法文": "fr", "german": "de", "德文": "de", "spanish": "es", "西班牙文": "es",
    "czech": "cs", "捷克文": "cs", "polish": "pl", "波蘭文": "pl", "vietnamese": "vi", "越南文": "vi",
}  # fmt: skip


def _language(text: str) -> str:
    known = _LANGUAGES.get(fold(text))
    return known or _short(text.lower() if re.fullmatch("[A-Za-z]{2,3}", text) else text, MAX_LANGUAGE)


# Signatories -------------------------------------------------------------------------------------------------


def write_signatories(signatories: Iterable[Signatory]) -> str:
    return "\n".join(map(write_signatory, signatories))


def write_signatory(each: Signatory) -> str:
    """As people write it; with bars between the parts where that could be read another way."""
    both = " ".join(filter(None, (each.name, each.name_zh)))
    plain = f"{each.party} {both}, {each.post}" if each.post else f"{each.party} {both}"
    try:
        if read_signatory(plain, each.party) == each:
            return plain
    except AttacheError:
        pass
    behind = f"{each.name_zh or ''} | {each.post or ''}".rstrip(" |")
    return f"{each.party} {each.name} | {behind}".rstrip()


def read_signatories(text: str, parties: int) -> tuple[Signatory, ...]:
    """`1 Chen Chu 陳菊, Mayor`, a line for each; the parts may also stand between bars.

    A line without a number is of the party that comes at its place.
    """
    place = count(1)

    def read(line: str) -> Signatory:
        nth = next(place)
        party, _ = numbered(line, parties)
        return read_signatory(line if party else f"{nth} {line}", parties)

    return each_line(text, read)


def read_signatory(line: str, parties: int) -> Signatory:
    party, rest = numbered(line, parties)
    if _BARS.search(rest):
        name, name_zh, post, *_ = *_BARS.split(rest), "", ""
    else:
        both, *behind = _COMMA.split(rest, maxsplit=1)
        (name, name_zh), post = _both_scripts(both), "".join(behind)
    if not name:
        raise BadInput("act.signatory_needs_name")
    name, name_zh, post = (_short(part, MAX_PART) for part in (name, name_zh, post))
    return Signatory(party or 1, name, name_zh or None, post or None)


def _both_scripts(name: str) -> tuple[str, str]:
    """The name, and beside one in Latin letters the Chinese one."""
    found = _HAN.search(name)
    others = "".join(part for part in _HAN.split(name, maxsplit=1)).strip(" ()（）") if found else ""
    if found is None or not any(letter.isalpha() for letter in others) or _HAN.search(others):
        return name, ""
    return " ".join(others.split()), found[0]


# Clauses -----------------------------------------------------------------------------------------------------


def write_clauses(clauses: Iterable[Clause], language: str) -> str:
    lines = []
    for each in clauses:
        word = TAG_WORDS[each.tag][language.startswith("zh")]
        lines.append(f"{word}: {' '.join(each.text.split())}" if each.text else word)
    return "\n".join(lines)


def read_clauses(text: str) -> tuple[Clause, ...]:
    """`costs: each side pays its own`, a line for each; a tag alone will do, and words without one are `other`."""
    return each_line(text, _clause)


def _clause(line: str) -> Clause:
    word, *rest = _COLON.split(line, maxsplit=1)
    tag = _TAGS.get(fold(word))
    if tag is not None:
        return Clause(tag, (rest[0] or None) if rest else None)
    if rest:
        raise BadInput("act.tag_unknown", tag=word[:40])
    return Clause(ClauseTag.OTHER, line)


# Lists -------------------------------------------------------------------------------------------------------


def read_lines(text: str) -> tuple[str, ...]:
    """The lines that hold something, each once."""
    return tuple(dict.fromkeys(filter(None, map(clean, text.splitlines()))))


_BETWEEN = re.compile(r"[;；、\n]")


def split_names(text: str) -> Sequence[str]:
    """Names of places with signs between them that no name has; a comma may stand before a country."""
    return [name for part in _BETWEEN.split(text) if (name := clean(part))]


_PERIOD = re.compile(r"(?P<count>\d{1,4})\s*(?P<unit>m|mo|months?|y|years?|個?月|年)?", re.ASCII)
MAX_MONTHS = 1200


def read_months(text: str) -> int | None:
    """A number of months: `12`, `12 months`, `2 years`, 12個月, 2年; None for nothing. Raises `BadInput`."""
    typed = unicodedata.normalize("NFKC", clean(text)).casefold()
    if not typed:
        return None
    match = _PERIOD.fullmatch(typed)
    if match is None:
        raise BadInput("act.months_unreadable", text=clean(text)[:40])
    months = int(match["count"]) * (12 if (match["unit"] or "m")[0] in "y年" else 1)
    if not 1 <= months <= MAX_MONTHS:
        raise BadInput("act.months_out_of_range", most=MAX_MONTHS)
    return months
