"""What a partner's card says beside dates and contacts: names as signed, who carries a tie, levels, promises."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.domain.dates import PartialDate
from bot.domain.exchange_levels import LevelCounts, only_level
from bot.domain.exchanges import ExchangeLevel
from bot.domain.partnerships import Partnership, Parts
from bot.domain.places import Place
from bot.i18n.texts import Texts, Written
from bot.ui.cards import fit

LONGEST = 120
"""Characters of somebody's own words on a card; the whole is in the record."""

LEVELS = (ExchangeLevel.LEADER, ExchangeLevel.OFFICIAL, ExchangeLevel.CIVIC)


def title_names(texts: Texts, home: Place, partner: Place) -> str:
    """Both places in the reader's language, the partner also as it calls itself where that differs."""
    local = partner.name_local
    if local and texts.write(local) != texts.place(partner):
        return texts("partner.title_local", home=home, partner=partner, local=local)
    return texts("partner.title", home=home, partner=partner)


def other_name(texts: Texts, place: Place) -> str:
    """The partner's name in the registry's other language, empty where the title has it already."""
    other = place.name_en if texts.language.startswith("zh") else place.name_zh
    return texts.write(other) if other and other not in (_shown(texts, place), place.name_local) else ""


def _shown(texts: Texts, place: Place) -> str:
    return place.name_zh if texts.language.startswith("zh") and place.name_zh else place.name_en


def short(text: str) -> str:
    """Somebody's own words, cut where they are long."""
    return fit(" ".join(text.split()), LONGEST)


def signed_names_line(texts: Texts, parts: Parts) -> str:
    """What the parties are called in the text that was signed, empty where nobody wrote it down."""
    names = list(dict.fromkeys(short(each.name) for each in parts.signed_names))
    return texts("partner.signed_names", names=names) if names else ""


def term_lines(texts: Texts, act: Partnership, today: date) -> Iterator[str]:
    """When an act is to be looked at again, and when it runs out."""
    for key, day in (("review", act.review_on), ("expires", act.expires_on)):
        if day is not None and not act.replaced:
            yield texts(f"partner.{key}{'_past' if _is_over(day, today) else ''}", date=day)


def _is_over(day: PartialDate, today: date) -> bool:
    return day.latest() < today


# Who ---------------------------------------------------------------------------------------------------------


def people_lines(texts: Texts, acts: Sequence[Partnership]) -> Iterator[str]:
    """Who began the tie and who carries it, each line once, however many acts say so."""
    lines = (line for act in acts for line in _people_of(texts, act))
    yield from dict.fromkeys(lines)


def _people_of(texts: Texts, act: Partnership) -> Iterator[str]:
    side = _initiating_side(act)
    if act.initiator and side:
        yield texts("partner.begun_by_of", initiator=act.initiator, place=side)
    elif act.initiator:
        yield texts("partner.begun_by", initiator=act.initiator)
    elif side:
        yield texts("partner.begun_in", place=side)
    if act.civil_since:
        yield texts("partner.civil_since", date=act.civil_since)
    if act.owner:
        yield texts("partner.owner", name=short(act.owner))
    if act.lead_association:
        yield texts("partner.lead_association", name=short(act.lead_association))
    if act.council_liaison:
        yield texts("partner.council_liaison", name=short(act.council_liaison))


def _initiating_side(act: Partnership) -> Place | None:
    position = act.initiator_party or 0
    return act.parties[position - 1] if 0 < position <= len(act.parties) else None


# Levels ------------------------------------------------------------------------------------------------------


def levels_line(texts: Texts, counts: LevelCounts) -> str:
    """How many exchanges were held on each level, empty where there are none."""
    if not any(counts.values()):
        return ""
    shown = [level for level in LEVELS if counts.get(level) or level is not ExchangeLevel.LEADER]
    told = [texts("partner.level", level=level, number=counts.get(level, 0)) for level in shown]
    if counts.get(None):
        told.append(texts("partner.level_unknown", number=counts[None]))
    line = texts("partner.separator").join(told)
    return texts("partner.levels", levels=Written(line))


def one_level_line(texts: Texts, counts: LevelCounts) -> str:
    """A quiet remark where a tie lives on one level only, empty where it lives on both."""
    if (level := only_level(counts)) is None:
        return ""
    return texts("partner.only_civic" if level is ExchangeLevel.CIVIC else "partner.only_official")


# Promises ----------------------------------------------------------------------------------------------------


def promises_line(texts: Texts, parts: Sequence[Parts], today: date) -> str:
    """How many promises are open, and how many of them are late; empty where none is open."""
    still_open = [each for part in parts for each in part.commitments if each.done is None]
    late = sum(each.is_overdue(today) for each in still_open)
    if not still_open:
        return ""
    line = texts("partner.commitments_open", n=len(still_open))
    if late:
        return texts("partner.commitments_late", line=Written(line), n=late)
    return line
