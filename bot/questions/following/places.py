"""Whose ties a question is about that goes on from another: its places, put beside those of the one before."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.places import Level, Place
from bot.questions.conditions import PlaceRef, Where
from bot.questions.frame import Frame
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Query, Told
from bot.questions.reading.naming import joined, ref
from bot.questions.sharing.whose import ASSUMED
from bot.questions.vocabulary.lexicon import Lexicon


def merged_partner(before: Where, now: Where, *, of_those: bool) -> Where:
    """The partners that are spoken of now, or those of before; a kind of places narrows these.

    `of_those`: what is said narrows those of before in any case.
    """
    if now.anywhere:
        return before
    named = now.names_any
    if not named and now.without is not None and not now.levels:  # 不含美國 after 不含日本
        out = now.without if before.without is None else joined([before.without, now.without])
        outside = replace(before, without=out)
        return now if outside.leaves_nobody else outside
    if not named and now.levels and not before.places:  # "which of them are prefectures?"
        return replace(before, levels=now.levels, without=now.without or before.without)
    if of_those and named and not now.levels:
        return replace(now, levels=before.levels, without=now.without or before.without)
    return now


def at_home(
    said: Query, sentence: Sentence, before: Query, lexicon: Lexicon, asker: Place | None
) -> Query | None:
    """What belongs to the home of before, or to the same place as that, is a home, too: 中壢區… 龜山區呢.

    None where districts are only counted in, of which alone would be told, or one is meant that nobody knows: 含各區呢.
    """
    homes = [each.id for each in before.home.places] or [asker.id if before.home.own and asker else None]
    parts = _parts(said, sentence, homes, lexicon)
    if parts and (sentence.has(("filler", "includes")) or _with_them(sentence)):
        return None
    if parts:
        return replace(said, home=Where(places=parts), partner=replace(said.partner, levels=()))
    if (turned := _on_its_side(said, sentence, before, lexicon)) is not None:
        return turned
    named = said.partner.places
    if not named or said.partner != Where(places=named) or not said.home.assumed:
        return said
    if any("with" in sentence.small_before(at) for at in sentence.names):
        return said
    if before.partner.anywhere and any(_is_stranger(each, homes, lexicon) for each in named):
        return None
    if not all(_is_near(each, homes, lexicon) for each in named) and not _are_of_home(named, before):
        return said
    return replace(said, home=Where(places=named), partner=Where())


def seen_from_ours(frame: Frame, lexicon: Lexicon, asker: Place | None) -> Frame:
    """The question before as one of a place of ours, where nobody asks and an overview of it was told: 嘉義市.

    What goes on from it is with whom: 有美國的嗎.
    """
    query, places = frame.query, frame.query.partner.places
    told = query.told is Told.OVERVIEW and query.home.assumed and query.partner.is_one_place
    if asker is not None or not told or not {each.country for each in places} <= lexicon.home_countries:
        return frame
    return replace(frame, query=replace(query, home=query.partner, partner=Where()))


def of_others(said: Query, frame: Frame) -> Frame:
    """The question before, without the partner that an answer told, where the same is asked of another home.

    "Has Sanxia a sister city?", "when was the last exchange?", "and Tamsui?": not with that of Sanxia.
    """
    among, named = frame.among, len(said.home.places) == 1 and not said.home.assumed
    if among is None or among.rank is not None or not named or not said.partner.anywhere:
        return frame
    if among.about is not About.TIES or frame.query.about is not About.EXCHANGES:
        return frame
    return replace(frame, query=replace(frame.query, partner=among.partner), among=None)


def _on_its_side(said: Query, sentence: Sentence, before: Query, lexicon: Lexicon) -> Query | None:
    """The one place that is named, as home or partner, by where it lies: after Taipei and Seoul, Daegu is a partner.

    None where it stands there already, or where homes and partners before lie in the same country.
    """
    ours, partners = lexicon.home_countries, before.partner.places
    names = list(sentence.names.items())
    if len(names) != 1 or not partners or not ours or said.compare or before.compare:
        return None
    at, name = names[0]
    named = name.where.places
    if len(named) != 1 or name.where != Where(places=named) or "with" in sentence.small_before(at):
        return None
    homes = before.home.places
    abroad = [each.country not in ours for each in partners]
    if not all(abroad) or any(each.country not in ours for each in homes):
        return None
    if named[0].country in ours and said.partner.places == named and said.home.assumed:
        return replace(said, home=Where(places=named), partner=replace(said.partner, places=()))
    if named[0].country not in ours and said.home.places == named and said.partner.anywhere:
        return replace(said, home=ASSUMED, partner=Where(places=named))
    return None


def _parts(
    said: Query, sentence: Sentence, homes: list[int | None], lexicon: Lexicon
) -> tuple[PlaceRef, ...]:
    """The districts of the home that have ties, where they are spoken of, and not which of those that were told."""
    if said.partner.levels != (Level.DISTRICT,) or not said.home.assumed or sentence.any_of("ask"):
        return ()
    return tuple(
        ref(known.place)
        for known in lexicon.known.values()
        if known.place.parent_id in homes and known.records
    )


_INCLUDED = frozenset(("with", "including", "plus", "counting", "連", "连", "加", "加上", "算", "算上"))


def _with_them(sentence: Sentence) -> bool:
    return any(sentence.plainly(i) in _INCLUDED for i in range(len(sentence.spans)))


def _are_of_home(named: Sequence[PlaceRef], before: Query) -> bool:
    """Whether places are among those of a country whose ties with others were told: "since when is Leipzig?"."""
    lands = set(before.home.countries) - set(before.partner.countries)
    return not before.partner.anywhere and bool(lands) and all(each.country in lands for each in named)


def _is_stranger(place: PlaceRef, homes: list[int | None], lexicon: Lexicon) -> bool:
    """Whether a place without ties is named where districts were spoken of, one of which it may be: 大園呢."""
    known = [lexicon.known[each].place for each in homes if each in lexicon.known]
    return place.id is None and bool(known) and all(each.parent_id is not None for each in known)


def _is_near(place: PlaceRef, homes: list[int | None], lexicon: Lexicon) -> bool:
    """Whether a place is a part of one of the homes, or of what one of them is a part of."""
    known = lexicon.known.get(place.id or 0)
    if known is None or known.place.parent_id is None:
        return False
    parents = {lexicon.known[each].place.parent_id for each in homes if each in lexicon.known}
    return known.place.parent_id in {*homes, *parents}
