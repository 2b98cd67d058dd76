"""`attache partner pause|resume|end|timeline`: the life of a tie, on behalf of an office."""

import json
from collections.abc import Awaitable, Callable, Iterable
from typing import Annotated, Any

import typer

from bot.console.audit import RecordArgument
from bot.console.frame import ActingFor, JsonOption, SeeingAs, acting_on, at_desk, out, say, speaking_for
from bot.domain.exchanges import Exchange
from bot.domain.partnerships import StatusChange
from bot.domain.places import Place
from bot.domain.timeline import CivilContact, Happening, Met, Signing, StageReached, Stretch, Turn
from bot.services import life
from bot.services.desk import Caller, Desk
from bot.services.life import StepWords, Turned
from bot.services.timeline import Timeline, timeline
from bot.ui.life import turned_lines, turned_title
from bot.ui.timeline import timeline_lines

SinceOption = Annotated[str, typer.Option("--since", help=say("cli.option.since"))]
ReasonOption = Annotated[str, typer.Option("--reason", help=say("cli.option.reason"))]
ByOption = Annotated[str, typer.Option("--by", help=say("cli.option.by"))]
TriggerOption = Annotated[str, typer.Option("--trigger", help=say("cli.option.trigger"))]
SourceOption = Annotated[str, typer.Option("--source", help=say("cli.option.source"))]


def pause(
    record: RecordArgument,
    reason: ReasonOption,
    office: ActingFor = None,
    until: Annotated[str, typer.Option("--until", help=say("cli.option.until"))] = "",
    since: SinceOption = "",
    by: ByOption = "",
    trigger: TriggerOption = "",
    source: SourceOption = "",
) -> None:
    words = StepWords(since, until, reason, by, trigger, source)
    _print(_done(record, office, lambda desk, caller: life.pause_act(desk, caller, record, words)))


def resume(
    record: RecordArgument,
    office: ActingFor = None,
    since: SinceOption = "",
    note: Annotated[str, typer.Option("--note", help=say("cli.option.note"))] = "",
    by: ByOption = "",
    source: SourceOption = "",
) -> None:
    words = StepWords(since, "", note, by, source=source)
    _print(_done(record, office, lambda desk, caller: life.resume_act(desk, caller, record, words)))


def end(
    record: RecordArgument,
    date: Annotated[str, typer.Option("--date", help=say("cli.option.end_date"))],
    by: ByOption,
    reason: ReasonOption,
    office: ActingFor = None,
    trigger: TriggerOption = "",
    source: SourceOption = "",
) -> None:
    words = StepWords(date, "", reason, by, trigger, source)
    _print(_done(record, office, lambda desk, caller: life.end_act(desk, caller, record, words)))


def show_timeline(
    partner: Annotated[str, typer.Argument(metavar="PARTNER", help=say("cli.option.partner_or_record"))],
    office: SeeingAs = None,
    each: Annotated[bool, typer.Option("--each", help=say("cli.option.each"))] = False,
    as_json: JsonOption = False,
) -> None:
    found = at_desk(lambda desk: _timeline(desk, office, partner, each or as_json))
    if as_json:
        typer.echo(json.dumps(timeline_document(found), ensure_ascii=False))
        return
    _lines([say("timeline.title", home=found.home, partner=found.partner), *timeline_lines(say, found)])


async def _timeline(desk: Desk, office: str | None, partner: str, each: bool) -> Timeline:
    return await timeline(desk, await speaking_for(desk, office), partner, each=each)


def _done(record: str, office: str | None, work: Callable[[Desk, Caller], Awaitable[Turned]]) -> Turned:
    async def done(desk: Desk) -> Turned:
        return await work(desk, await acting_on(desk, record, office))

    return at_desk(done)


def _print(turned: Turned) -> None:
    _lines([turned_title(say, turned), *turned_lines(say, turned)])


def _lines(lines: Iterable[str]) -> None:
    for line in lines:
        out.print(line, markup=False, soft_wrap=True)


# JSON ---------------------------------------------------------------------------------------------------------


def timeline_document(found: Timeline) -> dict[str, Any]:
    """What `attache partner timeline --json` prints; an entry without a date comes after all that have one."""
    return {
        "home": _place(found.home),
        "partner": _place(found.partner),
        "as_of": found.today.isoformat(),
        "entries": [_entry(each) for each in (*found.dated, *found.undated)],
    }


def _place(place: Place) -> dict[str, str | None]:
    return {"name": place.name_en, "country": place.country}


def _entry(happening: Happening) -> dict[str, Any]:
    date = happening.date.iso() if happening.date else None
    match happening:
        case Met(exchange=exchange):
            return {"date": date, "what": "exchange", **_exchange(exchange)}
        case Stretch(exchanges=exchanges):
            return {"date": date, "what": "exchanges", "records": [each.record for each in exchanges]}
    act = happening.act
    told = {
        "date": date,
        "what": _WHAT[type(happening)],
        "record": act.record,
        "places": _places(act.parties),
    }
    match happening:
        case StageReached(change=change):
            return told | {"stage": change.stage.value, "reason": change.reason, "by": change.by_whom}
        case Signing(names=names, claims=claims):
            signed_as = [{"language": each.language, "name": each.name} for each in names]
            said = [
                {"date": each.value, "source": each.source, "preferred": each.preferred} for each in claims
            ]
            return told | {"kind": act.kind.value, "signed_as": signed_as, "claims": said}
        case Turn(step=step):
            later = f"P{act.superseded_by}" if happening.is_replacement else None
            return told | _step(step) | {"replaced_by": later}
    return told


_WHAT = {CivilContact: "civil_contact", StageReached: "stage", Signing: "signed", Turn: "status"}


def _places(places: Iterable[Place]) -> list[dict[str, str | None]]:
    return [_place(place) for place in places]


def _exchange(exchange: Exchange) -> dict[str, Any]:
    return {
        "record": exchange.record,
        "kind": exchange.kind.value,
        "status": exchange.status.value,
        "title": exchange.title or None,
        "places": _places(exchange.places),
    }


def _step(step: StatusChange) -> dict[str, Any]:
    return {
        "status": step.status.value,
        "until": step.until.iso() if step.until else None,
        "reason": step.reason,
        "by": step.by_whom,
        "trigger": step.trigger,
        "source": step.source,
    }
