"""Exchanges while an import changes them, and the same event told in several rows."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from bot.domain.names import fold
from bot.domain.partnership_editing import compatible
from bot.services.importing.records import Advance, Draft, Drafts, NewIds, Outcome, circle, in_chunks
from db.engine import Session
from db.exchanges import NewExchange, add_exchange_sources, insert_exchanges, pair_exchanges


class Exchanges(Drafts[NewExchange]):
    """All exchanges, found by number and by what they are called."""

    def __init__(self, stored: Iterable[NewExchange]) -> None:
        self._by_title: dict[tuple[Hashable, str], list[Draft[NewExchange]]] = {}
        super().__init__("X", stored)

    def _enter(self, draft: Draft[NewExchange]) -> None:
        super()._enter(draft)
        self._by_title.setdefault((circle(draft.now), fold(draft.now.title)), []).append(draft)

    def add_or_join(self, row: NewExchange, akin: Sequence[set[int]]) -> Outcome:
        """Give the exchange that the row speaks of the row's sources, or add the row as a new one.

        It is the same with the same title and date, and a place out of each of `akin`; its kind may have been
        put right since.
        """
        known = self._same(row, akin)
        if known is None:
            return self.add(row)
        fresh = tuple(source for source in row.sources if source not in known.now.sources)
        known.now = replace(known.now, sources=known.now.sources + fresh)
        return Outcome.MERGED if fresh else Outcome.UNCHANGED

    def _same(self, row: NewExchange, akin: Sequence[set[int]]) -> Draft[NewExchange] | None:
        for known in self._by_title.get((circle(row), fold(row.title)), ()):
            if compatible(known.now.date, row.date) and all(near & set(known.now.places) for near in akin):
                return known
        return None

    async def store(self, session: Session, ids: NewIds, advance: Advance) -> None:
        """Store new exchanges, with the numbers asked for or the next free ones, and new sources of others."""
        pairs: list[tuple[int, int]] = []
        for chunk in in_chunks(self.new()):
            # One may be paired with another that comes later in the file: the link is made when both are there.
            stored = [
                replace(
                    new,
                    places=ids.places(new.places),
                    office_id=ids.office(new.office_id),
                    paired_with=None,
                )
                for new in chunk
            ]
            numbers = await insert_exchanges(session, stored)
            others = [(n, new.paired_with) for n, new in zip(numbers, chunk, strict=True)]
            pairs += [(number, other) for number, other in others if other is not None]
            advance(len(chunk))
        await pair_exchanges(session, pairs)
        await add_exchange_sources(
            session,
            [
                (now.number, len(old.sources), now.sources[len(old.sources) :])
                for old, now in self.changed()
                if now.number is not None
            ],
        )
