"""How the list of quiet ties looks."""

from datetime import timedelta

from bot.domain.access import Scope
from bot.domain.ties import Tie
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller, Desk
from bot.services.quiet import quiet_ties
from bot.services.quiet_lists import PausedAct, QuietTie
from bot.ui.audience import restricted
from bot.ui.cards import QUIET_COLOUR, Card, fit
from bot.ui.pages import Heading, Page, page_of, paged
from bot.ui.partnerships import REASON, pause_words


@paged("quiet")
async def quiet_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    """The quiet list of the caller's office; it takes no arguments."""
    listed = await quiet_ties(desk, caller)
    lines = [quiet_line(texts, item) for item in listed.quiet] or [texts("quiet.none")]
    if listed.paused:
        lines.append(Heading(texts("quiet.paused")))
        lines += [paused_line(texts, item) for item in listed.paused]
    if listed.no_record:
        lines.append(Heading(texts("quiet.no_record", n=len(listed.no_record))))
        lines += [
            texts(
                "quiet.no_record_line",
                record=Written(tie.lead_act.record),
                partner=tie.partner,
                kind=tie.lead_act.kind,
            )
            for tie in listed.no_record
        ]
    shown, index, pages = page_of(lines, index)
    footer = texts("quiet.footer", fresh=listed.fresh, today=listed.today, page=index + 1, pages=pages)
    card = Card(texts("quiet.title", home=listed.home), colour=QUIET_COLOUR, footer=footer)
    told = (*(item.tie for item in listed.quiet), *listed.no_record)
    scopes = [*(item.act.scope for item in listed.paused), *(scope for tie in told for scope in _scopes(tie))]
    private = restricted(scopes)
    return Page(card.text([texts("quiet.rule"), *shown]).embed, index, pages, private)


def _scopes(tie: Tie) -> list[Scope]:
    """Of what a line of the quiet list names: the act that leads, and the last contact."""
    last = [tie.last.scope] if tie.last else []
    return [tie.lead_act.scope, *last]


def quiet_line(texts: Texts, item: QuietTie) -> str:
    """A quiet tie with the reason for its place: the last contact, the cadence, and since when it is past it."""
    assert item.tie.last is not None
    assert item.quiet.due is not None
    return texts(
        "quiet.line",
        record=Written(item.tie.lead_act.record),
        partner=item.tie.partner,
        mark=Written(texts(f"contact_mark.{item.quiet.state.value}", state=item.quiet.state)),
        date=item.tie.last.date,
        exchange=Written(item.tie.last.record),
        n=item.quiet.cadence_months,
        since=item.quiet.due + timedelta(days=1),
    )


def paused_line(texts: Texts, item: PausedAct) -> str:
    record, pause = Written(item.act.record), item.pause
    if not item.is_over:
        status = Written(pause_words(texts, pause))
        return texts("quiet.paused_line", record=record, partners=item.partners, status=status)
    if pause.reason is None:
        return texts("quiet.pause_over", record=record, partners=item.partners, until=pause.until)
    reason = fit(pause.reason, REASON)
    key = "quiet.pause_over_reason"
    return texts(key, record=record, partners=item.partners, until=pause.until, reason=reason)
