"""A check of every reading: a part of the world that is named narrows what is asked, and is not left out of it.

"Japanese side only: the friendship cities of Tainan" read without Japan would be answered for certain, and wrongly; so
would "in Taipei's case: which partners" read of whoever asks.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from bot.domain.places import Place
from bot.domain.regions import Region
from bot.questions.conditions import Met, Where
from bot.questions.parts.spans import Span
from bot.questions.query import Query, Told
from bot.questions.text.normal import Token
from bot.questions.vocabulary.lexicon import Countries, Lexicon, Meaning, Parts


def left_out(
    query: Query, spans: Sequence[Span], tokens: Sequence[Token], lexicon: Lexicon, home: Place | None
) -> Span | None:
    """The first country or region in the last sentence that the query says nothing of, nor of a place in it.

    Where the query is of whoever asks, so is the first place that has an office, but for those of `home`. Where a place
    lies answers whether it lies in any of them.
    """
    if query.told is Told.SITUATION:
        return None
    whose, *others = _wheres(query)
    abroad = {
        code for where in (replace(whose, places=()), *others) for code in _countries_of(where, lexicon)
    }
    codes = abroad | {*_countries_of(whose, lexicon), *lexicon.home_countries}
    regions = {region for where in (whose, *others) for region in where.regions}
    offices = lexicon.offices if whose.own else frozenset()
    places = {ref.id for where in (whose, *others) for ref in where.places} | {home.id if home else None}
    places |= {query.acts.beside.place.id} if query.acts.beside else set()
    asked = spans[_last_sentence(spans, tokens) :]
    for index, span in enumerate(asked):
        meanings = span.mention.meanings if span.mention else ()
        if meanings and isinstance(meanings[0], Place) and meanings[0].id in offices - places:
            return span
        if meanings and not any(_is_said(each, codes, abroad, regions) for each in meanings):
            return None if _is_narrowed(asked[index:], tokens) else span
    return None


_JUST = frozenset(("just", "only", "只", "仅", "单"))


def _is_narrowed(spans: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether another part of the world follows that alone is meant: "in Asia and Europe: just the Polish one"."""
    last = next((i for i in reversed(range(1, len(spans))) if _names_part(spans[i])), 0)
    between = {tokens[i].text for span in spans[:last] for i in range(span.start, span.end)}
    return not _JUST.isdisjoint(between)


def _names_part(span: Span) -> bool:
    return span.mention is not None and isinstance(span.mention.meanings[0], Countries | Region | Parts)


def _is_said(meaning: Meaning, codes: Set[str], abroad: Set[str], regions: Set[Region]) -> bool:
    """Whether it is a country or region that the query speaks of, or none of the two.

    That Tainan lies in Asia does not say that its partners do, so that a region is one that lies `abroad`.
    """
    match meaning:
        case Countries():
            return not codes.isdisjoint(meaning.codes)
        case Region():
            return meaning in regions or any(map(meaning.takes_in, abroad))
        case Parts():
            return any(_is_said(region, codes, abroad, regions) for region in meaning.regions)
    return True


_ENDS = frozenset(".。?!;；…")


def _last_sentence(spans: Sequence[Span], tokens: Sequence[Token]) -> int:
    """Where the last sentence begins: what was told in others is no condition."""
    ends = [i for i, span in enumerate(spans) if span.mark and set(tokens[span.start].text) & _ENDS]
    return next((end + 1 for end in reversed(ends) if any(not span.mark for span in spans[end:])), 0)


def _countries_of(where: Where, lexicon: Lexicon) -> Iterator[str]:
    """The countries that it names, and those of its places."""
    yield from where.countries
    yield from (area.country for area in where.areas)
    for ref in where.places:
        known = lexicon.known.get(ref.id) if ref.id is not None else None
        yield from filter(None, (ref.country, known.place.country if known else None))


def _wheres(query: Query) -> Iterator[Where]:
    """All that a query says of places, also of those that it excludes or compares with."""
    compared = query.compare
    met: Iterable[Met | None] = (query.exchanges, query.met, query.unmet)
    found = [query.home, query.partner, *query.each, *(each.at for each in met if each and each.at)]
    if compared is not None:
        found += [*compared.others, *(compared.partners or ())]
    if query.candidate is not None:
        found.append(Where(places=(query.candidate,)))
    for where in found:
        yield where
        if where.without is not None:
            yield where.without
