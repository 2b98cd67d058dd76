"""`attache partner match|profile`: who may suit a city, and what it is good at."""

from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from bot.console.frame import SeeingAs, at_desk, out, say, speaking_for
from bot.domain.profiles import Side
from bot.services.desk import Desk
from bot.services.matching import Matches, match_partners
from bot.services.places import place_meant
from bot.services.profiles import (
    Profile,
    edit_profile,
    last_change_of_profile,
    show_profile,
    undo_profile,
)
from bot.ui.matching import match_sections, matches_title, opening_lines
from bot.ui.profiles import profile_sections

Lines = Annotated[list[str] | None, typer.Option(help=say("cli.option.profile_lines"))]


def match(
    topic: Annotated[str | None, typer.Argument(metavar="TOPIC", help=say("cli.option.topic"))] = None,
    office: SeeingAs = None,
    city: Annotated[str | None, typer.Option("--city", help=say("cli.option.match_city"))] = None,
) -> None:
    async def found(desk: Desk) -> Matches:
        caller = await speaking_for(desk, office)
        home = await place_meant(desk, caller, city) if city else None
        return await match_partners(desk, caller, topic, home)

    matches = at_desk(found)
    _print([matches_title(say, matches), *opening_lines(say, matches)], match_sections(say, matches))


def profile(
    place: Annotated[
        str | None, typer.Argument(metavar="PLACE", help=say("cli.option.profile_place"))
    ] = None,
    office: SeeingAs = None,
    strength: Lines = None,
    offers: Lines = None,
    seeks: Lines = None,
    source: Annotated[str, typer.Option("--source", help=say("cli.option.source"))] = "",
    undo: Annotated[bool, typer.Option("--undo", help=say("cli.option.undo_profile"))] = False,
) -> None:
    """With any lines the profile is written anew as a whole, else it is shown."""
    typed = {Side.STRENGTH: strength, Side.OFFERS: offers, Side.SEEKS: seeks}

    async def done(desk: Desk) -> Profile:
        caller = await speaking_for(desk, office)
        if undo:
            return await undo_profile(desk, caller, await last_change_of_profile(desk, caller, place))
        if not any(typed.values()):
            return await show_profile(desk, caller, place)
        lines = {side: "\n".join(given or ()) for side, given in typed.items()}
        return await edit_profile(desk, caller, place, lines, source)

    found = at_desk(done)
    _print([say("profile.title", place=found.place)], profile_sections(say, found))


def _print(opening: Iterable[str], sections: Iterable[tuple[str, Sequence[str]]]) -> None:
    """Sections as plain lines; a terminal shows no bold."""
    told = (line for name, lines in sections if lines for line in (name, *lines))
    for line in (*opening, *told):
        out.print(line.replace("**", ""), markup=False, soft_wrap=True)
