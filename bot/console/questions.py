"""`attache ask`: a question, or a file of them line by line, answered at the command line."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.console.frame import (
    JsonOption,
    LanguageOption,
    OfficeOption,
    current_desk,
    out,
    read_day,
    run_work,
    say,
    speaking_for,
)
from bot.domain.dates import PartialDate
from bot.domain.places import Place
from bot.i18n.texts import Texts
from bot.services.desk import Caller, Desk
from bot.services.question_examples import question_examples
from bot.services.questions import Answered, Outcome, ask
from bot.ui.answers import answer_lines, understood_line

TodayOption = Annotated[str | None, typer.Option("--today", help=say("cli.option.asked_today"))]


def ask_question(
    question: Annotated[str, typer.Argument(help=say("cli.option.question"))],
    as_json: JsonOption = False,
    language: LanguageOption = None,
    office: OfficeOption = None,
    today: TodayOption = None,
) -> None:
    run_work(_ask(question, as_json, language.value if language else say.language, office, today))


async def _ask(question: str, as_json: bool, language: str, office: str | None, today: str | None) -> None:
    async with current_desk() as now:
        caller = replace(await speaking_for(now, office), language=language)
        desk = at_noon(now, caller, read_day(today, caller.today(now))) if today else now
        for each in _lines() if question == "-" else [question]:
            answered = await ask(desk, caller, each)
            if as_json:
                typer.echo(json.dumps(document(answered, Texts(language)), ensure_ascii=False))
            else:
                told = [*_told(answered, Texts(language))]
                if answered.answer.outcome is Outcome.NOT_UNDERSTOOD:
                    told += await _examples(desk, caller, answered)
                out.print("\n".join(told), markup=False, soft_wrap=True)


def _lines() -> Iterator[str]:
    """The questions on standard input, a line each; an empty line is none."""
    for line in sys.stdin:
        if line.strip():
            yield line.rstrip("\n")


async def _examples(desk: Desk, caller: Caller, answered: Answered) -> list[str]:
    found = await question_examples(desk, caller, answered.question)
    texts = Texts(caller.language)
    return [texts("answer.examples"), *(f"• {each}" for each in found)] if found else []


def at_noon(desk: Desk, caller: Caller, day: date) -> Desk:
    """The desk at noon of another day, by the clocks of the office."""
    noon = datetime.combine(day, time(12), ZoneInfo(caller.office.zone if caller.office else "UTC"))
    return replace(desk, clock=lambda: noon)


def _told(answered: Answered, texts: Texts) -> Iterator[str]:
    yield from answer_lines(texts, answered.answer)
    if answered.understood:
        yield texts("answer.understood", understood=understood_line(texts, answered), date=answered.as_of)


def document(answered: Answered, texts: Texts) -> dict[str, Any]:
    """One line of `attache ask --json` (design §4)."""
    answer = answered.answer
    value = answer.value.iso() if isinstance(answer.value, PartialDate) else answer.value
    return {
        "outcome": answer.outcome.value,
        "understood": understood_line(texts, answered) or None,
        "kind": answer.kind.value,
        "value": value,
        "places": [_place(place, texts) for place in answer.places],
        "records": list(answer.records),
        "as_of": answered.as_of.isoformat(),
        "text": "\n".join(answer_lines(texts, answer)),
    }


def _place(place: Place, texts: Texts) -> dict[str, str | None]:
    return {"name": str(texts.place(place)), "country": place.country}
