"""Ties that are less than a partnership, such as a contact, which are told beside partners."""

from collections.abc import Iterable

from bot.domain.partnerships import Kind
from bot.questions.answering.fitting import act_fits, wanted_kinds
from bot.questions.conditions import KindWord
from bot.questions.holdings import Link, Registry
from bot.questions.query import About, Query

_LOOSER = frozenset({Kind.CONTACT, Kind.PROJECT})


def looser_beside(links: Iterable[Link], query: Query, registry: Registry) -> list[Link]:
    """Those that fit but for their kind, where partners are asked for by no other word than that."""
    acts = query.acts
    plain = acts.kinds <= {KindWord.PARTNERS} and not acts.without_kinds and not wanted_kinds(query) & _LOOSER
    ranked = query.rank is not None or query.per is not None or query.having is not None
    apart = query.compare is not None or query.turning is not None or query.candidate is not None
    met = query.met is not None or query.unmet is not None or query.states or query.without_states
    if query.about is not About.TIES or not plain or ranked or apart or met:
        return []
    return [link for link in links if act_fits(link.act, query, registry, _LOOSER)]
