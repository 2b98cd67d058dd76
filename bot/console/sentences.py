"""`attache log`: a free report of an exchange, read, shown as understood, and logged when confirmed."""

import json
import sys
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Annotated, Any

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
from bot.domain.errors import BadInput
from bot.domain.places import Place
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller, Desk
from bot.services.sentences import Understood, log_sentence, read_sentence
from bot.ui.sentences import sentence_lines, understood_line


def log(
    sentence: Annotated[str, typer.Argument(metavar="SENTENCE", help=say("cli.option.sentence"))],
    as_json: JsonOption = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("cli.option.log_dry_run"))] = False,
    language: LanguageOption = None,
    office: OfficeOption = None,
    today: Annotated[str | None, typer.Option(help=say("cli.option.log_today"))] = None,
) -> None:
    texts = Texts(language.value) if language else say
    run_work(_log(sentence, texts, office, today, as_json=as_json, dry_run=dry_run))


async def _log(
    sentence: str, texts: Texts, office: str | None, today: str | None, *, as_json: bool, dry_run: bool
) -> None:
    if not dry_run and sentence == "-":
        raise BadInput("sentence.lines_need_dry_run")
    if not dry_run and office is None:
        raise BadInput("sentence.needs_office")
    async with current_desk() as desk:
        caller = replace(await speaking_for(desk, office), language=texts.language)
        day = read_day(today, caller.today(desk))
        for line in _lines(sentence):
            understood = await read_sentence(desk, caller, line, day)
            if as_json:
                typer.echo(json.dumps(_document(texts, understood), ensure_ascii=False))
            else:
                _print(sentence_lines(texts, understood))
            if not dry_run:
                await _confirm(desk, caller, texts, understood)


async def _confirm(desk: Desk, caller: Caller, texts: Texts, understood: Understood) -> None:
    """Log it if the person says so. Raises `BadInput` (`sentence.open`) where it cannot be logged as it is."""
    if not understood.reading.is_complete:
        raise BadInput("sentence.open")
    if not typer.confirm(texts("sentence.title"), err=True):
        _print([texts("sentence.nothing_logged")])
        return
    request = f"console:{uuid.uuid4()}"
    logged = await log_sentence(desk, caller, understood.reading.text, understood.today, request)
    places = [each.place for each in logged.partners]
    _print([texts("visit.logged", record=Written(logged.exchange.record), partner=places)])


def _lines(sentence: str) -> Iterator[str]:
    """The sentence, or with `-` one for each line of standard input that holds something."""
    if sentence != "-":
        yield sentence
    else:
        yield from (line.strip() for line in sys.stdin if line.strip())


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        out.print(line.replace("**", ""), markup=False, soft_wrap=True)


def _document(texts: Texts, understood: Understood) -> dict[str, Any]:
    """One line of `attache log --json` (design §4)."""
    reading = understood.reading
    outcome = "not_understood" if reading.refusal else "ambiguous" if reading.questions else "read"
    return {
        "outcome": outcome,
        "understood": understood_line(texts, understood),
        "kind": reading.kind,
        "mode": reading.mode,
        "places": [_place_document(texts, place) for place in reading.places],
        "date": reading.day.iso() if reading.day else None,
        "minutes": reading.minutes,
        "people": reading.people,
        "topics": list(reading.topics),
        "level": reading.level,
        "text": "\n".join(sentence_lines(texts, understood)),
    }


def _place_document(texts: Texts, place: Place) -> dict[str, str | None]:
    return {"name": texts.place(place), "country": place.country}
