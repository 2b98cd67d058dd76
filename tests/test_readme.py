"""The README says what is so: its two commands, its settings, its commands."""

import re
from pathlib import Path

import pytest
import typer

from bot.cli import app
from bot.settings import Settings, default_database_url
from bot.ui.offices import PERMISSIONS, SCOPES

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, without its head."""
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def test_the_two_commands_stand_as_they_are_to_be_typed() -> None:
    """Each once, from nothing but Python to the page and to the tests."""
    begin = "python3 -m venv .venv && .venv/bin/pip install -e "
    commands = [line for line in README.splitlines() if line.startswith("python3 -m venv")]
    assert commands == [
        begin + "'.[rehearsal]' && .venv/bin/attache rehearse",
        begin + "'.[test]' && .venv/bin/pytest",
    ]


def test_the_settings_table_is_the_settings_class() -> None:
    """Names, meanings and defaults agree."""
    table = {cells[0].strip("`"): cells for cells in rows("Settings")}
    assert set(table) == {f"ATTACHE_{name}".upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        _, default, meaning = table[f"ATTACHE_{name}".upper()]
        assert meaning == field.description
        if isinstance(field.default, str):
            assert default == f"`{field.default}`"
    assert default_database_url().startswith("sqlite:///")


def test_the_command_line_table_is_the_command_line() -> None:
    """Every command has its row, and every row a command."""
    told = {re.match(r"`attache (db|\w+)", cells[0])[1] for cells in rows("Command line")}  # type: ignore[index]
    group = typer.main.get_command(app)
    assert told == set(group.commands)  # type: ignore[attr-defined]


def test_every_argument_says_what_it_is() -> None:
    """In the help of its command, however deep that is."""
    commands, unsaid = [typer.main.get_command(app)], []
    for command in commands:
        commands += getattr(command, "commands", {}).values()
        unsaid += [
            f"{command.name} {each.name}" for each in command.params if not getattr(each, "help", None)
        ]
    assert unsaid == []
    assert len(commands) > 50


def test_the_chat_table_has_every_command() -> None:
    """The commands of the help card are the commands of the README."""
    from bot.ui.help import TOPICS

    told = {cells[0].strip("`/") for cells in rows("Commands in chat")}
    assert told == {topic.replace("_", " ") for topic in TOPICS} | {"help"}


@pytest.mark.parametrize("scope", SCOPES)
def test_the_invite_link_asks_for_what_is_needed(scope: str) -> None:
    """Exactly our scopes and permissions."""
    link = re.search(r"https://discord\.com/oauth2/authorize\?\S+", README)
    assert link is not None
    assert scope in link[0]
    assert f"permissions={PERMISSIONS.value}" in link[0]


def test_its_links_lead_somewhere() -> None:
    """Files that the README points to are there."""
    root = Path(__file__).parent.parent
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (root / target).exists(), target
