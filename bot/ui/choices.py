"""What is offered while somebody types into an option: at most 25 choices, each within 100 characters."""

import re
from collections.abc import Callable, Coroutine, Sequence
from functools import wraps
from typing import Any

from discord import app_commands

from bot.domain.errors import AttacheError
from bot.domain.names import fold
from bot.domain.partnerships import Kind
from bot.domain.places import Place
from bot.domain.profiles import Topic, topic_of
from bot.i18n.commands import command_text as c
from bot.i18n.countries import country_names
from bot.i18n.texts import Texts
from bot.services.faults import outage
from bot.services.offices import complete_cities
from bot.services.partner_lists import countries_of_ties
from bot.services.places import complete_partners, complete_places
from bot.ui.callers import Interaction, caller_of, desk_of

Choice = app_commands.Choice[str]
Suggest = Callable[[Interaction, str], Coroutine[Any, Any, list[Choice]]]
CHOICES, LABEL = 25, 100

KIND_CHOICES = [app_commands.Choice(name=c(f"choice.kind.{kind}"), value=kind.value) for kind in Kind]


def suggests(suggest: Suggest) -> Suggest:
    """Decorate what makes suggestions: who may not see something is offered nothing, and told when they ask.

    Nor is anything while the database is away; the library would log that for every letter that is typed.
    """

    @wraps(suggest)
    async def suggesting(interaction: Interaction, typed: str) -> list[Choice]:
        try:
            return await suggest(interaction, typed)
        except AttacheError:
            return []
        except Exception as error:
            away = outage(error)
            if away is None:
                raise
            interaction.client.dispatch("outage", away)
            return []

    return suggesting


@suggests
async def partner_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """Partners of the office first; names in both scripts are looked through."""
    caller = await caller_of(interaction)
    found = await complete_partners(desk_of(interaction), caller, typed)
    return _as_choices(Texts(caller.language), found)


_LAST = re.compile(r"(?P<before>.*[,，、;；]\s*)?(?P<last>.*)", re.DOTALL)


@suggests
async def further_partner_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """Partners for the last of several names; what was named before them stays in front."""
    match = _LAST.fullmatch(typed)
    before = (match["before"] or "") if match else ""
    found = await partner_choices(interaction, match["last"] if match else typed)
    named = [(before + each.name, before + each.value) for each in found]
    return [
        app_commands.Choice(name=name[:LABEL], value=value) for name, value in named if len(value) <= LABEL
    ]


@suggests
async def place_choices(interaction: Interaction, typed: str) -> list[Choice]:
    caller = await caller_of(interaction)
    found = await complete_places(desk_of(interaction), caller, typed)
    return _as_choices(Texts(caller.language), found)


@suggests
async def office_place_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """Places whose office a server may become, also where it has none yet."""
    caller = await caller_of(interaction)
    known, world = await complete_cities(desk_of(interaction), caller, typed)
    return with_the_world(Texts(caller.language), known, world)


@suggests
async def country_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """The countries of the office's partners for nothing typed, any country otherwise."""
    caller = await caller_of(interaction)
    texts = Texts(caller.language)
    wanted = fold(typed)
    if wanted:
        codes = [
            code
            for code, names in country_names().items()
            if wanted == code.lower() or any(wanted in fold(name) for name in names)
        ]
    else:
        codes = await countries_of_ties(desk_of(interaction), caller)
    named = sorted((texts.country(code), code) for code in codes)
    return [app_commands.Choice(name=name[:LABEL], value=code) for name, code in named[:CHOICES]]


def with_the_world(texts: Texts, known: Sequence[Place], world: Sequence[tuple[str, str]]) -> list[Choice]:
    """Known places, then those of the gazetteer (label, value) that are not among them."""
    choices = _as_choices(texts, known)
    names = {choice.name.partition(" · ")[0] for choice in choices}
    choices += [
        app_commands.Choice(name=label[:LABEL], value=value)
        for label, value in world
        if label.partition(" · ")[0] not in names
    ]
    return choices[:CHOICES]


def _as_choices(texts: Texts, places: Sequence[Place]) -> list[Choice]:
    chinese = texts.language.startswith("zh")
    choices = []
    for place in places[:CHOICES]:
        other = place.name_en if chinese else place.name_zh
        label = texts.place_in_full(place) + (f" · {other}" if other else "")
        choices.append(app_commands.Choice(name=label[:LABEL], value=place.key))
    return choices


@suggests
async def topic_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """The topics of the list, found by their names in either language; any other word may be typed as well."""
    texts = Texts((await caller_of(interaction)).language)
    wanted = fold(typed)
    named = {topic: texts.word(topic) for topic in Topic}
    fitting = [
        app_commands.Choice(name=name, value=topic.value)
        for topic, name in named.items()
        if wanted in fold(name) or wanted in topic.value or topic_of(typed) == topic
    ]
    return fitting[:CHOICES]
