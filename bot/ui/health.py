"""How the health of a tie looks: every point with its reason, and what would raise it most."""

from collections.abc import Iterator, Mapping
from typing import Any

import discord

from bot.domain.health import ENOUGH_EXCHANGES, WHOLE, Aspect, Health, Line, Unscored
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller, Desk
from bot.services.health import TieHealth, health_of_ties
from bot.ui.audience import restricted
from bot.ui.cards import Card
from bot.ui.pages import Heading, Page, page_of, paged
from bot.ui.profiles import topic_name


def health_card(texts: Texts, found: TieHealth) -> discord.Embed:
    """One tie, with all its points."""
    card = Card(health_title(texts, found), footer=texts("health.footer"))
    return card.text(health_lines(texts, found.health)).embed


def health_title(texts: Texts, found: TieHealth) -> str:
    score = Written(score_words(texts, found.health))
    return texts("health.title", home=found.home, partner=found.tie.partner, score=score)


def is_private(found: TieHealth) -> bool:
    return restricted(found.scopes)


def score_words(texts: Texts, health: Health) -> str:
    score = health.score
    return texts("health.unscored") if score is None else texts("health.score", score=score, whole=WHOLE)


def health_lines(texts: Texts, health: Health) -> Iterator[str]:
    """The points one by one, what is left out and why, and what would raise the score most."""
    if health.unscored is not None:
        yield _unscored_line(texts, health, health.unscored)
    for line in health.lines:
        yield _point_line(texts, line)
    for aspect in health.left_out:
        yield texts(f"health.left_out.{aspect.value}", aspect=aspect)
    if health.advice is not None:
        yield texts("health.advice", step=Written(_step(texts, health.advice)), gain=health.advice.gain)


def _unscored_line(texts: Texts, health: Health, why: Unscored) -> str:
    return texts(f"health.unscored.{why.value}", n=health.held, enough=ENOUGH_EXCHANGES)


def _point_line(texts: Texts, line: Line) -> str:
    why = texts(f"health.why.{line.aspect.value}_{line.why}", **_values(texts, line))
    if line.values.get("untold"):
        why = texts("health.untold", why=Written(why), number=line.values["untold"])
    if line.records:
        why = texts("health.records", why=Written(why), records=[Written(record) for record in line.records])
    return texts("health.line", aspect=line.aspect, points=line.points, out_of=line.out_of, why=Written(why))


def _values(texts: Texts, line: Line) -> Mapping[str, Any]:
    if line.aspect is not Aspect.VARIETY:
        return line.values
    topics = [Written(topic_name(texts, topic)) for topic in line.values["topics"]]
    things = [*line.values["kinds"], *topics]
    return {"things": things, "number": len(things), "enough": line.values["enough"]}


def _step(texts: Texts, line: Line) -> str:
    return texts(f"health.step.{line.aspect.value}_{line.why}")


@paged("health")
async def health_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    """The office's ties, the lowest score first; it takes no arguments."""
    listed = await health_of_ties(desk, caller)
    lines = [list_line(texts, each) for each in listed.scored] or [texts("health.list_none")]
    if listed.unscored:
        lines.append(Heading(texts("health.list_unscored")))
        lines += [list_line(texts, each) for each in listed.unscored]
    shown, index, pages = page_of(lines, index)
    footer = texts("health.list_footer", today=listed.today, page=index + 1, pages=pages)
    card = Card(texts("health.list_title", home=listed.home), footer=footer)
    private = restricted(scope for each in (*listed.scored, *listed.unscored) for scope in each.scopes)
    return Page(card.text([texts("health.list_rule"), *shown]).embed, index, pages, private)


def list_line(texts: Texts, each: TieHealth) -> str:
    """One tie of a list: its score and the next step, or why it has none."""
    health, record = each.health, Written(each.tie.lead_act.record)
    if health.unscored is not None:
        why = Written(_unscored_line(texts, health, health.unscored))
        return texts("health.list_line", record=record, partner=each.tie.partner, what=why)
    what = score_words(texts, health)
    if health.advice is not None:
        step = Written(_step(texts, health.advice))
        what = texts("health.list_step", score=Written(what), step=step, gain=health.advice.gain)
    return texts("health.list_line", record=record, partner=each.tie.partner, what=Written(what))
