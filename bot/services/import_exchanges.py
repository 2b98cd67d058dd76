"""The sheet of exchanges: a gathered list of events, and the registry's own layout."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import product

from bot.domain.dates import PartialDate
from bot.domain.exchanges import MAX_PEOPLE, MAX_TOPIC, ExchangeKind, ExchangeLevel, ExchangeStatus, Mode
from bot.domain.names import fold
from bot.services.import_acts import Outcome, compatible
from bot.services.import_batch import CHUNK, Batch
from bot.services.import_events import GATHERED_KINDS, direction, mode_of
from bot.services.import_mentions import Known
from bot.services.import_registry import SOURCES
from bot.services.import_rows import Cells, Layout
from db.engine import Session
from db.exchanges import NewExchange, add_exchange_sources, insert_exchanges, stored_exchanges

MAX_TITLE = 500
GATHERED = Layout("gathered", ("date", "city", "partner", "kind", "title", "source"))
REGISTRY = Layout(
    "registry",
    ("number", "kind", "status", "date", "title_en", "places", "sources"),
    (
        "mode", "level", "end_date", "title_zh", "note", "starts_at", "topic", "summary", "people", "scope",
        "office",
    ),
)  # fmt: skip
LAYOUTS = (GATHERED, REGISTRY)


@dataclass(slots=True)
class Happening:
    """An exchange in the making: as the registry has it (None for a new one), and as it will be."""

    stored: NewExchange | None
    now: NewExchange


class ExchangeBook:
    """All exchanges by number, and by what they are called."""

    def __init__(self, stored: Sequence[NewExchange]) -> None:
        self.happenings: list[Happening] = []
        self.by_number: dict[int, Happening] = {}
        self._by_title: dict[str, list[Happening]] = {}
        for content in stored:
            self._enter(Happening(content, content))

    def _enter(self, happening: Happening) -> None:
        self.happenings.append(happening)
        self._by_title.setdefault(fold(happening.now.title), []).append(happening)
        if happening.now.number is not None:
            self.by_number[happening.now.number] = happening

    def add(self, content: NewExchange) -> None:
        self._enter(Happening(None, content))

    def same(self, title: str, date: PartialDate, akin: Sequence[set[int]]) -> Happening | None:
        """The exchange of this title and date that has a place out of each of `akin`.

        Its kind may have been put right since.
        """
        for known in self._by_title.get(fold(title), ()):
            if compatible(known.now.date, date) and all(near & set(known.now.places) for near in akin):
                return known
        return None


@dataclass(slots=True)
class Exchanges:
    """Reads exchanges in either layout. With `lenient`, one that was edited since stays as it is."""

    batch: Batch
    layout: Layout
    book: ExchangeBook
    lenient: bool = False
    _numbers: set[int] = field(default_factory=set)

    @classmethod
    async def open(cls, session: Session, batch: Batch, layout: Layout, *, lenient: bool) -> "Exchanges":
        return cls(batch, layout, ExchangeBook(await stored_exchanges(session, None)), lenient)

    def read(self, cells: Cells) -> None:
        exchange = self._gathered(cells) if self.layout is GATHERED else self._registered(cells)
        if exchange is None:
            return
        if exchange.number is None:
            self._put_unnumbered(exchange)
        else:
            self._put(cells, exchange, exchange.number)

    def _put_unnumbered(self, exchange: NewExchange) -> None:
        akin = [self.batch.places.relatives(place_id) for place_id in exchange.places]
        known = self.book.same(exchange.title, exchange.date, akin)
        if known is None:
            self.book.add(exchange)
            self.batch.count(Outcome.ADDED)
            return
        fresh = tuple(source for source in exchange.sources if source not in known.now.sources)
        known.now = replace(known.now, sources=known.now.sources + fresh)
        self.batch.count(Outcome.MERGED if fresh else Outcome.UNCHANGED)

    def _put(self, cells: Cells, exchange: NewExchange, number: int) -> None:
        known = self.book.by_number.get(number)
        if number in self._numbers:
            cells.problem("number", "number_twice")
        elif known is None:
            self.book.add(exchange)
            self.batch.count(Outcome.ADDED)
        elif replace(known.now, request_id=None) == exchange or (
            self.lenient and set(known.now.places) == set(exchange.places)
        ):
            self.batch.count(Outcome.UNCHANGED)
        else:
            cells.problem("number", "number_taken", record=f"X{number}")
        self._numbers.add(number)

    # Gathered -----------------------------------------------------------------------------------------------

    def _gathered(self, cells: Cells) -> NewExchange | None:
        day = cells.date("date", required=True, past=False)
        title = cells.text("title", MAX_TITLE, required=True)
        word = _kind_word(cells)
        cells.text("source", required=True)
        pair = self._pair(cells)
        sources = cells.texts("source", SOURCES)
        if not cells.ok or day is None or title is None or word is None or pair is None:
            return None
        kind = GATHERED_KINDS[word]
        if word == "delegation_visit":
            kind = direction(title, _names(pair[0]), _names(pair[1]))
        announced = re.search(r"\b(?:planned|listed)\b", title, re.IGNORECASE)
        planned = announced is not None or day.earliest() > self.batch.today
        return NewExchange(
            kind=kind,
            mode=mode_of(kind),
            status=ExchangeStatus.PLANNED if planned else ExchangeStatus.HELD,
            date=day,
            title=title,
            places=(pair[0].id, pair[1].id),
            sources=sources,
            scope=self.batch.scope,
        )

    def _pair(self, cells: Cells) -> tuple[Known, Known] | None:
        """The two places, taken together: where names are shared, the pair that has a tie is meant."""
        named: list[list[Known]] = []
        for column in ("city", "partner"):
            name = cells.name(column, required=True)
            named.append(self.batch.places.named(name) if name else [])
            if name and not named[-1]:
                cells.problem(column, "place_unknown")
        pairs = [(one, other) for one, other in product(*named) if one.id != other.id]
        if not pairs:
            if all(named):
                cells.problem("partner", "same_place")
            return None
        tied = [pair for pair in pairs if self.batch.acts.tied(pair[0].id, pair[1].id)]
        likely = tied or pairs
        if len(likely) == 1:
            return likely[0]
        for position, column in enumerate(("city", "partner")):
            choices = sorted({pair[position].content.key for pair in likely})
            if len(choices) > 1:
                cells.problem(column, "place_ambiguous", choices=choices)
        return None

    # The registry's layout ----------------------------------------------------------------------------------

    def _registered(self, cells: Cells) -> NewExchange | None:
        kind = cells.word("kind", ExchangeKind, "exchange_kind_unknown", required=True)
        status = cells.word("status", ExchangeStatus, "exchange_status_unknown", required=True)
        day = cells.date("date", required=True, past=status is ExchangeStatus.HELD)
        scope = self.batch.scope_of(cells)
        number = cells.number("number")
        places = self.batch.places_of(cells, "places")
        end = cells.date("end_date", past=False)
        if day and end and end.latest() < day.earliest():
            cells.problem("end_date", "ends_before_it_begins")
        title = cells.text("title_en", MAX_TITLE, required=number is None) or ""
        exchange = NewExchange(
            number=number,
            kind=kind or ExchangeKind.OTHER,
            mode=cells.word("mode", Mode, "mode_unknown"),
            status=status or ExchangeStatus.HELD,
            level=cells.word("level", ExchangeLevel, "level_unknown"),
            date=day or PartialDate.of(self.batch.today),
            end_date=end,
            starts_at=_moment(cells),
            title=title,
            title_zh=cells.text("title_zh", MAX_TITLE),
            topic=cells.text("topic", MAX_TOPIC),
            summary=cells.text("summary"),
            people=cells.number("people", MAX_PEOPLE),
            places=places,
            note=cells.text("note"),
            sources=cells.texts("sources", SOURCES),
            scope=scope,
            office_id=self.batch.office_of(cells, scope),
        )
        return exchange if cells.ok else None

    # Storing ------------------------------------------------------------------------------------------------

    async def store(
        self,
        session: Session,
        place_ids: Mapping[int, int],
        office_ids: Mapping[int, int],
        advance: Callable[[int], None],
    ) -> None:
        """Store new exchanges, with the numbers asked for or the next free, and new sources of others."""
        new = [
            replace(
                happening.now,
                places=tuple(place_ids[place_id] for place_id in happening.now.places),
                office_id=office_ids[happening.now.office_id]
                if happening.now.office_id is not None
                else None,
            )
            for happening in self.book.happenings
            if happening.stored is None
        ]
        new.sort(key=lambda exchange: exchange.number is None)
        for start in range(0, len(new), CHUNK):
            chunk = new[start : start + CHUNK]
            await insert_exchanges(session, chunk)
            advance(len(chunk))
        more = [
            (h.stored.number, len(h.stored.sources), h.now.sources[len(h.stored.sources) :])
            for h in self.book.happenings
            if h.stored and h.stored.number is not None
        ]
        await add_exchange_sources(session, more)


def _names(known: Known) -> list[str]:
    names = [name for name, _ in known.content.names()]
    bare = [re.sub(r" (?:City|County|Prefecture|Province)$", "", name) for name in names]
    return sorted({*names, *bare}, key=lambda name: (-len(name), name))


def _kind_word(cells: Cells) -> str | None:
    word = re.sub(r"[\s\-]+", "_", cells.raw("kind").casefold())
    if word in GATHERED_KINDS:
        return word
    if word:
        cells.problem("kind", "exchange_kind_unknown", choices=sorted(GATHERED_KINDS))
    else:
        cells.problem("kind", "cell_empty")
    return None


def _moment(cells: Cells) -> datetime | None:
    text = cells.raw("starts_at")
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        cells.problem("starts_at", "moment_unreadable")
        return None
    if moment.utcoffset() is None:
        cells.problem("starts_at", "moment_without_offset")
        return None
    return moment.astimezone(UTC)
