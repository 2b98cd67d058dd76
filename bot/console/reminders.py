"""`attache reminders`: what would be posted, where and when."""

import json
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.console.frame import JsonOption, OfficeOption, current_desk, read_day, run_work, say
from bot.domain.places import Place
from bot.services import offices, reminders
from bot.services.composing.anniversaries import AnniversaryNews
from bot.services.posts import News, Post
from bot.ui.posts import post_text


def list_reminders(
    from_: Annotated[str | None, typer.Option("--from", help=say("cli.option.from"))] = None,
    days: Annotated[int, typer.Option(min=1, max=3660, help=say("cli.option.days"))] = 30,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
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
    return f"{post_text(post).splitlines()[0]} ({post.news.records[0]})"


def _post_document(post: Post[News]) -> dict[str, Any]:
    """One line of `attache reminders --json` (design §4)."""
    told = post.news if isinstance(post.news, AnniversaryNews) else None
    return {
        "at": post.reminder.at.astimezone(ZoneInfo(post.office.zone)).isoformat(),
        "office": post.office.place.name_en,
        "channel": post.reminder.channel_id or None,
        "kind": post.reminder.kind.value,
        "lead_days": post.reminder.lead_days,
        "occurrence": post.reminder.occurrence.isoformat(),
        "years": told.years if told else None,
        "milestone": told.milestone if told else None,
        "records": list(post.news.records),
        "places": [_place_document(place) for place in post.news.places],
        "text": post_text(post),
    }


def _place_document(place: Place) -> dict[str, str | None]:
    return {"name": place.name_en, "country": place.country}
