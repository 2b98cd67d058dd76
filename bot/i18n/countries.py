"""Countries by code and by name, in the languages that texts exist in (CLDR's names, through Babel)."""

from collections.abc import Mapping
from functools import cache
from typing import cast

from babel import Locale

from bot.domain.errors import BadInput
from bot.domain.names import fold
from bot.i18n.catalogue import BABEL_LOCALES


@cache
def country_names() -> dict[str, tuple[str, ...]]:
    """Every ISO 3166-1 alpha-2 code that CLDR names (and XK), with its name in each language."""
    english, chinese = (
        cast(Mapping[str, str], Locale.parse(name).territories) for name in BABEL_LOCALES.values()
    )
    codes = [code for code in english if len(code) == 2 and code.isalpha()]
    return {code: (english[code], chinese.get(code, code)) for code in codes}


def read_country(text: str) -> str:
    """The code of a country, by code or name in either language. Raises `BadInput` (`country.unknown`)."""
    wanted = fold(text)
    for code, names in country_names().items():
        if wanted and (wanted == code.lower() or any(wanted == fold(name) for name in names)):
            return code
    raise BadInput("country.unknown", text=text.strip()[:80])
