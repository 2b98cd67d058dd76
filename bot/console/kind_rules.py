"""`attache office kinds`: what an office calls the kinds of ties."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated

import typer

from bot.console.frame import OPERATOR, LanguageOption, at_desk, fail, out, say
from bot.domain.errors import BadInput
from bot.domain.offices import Office
from bot.domain.partnerships import Kind
from bot.i18n.texts import Texts
from bot.services.desk import Desk
from bot.services.kind_rules import change_kind_rule
from bot.services.offices import office_named
from bot.ui.kind_rules import changed_rule_lines, kind_lines


def kinds(
    city: Annotated[str, typer.Argument(metavar="CITY", help=say("cli.option.city"))],
    kind: Annotated[Kind | None, typer.Argument(metavar="KIND", help=say("cli.option.kind_to_write"))] = None,
    english: Annotated[str, typer.Option("--en", help=say("cli.option.rule_en"))] = "",
    chinese: Annotated[str, typer.Option("--zh", help=say("cli.option.rule_zh"))] = "",
    built_in: Annotated[bool, typer.Option("--built-in", help=say("cli.option.rule_built_in"))] = False,
    language: LanguageOption = None,
) -> None:
    texts = Texts(language.value) if language else say
    writes = bool(english or chinese or built_in)
    if (writes and kind is None) or (built_in and (english or chinese)):
        fail(BadInput("kind_rule.which"))
    if kind is None or not writes:
        office = at_desk(lambda desk: office_named(desk, city))
        _print(kind_lines(texts, office))
        return
    office = at_desk(lambda desk: _change(desk, city, kind, english, chinese))
    _print(changed_rule_lines(texts, office, kind))


async def _change(desk: Desk, city: str, kind: Kind, english: str, chinese: str) -> Office:
    office = await office_named(desk, city)
    caller = replace(OPERATOR, office=office)
    return await change_kind_rule(desk, caller, kind, english, chinese, office.version)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        out.print(line, markup=False, soft_wrap=True)
