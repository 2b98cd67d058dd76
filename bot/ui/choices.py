"""What is offered while somebody types into an option: at most 25 choices, each within 100 characters."""

from collections.abc import Sequence

from discord import app_commands

from bot.domain.names import fold
from bot.domain.places import Place
from bot.i18n.countries import country_names
from bot.i18n.texts import Texts
from bot.services.partnerships import countries_of_ties
from bot.services.places import complete_partners, complete_places
from bot.ui.callers import Interaction, caller_of, desk_of

Choice = app_commands.Choice[str]
CHOICES, LABEL = 25, 100


async def partner_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """Partners of the office first; names in both scripts are looked through."""
    caller = await caller_of(interaction)
    found = await complete_partners(desk_of(interaction), caller, typed)
    return _as_choices(Texts(caller.language), found)


async def place_choices(interaction: Interaction, typed: str) -> list[Choice]:
    caller = await caller_of(interaction)
    found = await complete_places(desk_of(interaction), caller, typed)
    return _as_choices(Texts(caller.language), found)


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


def _as_choices(texts: Texts, places: Sequence[Place]) -> list[Choice]:
    chinese = texts.language.startswith("zh")
    choices = []
    for place in places[:CHOICES]:
        other = place.name_en if chinese else place.name_zh
        label = texts.place_in_full(place) + (f" · {other}" if other else "")
        choices.append(app_commands.Choice(name=label[:LABEL], value=place.key))
    return choices
