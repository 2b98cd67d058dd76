"""Agreements that a place signed under its former name: 臺北縣 signed with Cincinnati what is kept with 新北市."""

from dataclasses import replace

from bot.domain.places import Place
from bot.questions.choosing import choose, is_one_place
from bot.questions.conditions import Event, PlaceRef, Where
from bot.questions.query import About, Asked, Query
from bot.services.holdings import Loader, resolved


async def as_it_is_kept(loader: Loader, query: Query) -> Query | None:
    """The question when a former place signed, asked of what it became; None where no source says that it did.

    `query` is one to which the former place itself has no record.
    """
    dated = query.about is About.TIES and query.asked is Asked.DATE and query.acts.event is Event.SIGNED
    if not (dated and is_one_place(query.partner)):
        return None
    for where in (query.home, query.partner):
        for ref in where.places:
            before = loader.names.places.get(ref.id or 0)
            after = loader.names.places.get(before.successor_id or 0) if before else None
            if before is None or after is None:
                continue
            asked = replace(query, home=_put(query.home, ref, after), partner=_put(query.partner, ref, after))
            return asked if await _says_so(loader, asked, before) else None
    return None


def _put(where: Where, old: PlaceRef, new: Place) -> Where:
    named = PlaceRef(new.id, new.name_en, new.country)
    return replace(where, places=tuple(named if ref == old else ref for ref in where.places))


async def _says_so(loader: Loader, asked: Query, before: Place) -> bool:
    """Whether a source names the former place beside a day of signing."""
    resolved_one = resolved(asked, loader.caller)
    registry = await loader.registry(resolved_one)
    acts = {link.act.id for link in choose(resolved_one, registry).links}
    claims = [claim for act in acts for claim in (registry.claims or {}).get(act, ())]
    return any(before.name_en in (claim.note or "") for claim in claims)
