"""How doubt looks: what sources say of a fact where they do not agree, in one line for each fact."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from bot.domain import partnerships
from bot.domain.claims import Claim, Fact, disputed
from bot.domain.dates import PartialDate
from bot.domain.partnerships import Kind, Status
from bot.i18n.texts import Texts, Written


def dispute_lines(texts: Texts, claims: Iterable[Claim]) -> list[str]:
    """A line for each fact that sources disagree on, empty where they agree; the preferred value stands first."""
    return [_dispute_line(texts, fact, said) for fact, said in disputed(claims).items()]


def _dispute_line(texts: Texts, fact: Fact, said: Sequence[Claim]) -> str:
    if (
        fact is Fact.SIGNED and len({claim.source for claim in said}) == 1
    ):  # who tells of two days tells of both
        return texts("claims.signed_again", said=[Written(_with_note(texts, claim)) for claim in said])
    by_value: dict[str, list[Claim]] = {}
    for claim in said:
        by_value.setdefault(claim.value, []).append(claim)
    one, *others = (_value_said(texts, claims) for claims in by_value.values())
    for other in others:
        one = texts("claims.or", one=Written(one), other=Written(other))
    return texts(f"claims.disputed.{fact.value}", said=Written(one))


def _with_note(texts: Texts, claim: Claim) -> str:
    value = claim_value(texts, claim)
    note = Written(words_of_both(texts, claim.note)) if claim.note else None
    return texts("claims.value", value=Written(value), sources=[note]) if note else value


def _value_said(texts: Texts, claims: Sequence[Claim]) -> str:
    """A value with all who say so."""
    sources = dict.fromkeys(source_name(texts, claim.source) for claim in claims)
    return texts(
        "claims.value",
        value=Written(claim_value(texts, claims[0])),
        sources=[Written(source) for source in sources],
    )


def claim_line(texts: Texts, claim: Claim) -> str:
    """A claim in a list of them, which marks the one that is gone by."""
    line = claim_words(texts, claim)
    return texts("claims.preferred" if claim.preferred else "claims.other", line=Written(line))


def claim_words(texts: Texts, claim: Claim) -> str:
    """A claim with all there is to it: what, who says so, when it was read, and a remark."""
    line = texts(
        "claims.value",
        value=Written(claim_value(texts, claim)),
        sources=[Written(source_name(texts, claim.source))],
    )
    if claim.as_of is not None:
        line = texts("claims.as_of", line=Written(line), as_of=claim.as_of)
    if claim.note:
        line = texts("claims.note", line=Written(line), note=Written(words_of_both(texts, claim.note)))
    return line


def claim_value(texts: Texts, claim: Claim) -> str:
    """What a claim says, in words of the language: dates and vocabularies; anything else as it was written."""
    match claim.fact:
        case Fact.SIGNED | Fact.ANNIVERSARY:
            return _date(texts, claim.value)
        case Fact.KIND if claim.value in set(Kind):
            return texts.word(Kind(claim.value))
        case Fact.STATUS if claim.value in set(Status):
            return texts.word(Status(claim.value))
    return words_of_both(texts, claim.value)


def _date(texts: Texts, value: str) -> str:
    try:
        return texts.date(PartialDate.from_iso(value))
    except ValueError:  # a source may not give more than "a 20th"
        return words_of_both(texts, value)


_BOTH = re.compile(r"(?P<english>[^/\u4e00-\u9fff]+) / (?P<chinese>[^/]*[\u4e00-\u9fff][^/]*)")
"""What stands in words of both languages: `Taipei County / 臺北縣`."""


def words_of_both(texts: Texts, value: str) -> str:
    """What was written, in the language of the reader where it was written in both."""
    both = _BOTH.fullmatch(value)
    if both is None:
        return texts.write(value)
    return texts.write(both["chinese"] if texts.language.startswith("zh") else both["english"])


_ADDRESS = re.compile(r"https?://\S+")


def source_name(texts: Texts, source: str) -> str:
    """A source as it is called in passing: of an address only whose it is; of several each."""
    named = dict.fromkeys(words_of_both(texts, _ADDRESS.sub(_host, each)) for each in source.split(" ; "))
    return texts.listed([Written(name) for name in named])


def _host(address: re.Match[str]) -> str:
    parts = urlsplit(address[0])
    host = re.sub(r"^www\d?\.", "", parts.hostname or "")
    if host == "github.com":  # there the name of the house says nothing
        return host + "/".join(parts.path.split("/")[:3])
    return host or address[0]


def reason_words(texts: Texts, reason: str) -> str:
    """A reason, in words of the language where it is one of those that the starter data and imports write."""
    match reason:
        case partnerships.DECLARED_INVALID:
            return texts("life.declared_invalid")
        case partnerships.SUPERSEDED:
            return texts("life.superseded")
    return texts.write(reason)
