"""How what is coming, what is quiet, and what is posted look."""

from collections.abc import Iterator

import discord

from bot.domain.access import Scope
from bot.domain.dates import PartialDate
from bot.domain.partnerships import PARTNER_KINDS
from bot.domain.reminders import ReminderKind
from bot.domain.ties import Tie
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller, Desk
from bot.services.posts import Post
from bot.services.reminders import (
    Anniversaries,
    ComingAnniversary,
    PausedAct,
    QuietTie,
    coming_anniversaries,
    quiet_ties,
)
from bot.ui.audience import restricted
from bot.ui.callers import chat_texts
from bot.ui.cards import COLOUR, QUIET_COLOUR, Card, fit
from bot.ui.claims import dispute_lines
from bot.ui.due_posts import due_lines, due_title, due_view
from bot.ui.exchanges import log_visit_view
from bot.ui.pages import Heading, Page, page_of, paged
from bot.ui.partnerships import REASON, exchange_line, milestone_name, occasion, pause_words
from bot.ui.term_posts import term_embed, term_title, term_view

# Lists -------------------------------------------------------------------------------------------------------


@paged("coming")
async def coming_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    coming = await coming_anniversaries(desk, caller, int(arguments))
    shown, index, pages = page_of(list(_coming_lines(texts, coming)), index)
    footer = texts("coming.footer", today=coming.today, page=index + 1, pages=pages)
    card = Card(texts("coming.title", home=coming.home, n=coming.days), footer=footer)
    everything = (*coming.by_day, *coming.by_month, *coming.by_year)
    private = restricted(item.act.scope for item in everything)
    return Page(card.text(shown).embed, index, pages, private)


def _coming_lines(texts: Texts, coming: Anniversaries) -> Iterator[str]:
    if not (coming.by_day or coming.by_month):
        yield texts("coming.none", n=coming.days)
    for item in (*coming.by_day, *coming.by_month):
        yield _coming_line(texts, item)
    if coming.by_year:
        yield Heading(texts("coming.this_year", year=Written(str(coming.today.year))))
        for item in coming.by_year:
            yield _coming_line(texts, item)


def _coming_line(texts: Texts, item: ComingAnniversary) -> str:
    when = Written(occasion(texts, item.anniversary))
    kind = "" if item.act.kind in PARTNER_KINDS else item.act.kind
    key = "coming.line_kind" if kind else "coming.line"
    line = texts(key, record=Written(item.act.record), partners=item.partners, kind=kind, occasion=when)
    return texts("coming.disputed", line=Written(line)) if item.day_disputed else line


@paged("quiet")
async def quiet_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    """The quiet list of the caller's office; it takes no arguments."""
    listed = await quiet_ties(desk, caller)
    lines = [_quiet_line(texts, item) for item in listed.quiet] or [texts("quiet.none")]
    if listed.paused:
        lines.append(Heading(texts("quiet.paused")))
        lines += [_paused_line(texts, item) for item in listed.paused]
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


def _quiet_line(texts: Texts, item: QuietTie) -> str:
    assert item.tie.last is not None
    return texts(
        "quiet.line",
        record=Written(item.tie.lead_act.record),
        partner=item.tie.partner,
        mark=Written(texts(f"contact_mark.{item.quiet.state.value}", state=item.quiet.state)),
        date=item.tie.last.date,
        exchange=Written(item.tie.last.record),
    )


def _paused_line(texts: Texts, item: PausedAct) -> str:
    record, pause = Written(item.act.record), item.pause
    if not item.is_over:
        status = Written(pause_words(texts, pause))
        return texts("quiet.paused_line", record=record, partners=item.partners, status=status)
    if pause.reason is None:
        return texts("quiet.pause_over", record=record, partners=item.partners, until=pause.until)
    reason = fit(pause.reason, REASON)
    key = "quiet.pause_over_reason"
    return texts(key, record=record, partners=item.partners, until=pause.until, reason=reason)


# Posts -------------------------------------------------------------------------------------------------------


def reminder_embed(post: Post) -> discord.Embed:
    """A reminder in the office's language."""
    texts = chat_texts(post.office.language)
    if post.person is not None:
        return term_embed(texts, post, post.person)
    card = Card(
        post_title(texts, post),
        colour=COLOUR if post.reminder.kind is ReminderKind.ANNIVERSARY else QUIET_COLOUR,
        footer=texts("as_of.footer", as_of=post.act.as_of) if post.act.as_of else "",
    )
    late = texts("post.late") if post.late else ""
    card.text([late, _post_sentence(texts, post), _rests_on(texts, post), *_doubts(texts, post)])
    card.field(texts("partner.recent"), [exchange_line(texts, exchange) for exchange in post.recent])
    return card.embed


def reminder_ping(post: Post) -> tuple[str | None, discord.AllowedMentions]:
    """What stands above a reminder, and whom it may notify: the one role that the office chose, or nobody."""
    role_id = post.office.notify_role_id
    if role_id is None:
        return None, discord.AllowedMentions.none()
    allowed = discord.AllowedMentions(
        everyone=False, users=False, roles=[discord.Object(role_id)], replied_user=False
    )
    return f"<@&{role_id}>", allowed


def reminder_view(post: Post) -> discord.ui.View:
    """The buttons under a reminder: to log a contact with each partner, or to say that a promise was kept."""
    texts = chat_texts(post.office.language)
    if post.person is not None:
        return term_view(texts, post.person)
    found = due_view(texts, post, post.due) if post.due else None
    return found or log_visit_view(texts, *post.partners[:5])


def post_title(texts: Texts, post: Post) -> str:
    """What a post is headed by, also where it is told of before it goes out."""
    if post.person is not None:
        return term_title(texts, post.person)
    if post.due is not None:
        return due_title(texts, post, post.due)
    partners = Written(texts.listed(post.partners))
    if post.reminder.kind is ReminderKind.DORMANCY:
        return texts("post.dormancy_title", home=post.office.place, partners=partners)
    if post.act.kind not in PARTNER_KINDS:
        key = "post.signing_title"
        return texts(key, home=post.office.place, partners=partners, kind=post.act.kind, n=post.years)
    name = milestone_name(texts, post.milestone)
    key = "post.anniversary_title_named" if name else "post.anniversary_title"
    return texts(key, home=post.office.place, partners=partners, n=post.years, name=Written(name))


def _post_sentence(texts: Texts, post: Post) -> str:
    if post.due is not None:
        return "\n".join(due_lines(texts, post, post.due))
    partners = Written(texts.listed(post.partners))
    if post.reminder.kind is ReminderKind.DORMANCY:
        return _silence_sentence(texts, post, partners)
    occasion = "anniversary" if post.act.kind in PARTNER_KINDS else "signing"
    day = "today" if post.days_left == 0 else "in_days" if post.days_left > 0 else "past"
    return texts(
        f"post.{occasion}_{day}",
        home=post.office.place,
        partners=partners,
        kind=post.act.kind,
        when=Written(texts.date(PartialDate.of(post.reminder.occurrence), weekday=True)),
        n=post.days_left,
        years=Written(texts("count.years", n=post.years)),
    )


def _silence_sentence(texts: Texts, post: Post, partners: Written) -> str:
    """How long nothing was heard; told before the day itself where that is a rest day."""
    assert post.quiet is not None
    ahead = post.days_left > 0
    return texts(
        f"post.{post.quiet.state.value}{'_ahead' if ahead else ''}",
        partners=partners,
        last=post.quiet.last,
        n=post.quiet.cadence_months,
        **({"day": post.reminder.occurrence} if ahead else {}),
    )


def _rests_on(texts: Texts, post: Post) -> str:
    return texts(
        "post.rests_on",
        record=Written(post.act.record),
        kind=post.act.kind,
        signed=post.act.signed if post.act.signed else Written(texts("list.no_date")),
    )


def _doubts(texts: Texts, post: Post) -> Iterator[str]:
    """That the day is disputed, and that this goes by the preferred one."""
    for line in dispute_lines(texts, post.said):
        yield texts("post.disputed", line=Written(line))


def reminder_text(post: Post) -> str:
    """The post as plain text, for the command line."""
    embed = reminder_embed(post)
    fields = [f"{field.name}\n{field.value}" for field in embed.fields]
    return "\n".join(part for part in (embed.title, embed.description, *fields) if part)
