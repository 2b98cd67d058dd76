"""Rows of exchanges: events that somebody gathered, and the registry's own layout."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import product

from bot.domain.dates import PartialDate
from bot.domain.exchange_details import MAX_TOPICS
from bot.domain.exchanges import MAX_PEOPLE, MAX_TOPIC, ExchangeKind, ExchangeLevel, ExchangeStatus, Mode
from bot.domain.profiles import LONGEST_TAG, topic_of
from bot.services.importing.cells import Cells
from bot.services.importing.layouts import NAMES, SOURCES
from bot.services.importing.part_cells import EXCHANGE_CELLS, read_part_cells
from bot.services.importing.places import Known
from bot.services.importing.staging import Reader, Staging
from db.exchanges import NewExchange

MAX_TITLE = 500


class ExchangeRows(Reader):
    """Reads exchanges in the registry's own layout, those with a number under their number."""

    def __init__(self, staging: Staging) -> None:
        super().__init__(staging)
        self._paired: list[tuple[Cells, int]] = []

    def read(self, cells: Cells) -> None:
        """Take in an exchange; one without a number is joined with what is known of it."""
        exchange = self._exchange(cells)
        if exchange is None:
            return
        exchanges, lenient = self.staging.exchanges, self.staging.rules.lenient
        if exchange.number is None:
            akin = [self.staging.places.relatives(place_id) for place_id in exchange.places]
            self.staging.count(exchanges.add_or_join(exchange, akin))
        else:
            self.staging.count(exchanges.put(cells, exchange, exchange.number, lenient=lenient))
        if exchange.paired_with is not None:
            self._paired.append((cells, exchange.paired_with))

    def finish(self) -> None:
        """Point out exchanges that are said to go with one that is not there, or in the end with themselves."""
        for cells, other in self._paired:
            if other not in self.staging.exchanges or self.staging.exchanges.leads_back(
                cells.raw("number"), other
            ):
                cells.problem("paired_with", "record_unknown", record=f"X{other}")

    def _exchange(self, cells: Cells) -> NewExchange | None:
        kind = cells.word("kind", ExchangeKind, "exchange_kind_unknown", required=True)
        status = cells.word("status", ExchangeStatus, "exchange_status_unknown", required=True)
        day = cells.date("date", required=True, past=status is ExchangeStatus.HELD)
        scope = self.staging.scope_of(cells)
        number = cells.number("number")
        places = self.staging.places_of(cells, "places")
        end = cells.date("end_date", past=False)
        if day and end and end.latest() < day.earliest():
            cells.problem("end_date", "ends_before_it_begins")
        exchange = NewExchange(
            number=number,
            kind=kind or ExchangeKind.OTHER,
            mode=cells.word("mode", Mode, "mode_unknown"),
            status=status or ExchangeStatus.HELD,
            level=cells.word("level", ExchangeLevel, "level_unknown"),
            date=day or PartialDate.of(self.staging.rules.today),
            end_date=end,
            starts_at=_moment(cells),
            title=cells.text("title_en", MAX_TITLE, required=number is None) or "",
            title_zh=cells.text("title_zh", MAX_TITLE),
            topic=cells.text("topic", MAX_TOPIC),
            summary=cells.text("summary"),
            people=cells.number("people", MAX_PEOPLE),
            places=places,
            note=cells.text("note"),
            sources=cells.texts("sources", SOURCES),
            scope=scope,
            office_id=self.staging.office_of(cells, scope),
            home_places=cells.number("home_places", max(len(places) - 1, 1)) or 1,
            topics=_topics(cells),
            paired_with=cells.number("paired_with"),
            **read_part_cells(cells, EXCHANGE_CELLS, len(places)),
        )
        return exchange if cells.ok else None


def _topics(cells: Cells) -> tuple[str, ...]:
    """Topics in their words of the vocabulary, or as tags, each once."""
    typed = cells.texts("topics", NAMES, LONGEST_TAG)
    if len(typed) > MAX_TOPICS:
        cells.problem("topics", "too_many", number=len(typed), most=MAX_TOPICS)
    return tuple(dict.fromkeys(filter(None, map(topic_of, typed))))


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


# Gathered events --------------------------------------------------------------------------------------------

DELEGATION_VISIT = "delegation_visit"
"""A visit of which only the title may say who went."""

_GATHERED_KINDS = {
    DELEGATION_VISIT: ExchangeKind.VISIT,
    "cultural_event": ExchangeKind.CULTURE,
    "sports": ExchangeKind.SPORT,
    "gift": ExchangeKind.AID,
    "donation": ExchangeKind.AID,
    "forum": ExchangeKind.CONFERENCE,
    "training": ExchangeKind.EDUCATION,
    "student_exchange": ExchangeKind.EDUCATION,
    "resolution": ExchangeKind.OTHER,
    "anniversary": ExchangeKind.OTHER,
    "trade": ExchangeKind.OTHER,
    "secondment": ExchangeKind.OTHER,
} | {kind.value: kind for kind in ExchangeKind}
"""What a gathered list calls an event, and what the registry calls it (design §3, reading 11)."""

_MODES = {
    ExchangeKind.VISIT: Mode.IN_PERSON,
    ExchangeKind.VISIT_IN: Mode.IN_PERSON,
    ExchangeKind.VISIT_OUT: Mode.IN_PERSON,
    ExchangeKind.VIRTUAL_VISIT: Mode.VIRTUAL,
    ExchangeKind.WEBINAR: Mode.VIRTUAL,
}
_NOT_YET = re.compile(r"\b(?:planned|listed)\b", re.IGNORECASE)
_HEAD = r"(?:mayor|governor|magistrate|councillors?|officials|delegation)"


class GatheredExchangeRows(ExchangeRows):
    """Reads a list of events that somebody gathered."""

    def _exchange(self, cells: Cells) -> NewExchange | None:
        day = cells.date("date", required=True, past=False)
        title = cells.text("title", MAX_TITLE, required=True)
        word = _kind_word(cells)
        cells.text("source", required=True)
        pair = self._pair(cells)
        sources = cells.texts("source", SOURCES)
        if not (cells.ok and day and title and word and pair):
            return None
        kind = _GATHERED_KINDS[word]
        if word == DELEGATION_VISIT:
            kind = direction(title, _names(pair[0]), _names(pair[1]))
        planned = _NOT_YET.search(title) or day.earliest() > self.staging.rules.today
        return NewExchange(
            kind=kind,
            mode=_MODES.get(kind),
            status=ExchangeStatus.PLANNED if planned else ExchangeStatus.HELD,
            date=day,
            title=title,
            places=(pair[0].id, pair[1].id),
            sources=sources,
            scope=self.staging.rules.scope,
        )

    def _pair(self, cells: Cells) -> tuple[Known, Known] | None:
        """The two places, taken together: where names are shared, the pair that has a tie is meant."""
        named: list[list[Known]] = []
        for column in ("city", "partner"):
            name = cells.name(column, required=True)
            named.append(self.staging.places.named(name) if name else [])
            if name and not named[-1]:
                cells.problem(column, "place_unknown")
        pairs = [(one, other) for one, other in product(*named) if one.id != other.id]
        if not pairs:
            if all(named):
                cells.problem("partner", "same_place")
            return None
        likely = [
            (one, other) for one, other in pairs if self.staging.acts.between(one.id, other.id)
        ] or pairs
        if len(likely) == 1:
            return likely[0]
        for position, column in enumerate(("city", "partner")):
            choices = sorted({pair[position].content.key for pair in likely})
            if len(choices) > 1:
                cells.problem(column, "place_ambiguous", choices=choices)
        return None


def _kind_word(cells: Cells) -> str | None:
    word = re.sub(r"[\s\-]+", "_", cells.raw("kind").casefold())
    if word in _GATHERED_KINDS:
        return word
    if word:
        cells.problem("kind", "exchange_kind_unknown", choices=sorted(_GATHERED_KINDS))
    else:
        cells.problem("kind", "cell_empty")
    return None


def _names(known: Known) -> list[str]:
    """What a title may call the place, the longest first."""
    names = [name for name, _ in known.content.names()]
    bare = [re.sub(r" (?:City|County|Prefecture|Province)$", "", name) for name in names]
    return sorted({*names, *bare}, key=lambda name: (-len(name), name))


def direction(title: str, ours: Sequence[str], theirs: Sequence[str]) -> ExchangeKind:
    """Who went, where the title says so: "Mayor of <partner> … visits (in, to) <city>", or the other way."""
    if _goes(title, theirs, ours):
        return ExchangeKind.VISIT_IN
    return ExchangeKind.VISIT_OUT if _goes(title, ours, theirs) else ExchangeKind.VISIT


def _goes(title: str, who: Sequence[str], where: Sequence[str]) -> bool:
    from_them = f"(?:{'|'.join(map(re.escape, who))})"
    to_them = f"(?:{'|'.join(map(re.escape, where))})"
    pattern = (
        rf"\b{_HEAD} (?:of|from) {from_them}\b(?:(?! and )[^;])*?\b(?:visits?|in|to|at|tours?) "
        rf"(?:[\w' ]+ (?:in|to|at|of) )?{to_them}\b"
    )
    return re.search(pattern, title, re.IGNORECASE) is not None
