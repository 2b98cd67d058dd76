"""How the dated life of a tie looks: a line for each thing that happened, oldest first."""

from collections.abc import Iterator, Sequence

from bot.domain.agreements import SignedName
from bot.domain.audit import find_record
from bot.domain.errors import BadInput
from bot.domain.exchanges import Exchange, ExchangeStatus
from bot.domain.partnerships import Status, StatusChange
from bot.domain.timeline import CivilContact, Happening, Met, Signing, StageReached, Stretch, Turn
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller, Desk
from bot.services.timeline import Timeline, timeline
from bot.ui.audience import restricted
from bot.ui.callers import Interaction, caller_of, desk_of
from bot.ui.cards import Card, fit
from bot.ui.changes import BOLD
from bot.ui.claims import dispute_lines, reason_words, source_name, words_of_both
from bot.ui.pages import Heading, Page, page_of, paged, show_page

LINE, WORDS, NAMES, TYPED = 320, 120, 140, 60
"""Characters of a line, of what somebody said in it, of names as signed; and of what a button carries as typed."""

EACH, TOGETHER = "1", "0"
"""How a button says whether every exchange is told by itself."""


async def show_timeline(
    interaction: Interaction, partner: str | None, record: str | None, *, each: bool = False
) -> None:
    """Answer with the life of the tie that one of the two names. Raises `BadInput` for neither, or for both."""
    typed = (partner or record or "").strip()
    if not typed or (partner and record):
        raise BadInput("timeline.which")
    named = find_record(typed)
    if len(typed) > TYPED:  # the label of a suggestion, perhaps: buttons have no room for it
        found = await timeline(desk_of(interaction), await caller_of(interaction), typed)
        typed = found.partner.key
    await show_page(interaction, "timeline", f"{EACH if each else TOGETHER}{named or typed}")


@paged("timeline")
async def timeline_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    """The life of a tie; the arguments are whether every exchange is told, and then the partner or the record."""
    found = await timeline(desk, caller, arguments[1:], each=arguments[0] == EACH)
    shown, index, pages = page_of(list(timeline_lines(texts, found, BOLD)), index)
    footer = texts("timeline.footer", today=found.today, page=index + 1, pages=pages)
    title = texts("timeline.title", home=found.home, partner=found.partner)
    return Page(Card(title, footer=footer).text(shown).embed, index, pages, restricted(found.scopes))


def timeline_lines(texts: Texts, found: Timeline, mark: str = "") -> Iterator[str]:
    """A line for each happening; `mark` stands around the dates."""
    for happening in found.dated:
        yield _line(texts, found, happening, mark)
    if found.undated:
        yield Heading(texts("timeline.undated"))
    for happening in found.undated:
        yield fit(_told(texts, found, happening), LINE)
    if found.notes and restricted(found.scopes):  # never the reason for which an answer is private
        yield Heading(texts("timeline.notes", records=[Written(record) for record in found.notes]))
    if not (found.dated or found.undated):
        yield texts("timeline.nothing")


def _line(texts: Texts, found: Timeline, happening: Happening, mark: str) -> str:
    when = _when(texts, happening)
    line = texts(
        "timeline.line", when=Written(f"{mark}{when}{mark}"), what=Written(_told(texts, found, happening))
    )
    doubts = dispute_lines(texts, happening.claims) if isinstance(happening, Signing) else []
    return "\n".join([fit(line, LINE), *(f"　{fit(doubt, LINE)}" for doubt in doubts)])


def _when(texts: Texts, happening: Happening) -> str:
    """The date as precisely as it is known; of a stretch, its years."""
    if isinstance(happening, Stretch):
        first, last = (
            Written(str(each.date.year)) for each in (happening.exchanges[0], happening.exchanges[-1])
        )
        return first if first == last else texts("timeline.years", first=first, last=last)
    return texts.date(happening.date) if happening.date else texts("list.no_date")


def _told(texts: Texts, found: Timeline, happening: Happening) -> str:
    line = _what(texts, happening)
    former = [place for place in found.former if place.id in _places(happening)]
    now = {found.home.id, found.partner.id}
    if former and not now <= _places(happening):
        return texts("timeline.former", line=Written(line), former=former)
    return line


def _places(happening: Happening) -> set[int]:
    """The places in it; of a stretch, those that stand in every exchange of it."""
    match happening:
        case Met(exchange=exchange):
            return {place.id for place in exchange.places}
        case Stretch(exchanges=exchanges):
            return set.intersection(*({place.id for place in each.places} for each in exchanges))
    return {place.id for place in happening.act.parties}


def _what(texts: Texts, happening: Happening) -> str:
    match happening:
        case CivilContact(act=act):
            return texts("timeline.civil", record=Written(act.record))
        case StageReached(act=act, change=change):
            line = texts("timeline.stage", record=Written(act.record), stage=change.stage)
            return _with(texts, line, StatusChange(Status.PROSPECTIVE, None, change.reason, change.by_whom))
        case Signing(act=act):
            key = "timeline.signed" if act.signed else "timeline.began"
            line = texts(key, record=Written(act.record), kind=act.kind)
            return _as_signed(texts, line, happening.names)
        case Turn():
            return _turn(texts, happening)
        case Met(exchange=exchange):
            return _met(texts, exchange)
        case Stretch(exchanges=exchanges):
            first, last = (Written(each.record) for each in (exchanges[0], exchanges[-1]))
            return texts("timeline.stretch", n=len(exchanges), first=first, last=last)


def _as_signed(texts: Texts, line: str, names: Sequence[SignedName]) -> str:
    if not names:
        return line
    told = fit(" / ".join(dict.fromkeys(each.name for each in names)), NAMES)
    return texts("timeline.names", line=Written(line), names=told)


def _turn(texts: Texts, turn: Turn) -> str:
    record = Written(turn.act.record)
    if turn.is_replacement:
        return texts("timeline.replaced", record=record, later=Written(f"P{turn.act.superseded_by}"))
    if turn.step.status is Status.PAUSED and turn.step.until:
        state = texts("life.paused_until", until=turn.step.until)
    else:
        state = texts("timeline.resumed") if turn.resumes else texts.word(turn.step.status)
    return _with(texts, texts("timeline.turn", record=record, state=Written(state)), turn.step)


def _with(texts: Texts, line: str, step: StatusChange) -> str:
    """The line with what was said of the step, in passing."""
    if step.by_whom:
        line = texts(
            "timeline.by_whom",
            line=Written(line),
            by_whom=Written(words_of_both(texts, fit(step.by_whom, WORDS))),
        )
    if step.reason:
        line = texts(
            "timeline.reason",
            line=Written(line),
            reason=Written(reason_words(texts, fit(step.reason, WORDS))),
        )
    if step.trigger:
        line = texts("timeline.trigger", line=Written(line), trigger=fit(step.trigger, WORDS))
    if step.source:
        line = texts(
            "timeline.source", line=Written(line), source=Written(fit(source_name(texts, step.source), WORDS))
        )
    return line


def _met(texts: Texts, exchange: Exchange) -> str:
    chinese = texts.language.startswith("zh")
    title = exchange.title_zh if chinese and exchange.title_zh else exchange.title
    kind: object = exchange.kind
    if exchange.status is ExchangeStatus.PLANNED:
        kind = Written(texts("timeline.planned", kind=exchange.kind))
    elif exchange.status is ExchangeStatus.CANCELLED:
        kind = Written(texts("timeline.cancelled", kind=exchange.kind))
    record = Written(exchange.record)
    if title:
        return texts("timeline.met_titled", record=record, kind=kind, title=fit(title, WORDS))
    return texts("timeline.met", record=record, kind=kind)
