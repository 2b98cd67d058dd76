"""The catalogues: every text that people read, by key, with real plural rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.messages.pofile import read_po

BABEL_LOCALES = {"en": "en", "zh-TW": "zh_Hant_TW"}
FOLDERS = {"en": "en", "zh-TW": "zh_TW"}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The texts of one language: a string for each key, or a tuple of plural forms."""

    language: str
    messages: Mapping[str, str | tuple[str, ...]]
    plural: Callable[[int], int]

    def template(self, key: str, count: object = None) -> str:
        """The text of `key`, in the plural form for `count` where it has forms. KeyError if there is none."""
        found = self.messages[key]
        if isinstance(found, str):
            return found
        return found[self.plural(count) if isinstance(count, int) else 0]


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of `en` or `zh-TW`."""
    path = files("bot.locales").joinpath(FOLDERS[language], "LC_MESSAGES", "attache.po")
    with path.open("rb") as file:
        po = read_po(file, locale=FOLDERS[language])
    messages: dict[str, Any] = {}
    for message in po:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            messages[key] = message.string
    plural_forms = int(po.num_plurals)
    rule = Locale.parse(BABEL_LOCALES[language]).plural_form
    index = {"one": 0, "other": plural_forms - 1}
    return Catalogue(language, messages, lambda count: index[rule(count)])
