"""`attache partner claim` and `attache partner prefer`: what sources say of an agreement."""

from typing import Annotated

import typer

from bot.console.audit import ZONE, RecordArgument
from bot.console.frame import OPERATOR, at_desk, out, say
from bot.domain.claims import Fact
from bot.services import claims
from bot.services.claims import ClaimDone, ClaimFields
from bot.ui.claim_forms import done_lines
from bot.ui.claims import claim_line

FactArgument = Annotated[Fact, typer.Argument(metavar="FACT", help=say("cli.option.fact"))]


def claim(
    record: RecordArgument,
    fact: FactArgument,
    value: Annotated[str, typer.Argument(metavar="VALUE", help=say("cli.option.claim_value"))],
    source: Annotated[str, typer.Option("--source", help=say("cli.option.source"))],
    as_of: Annotated[str, typer.Option("--as-of", help=say("cli.option.as_of"))] = "",
    note: Annotated[str, typer.Option("--note", help=say("cli.option.note"))] = "",
) -> None:
    typed = ClaimFields(value, source, as_of, note)
    _print(at_desk(lambda desk: claims.add_claim(desk, OPERATOR, record, fact, typed)), "claim.added")


def prefer(
    record: RecordArgument,
    which: Annotated[str | None, typer.Argument(metavar="CLAIM", help=say("cli.option.claim"))] = None,
) -> None:
    """Prefer a claim; without one, list them with their positions."""
    if which is None:
        told = at_desk(lambda desk: claims.claims_of(desk, OPERATOR, record))
        for index, each in enumerate(told.claims, 1):
            out.print(f"{index} {say.word(each.fact)} {claim_line(say, each)}", markup=False, soft_wrap=True)
        if not told.claims:
            out.print(say("claim.none"), markup=False, soft_wrap=True)
        return
    _print(at_desk(lambda desk: claims.prefer_claim(desk, OPERATOR, record, which)), "claim.preferred")


def _print(done: ClaimDone, title: str) -> None:
    key = title if done.entry is not None else "claim.nothing"
    out.print(say(key, record=str(done.told.record), partners=done.told.partners), markup=False)
    for line in done_lines(say, done, ZONE):
        out.print(line, markup=False, soft_wrap=True)
