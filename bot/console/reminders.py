"""`attache reminders`: what would be posted, where and when; what was; and looking after it, on behalf of an office."""

import json
from collections.abc import Sequence
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.console.audit import RecordArgument
from bot.console.frame import (
    JsonOption,
    OfficeOption,
    SpeakingFor,
    at_desk,
    current_desk,
    read_day,
    run_work,
    say,
    speaking_for,
)
from bot.domain.offices import Office
from bot.domain.places import Place
from bot.domain.reminders import Posted
from bot.i18n.texts import Written
from bot.services import offices, reminders, tending
from bot.services.composing.anniversaries import AnniversaryNews
from bot.services.desk import Desk
from bot.services.posts import News, Post
from bot.services.reminder_lists import reminder_log
from bot.services.tending import Muted, Snoozed
from bot.ui.posts import post_text
from bot.ui.reminder_lists import muted_line, posted_line

reminder_commands = typer.Typer(help=say("cli.reminders"), invoke_without_command=True)


@reminder_commands.callback()
def list_reminders(
    context: typer.Context,
    from_: Annotated[str | None, typer.Option("--from", help=say("cli.option.from"))] = None,
    days: Annotated[int, typer.Option(min=1, max=3660, help=say("cli.option.days"))] = 30,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    if context.invoked_subcommand is None:
        run_work(_list_reminders(from_, days, office, as_json))


async def _list_reminders(from_: str | None, days: int, office: str | None, as_json: bool) -> None:
    async with current_desk() as desk:
        only = await offices.office_named(desk, office) if office else None
        first = read_day(from_, desk.clock().date()) if from_ else None
        posts = await reminders.preview(desk, first, days, only)
    for post in posts:
        if as_json:
            typer.echo(json.dumps(_post_document(post), ensure_ascii=False))
        else:
            at = post.reminder.at.astimezone(ZoneInfo(post.office.zone))
            typer.echo(f"{at:%Y-%m-%d %H:%M %z}  {say.place(post.office.place)}  {_first_line(post)}")
    if not posts and not as_json:
        typer.echo(say("cli.no_reminders", n=days))


def _first_line(post: Post[News]) -> str:
    record = next(iter(post.news.records), "–")
    return f"{post_text(post).splitlines()[0]} ({record})"


def _post_document(post: Post[News]) -> dict[str, Any]:
    """One line of `attache reminders --json` (design §4)."""
    told = post.news if isinstance(post.news, AnniversaryNews) else None
    occurrence = told.on.iso() if told else post.reminder.occurrence.isoformat()
    return {
        "at": post.reminder.at.astimezone(ZoneInfo(post.office.zone)).isoformat(),
        "office": post.office.place.name_en,
        "channel": post.reminder.channel_id or None,
        "kind": post.reminder.kind.value,
        "lead_days": post.reminder.lead_days,
        "occurrence": occurrence,
        "years": told.years if told else None,
        "milestone": told.milestone if told else None,
        "records": list(post.news.records),
        "places": [_place_document(place) for place in post.news.places],
        "text": post_text(post),
    }


def _place_document(place: Place) -> dict[str, str | None]:
    return {"name": place.name_en, "country": place.country}


# What was posted, and looking after it -----------------------------------------------------------------------

UntilOption = Annotated[str, typer.Option("--until", help=say("cli.option.snooze_until"))]
PartnerArgument = Annotated[str, typer.Argument(metavar="PARTNER", help=say("cli.option.muted_partner"))]


@reminder_commands.command("log", help=say("cli.reminders.log"))
def log_(office: SpeakingFor) -> None:
    async def found(desk: Desk) -> tuple[Office, Sequence[Posted]]:
        return await reminder_log(desk, await speaking_for(desk, office))

    home, rows = at_desk(found)
    for row in rows:
        typer.echo(posted_line(say, home, row))
    if not rows:
        typer.echo(say("posted.none"))


@reminder_commands.command("snooze", help=say("cli.reminders.snooze"))
def snooze_(record: RecordArgument, office: SpeakingFor, until: UntilOption) -> None:
    async def done(desk: Desk) -> Snoozed:
        caller = await speaking_for(desk, office)
        which = await tending.which_about(desk, caller, record)
        return await tending.snooze(desk, caller, which, tending.read_put_off(until, caller.today(desk)))

    snoozed = at_desk(done)
    when = Written(say.moment(snoozed.at, snoozed.post.office.zone))
    typer.echo(say("snooze.done", when=when))


@reminder_commands.command("done", help=say("cli.reminders.done"))
def done_(
    record: RecordArgument,
    office: SpeakingFor,
    not_done: Annotated[bool, typer.Option("--not", help=say("cli.option.not_done"))] = False,
) -> None:
    async def done(desk: Desk) -> None:
        caller = await speaking_for(desk, office)
        which = await tending.which_about(desk, caller, record)
        await tending.finish(desk, caller, which, done=not not_done)

    at_desk(done)
    typer.echo(say("tend.not_done" if not_done else "cli.reminders.is_done"))


@reminder_commands.command("mute", help=say("cli.reminders.mute"))
def mute_(
    partner: PartnerArgument,
    office: SpeakingFor,
    until: Annotated[str, typer.Option("--until", help=say("cli.option.mute_until"))] = "",
) -> None:
    async def done(desk: Desk) -> Muted:
        return await tending.mute(desk, await speaking_for(desk, office), partner, until)

    typer.echo(muted_line(say, at_desk(done)))


@reminder_commands.command("unmute", help=say("cli.reminders.unmute"))
def unmute_(partner: PartnerArgument, office: SpeakingFor) -> None:
    async def done(desk: Desk) -> Place:
        return await tending.unmute(desk, await speaking_for(desk, office), partner)

    typer.echo(say("mute.over", place=at_desk(done)))
