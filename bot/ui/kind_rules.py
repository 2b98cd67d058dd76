"""What the kinds of ties mean: in the office's own words where it has some, else in the built-in ones."""

from collections.abc import Iterable, Iterator, Mapping

from bot.domain.kind_rules import KindRule
from bot.domain.offices import LANGUAGES, Office
from bot.domain.partnerships import Kind
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller, Desk
from bot.ui.cards import Card
from bot.ui.pages import Page, page_of, paged

KindRules = Mapping[Kind, KindRule]


def rule_line(texts: Texts, rules: KindRules, kind: Kind) -> str:
    """What a kind of tie is, by name."""
    own = rules.get(kind)
    text = texts.write(own.in_language(texts.language)) if own else built_in_rule(texts, kind)
    return texts("kind_rule.line", kind=kind, text=Written(text))


def built_in_rule(texts: Texts, kind: Kind) -> str:
    return texts(f"kind_rule.{kind}")


def own_rule_lines(texts: Texts, rules: KindRules, kinds: Iterable[Kind]) -> Iterator[str]:
    """What those of the kinds are that the office has words of its own for."""
    told = set(kinds)
    return (rule_line(texts, rules, kind) for kind in Kind if kind in told and kind in rules)


def kind_lines(texts: Texts, office: Office | None) -> Iterator[str]:
    """Every kind with its rule; an office's own words are told as such."""
    rules = office.kind_rules if office else {}
    for kind in Kind:
        line = rule_line(texts, rules, kind)
        if office and kind in rules:
            line = texts("kind_rule.own", line=Written(line), place=office.place)
        yield line


def changed_rule_lines(texts: Texts, office: Office, kind: Kind) -> Iterator[str]:
    """What an office calls a kind from now on, in both languages, as both are read."""
    own = office.kind_rules.get(kind)
    yield texts("kind_rule.changed" if own else "kind_rule.built_in_again", kind=kind, place=office.place)
    for code in LANGUAGES:
        yield texts.write(own.in_language(code)) if own else built_in_rule(Texts(code), kind)


@paged("kinds")
async def kinds_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    """Every kind with its rule, as the caller's office has it; it takes no arguments."""
    shown, index, pages = page_of(list(kind_lines(texts, caller.office)), index)
    card = Card(texts("kind_rule.title"), footer=texts("kind_rule.footer")).text(shown)
    return Page(card.embed, index, pages, private=True)
