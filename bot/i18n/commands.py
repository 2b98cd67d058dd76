"""Command names and descriptions in every language, taken from the catalogues."""

from discord import Locale
from discord.app_commands import TranslationContextTypes, Translator, locale_str

from bot.domain.offices import LANGUAGES
from bot.i18n.catalogue import catalogue

DISCORD_LOCALES = {
    Locale.american_english: "en",
    Locale.british_english: "en",
    Locale.taiwan_chinese: "zh-TW",
}


def command_text(key: str) -> locale_str:
    """The text `command.<key>`: English for Discord's default, and the key by which it is translated."""
    return locale_str(catalogue(LANGUAGES[0]).template(f"command.{key}"), key=f"command.{key}")


def command_name(path: str, language: str) -> str:
    """What a command is called in a language, by its English name: `visit plan` is `交流 規劃`. KeyError if unknown."""
    words = path.replace("-", "_").split()
    keys = (f"command.{'.'.join(words[:number])}.name" for number in range(1, len(words) + 1))
    return " ".join(catalogue(language).template(key) for key in keys)


class CatalogueTranslator(Translator):
    """Gives Discord the catalogue's text for each locale that we have."""

    async def translate(
        self, string: locale_str, locale: Locale, context: TranslationContextTypes
    ) -> str | None:
        key = string.extras.get("key")
        language = DISCORD_LOCALES.get(locale)
        if key is None or language is None:
            return None
        return catalogue(language).template(key)
