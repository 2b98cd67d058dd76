"""What Discord takes of a command with all of its options and choices, in every language."""

from collections.abc import Mapping
from typing import Any

from tests.chat.conftest import Stage

WHOLE, SUBCOMMANDS, OPTIONS, CHOICES = 8000, 25, 25, 25
"""Discord's limits: characters of names, descriptions and values in all, in the longest language; and how many."""


def weight(part: Mapping[str, Any]) -> int:
    """The characters of a command, an option or a choice, with all that is in it."""

    def longest(field: str) -> int:
        translated = (part.get(f"{field}_localizations") or {}).values()
        return max([len(str(part.get(field) or "")), *map(len, translated)])

    value = len(str(part["value"])) if "value" in part else 0
    inside = [*part.get("options", ()), *(part.get("choices") or ())]
    return longest("name") + longest("description") + value + sum(map(weight, inside))


async def test_every_command_fits(stage: Stage) -> None:
    """Else Discord refuses all of them when the bot starts."""
    tree: Any = stage.env.bot.tree
    for command in tree.get_commands():
        payload = await command.get_translated_payload(tree, tree.translator)
        assert weight(payload) <= WHOLE, command.name
        options = payload.get("options", [])
        assert len(options) <= SUBCOMMANDS, command.name
        for each in options:
            assert len(each.get("options", ())) <= OPTIONS, each["name"]
            for option in each.get("options", ()):
                assert len(option.get("choices") or ()) <= CHOICES, option["name"]
