"""Answers in words: their statements in order, each list below the one that heads it."""

from collections.abc import Iterator, Sequence

from bot.domain.partnerships import Kind
from bot.domain.places import Place
from bot.i18n.texts import Texts, Written
from bot.services.questions import Answer, Answered, Choice, Statement
from bot.ui.pages import Heading
from bot.ui.statements import statement_text


def answer_lines(texts: Texts, answer: Answer) -> list[str]:
    """The sentences, each list below the one that heads it; a yes or no, and a list of one, in one sentence."""
    if answer.parts:
        return [line for part in answer.parts for line in answer_lines(texts, part)]
    lines: list[str] = []
    truth = ""
    for statement in _in_order(answer.statements):
        if statement.key in _TRUTHS:
            truth = statement_text(texts, statement)
            continue
        told = [*_told(texts, statement, first=not lines)]
        if truth:
            told[0] = type(told[0])(texts("answer.truth", truth=Written(truth), line=Written(told[0])))
            truth = ""
        lines += told
    return [*lines, truth] if truth else lines


def short_lines(texts: Texts, answer: Answer) -> list[str]:
    """The same; where two questions were put, of each answer what fits beside the other, the second below a heading."""
    if not answer.parts:
        return answer_lines(texts, answer)
    told = [answer_lines(texts, part) for part in answer.parts]
    return [line for lines in told for line in (Heading(lines[0]), *_cut(texts, lines[1:]))]


def _cut(texts: Texts, lines: Sequence[str]) -> list[str]:
    more = len(lines) - _OF_EACH
    return [*lines[:_OF_EACH], *([texts("answer.more_lines", n=more)] if more > 0 else [])]


_OF_EACH = 8
"""So many lines are shown of each of two answers."""

_TRUTHS = frozenset(
    {"yes_tie", "yes_unconfirmed", "no_tie_said", "no_unconfirmed", "yes_exchange", "no_exchange_said"}
)
_HEADINGS = frozenset({"ties_are", "listed", "exchanges_are", "dates", "group_at_position", "group_ranked"})


def _in_order(statements: Sequence[Statement]) -> list[Statement]:
    """The statements as they are told: without those that say what a correction before them has said (that it never
    ended), and behind a yes or no how the tie stands, where that was asked."""
    keys = {each.key for each in statements}
    told = [each for each in statements if each.key.replace("never_", "not_") not in keys - {each.key}]
    if not _TRUTHS & keys:
        return told
    return sorted(told, key=lambda each: 0 if each.key in _TRUTHS else 1 if each.key == "stands" else 2)


def _told(texts: Texts, statement: Statement, *, first: bool) -> Iterator[str]:
    if first and statement.key in _HEADINGS and len(statement.items) == 1:
        yield _alone(texts, statement.items[0])
    else:
        yield from _lines(texts, statement)


def _alone(texts: Texts, item: Statement) -> str:
    """The one line of a list as a sentence: a tie that stands by its places, kind and day."""
    if item.key in ("link_met", "link_never_met"):
        line, last = Written(_alone(texts, item.values["line"])), item.values["last"]
        if last is None:
            return texts("answer.alone_never_met", line=line)
        return texts("answer.alone_met", line=line, date=last.date, record=last.record)
    if item.key == "link_far":
        return texts(
            "answer.alone_far", line=Written(_alone(texts, item.values["line"])), km=item.values["km"]
        )
    act = item.values.get("act")
    if act is None or act.kind not in AGREED or not act.in_force or item.values["through"]:
        return statement_text(texts, item)
    partner = Written(texts.place_in_full(item.values["partner"]))
    return texts(
        "answer.tie_signed" if act.signed else "answer.undated",
        home=item.values["home"], partner=partner, kind=act.kind, date=act.signed or "", record=act.record,
    )  # fmt: skip


AGREED = frozenset({Kind.SISTER_CITY, Kind.FRIENDSHIP_CITY, Kind.MOU, Kind.PROJECT})
"""Kinds of which one is signed."""


def understood_line(texts: Texts, answered: Answered) -> str:
    """How the question was read, in words; empty where it was not."""
    return " · ".join(statement_text(texts, each) for each in answered.understood)


def choice_label(texts: Texts, choice: Choice) -> str:
    """What a reading is told by where several are possible: a place with its country, or what differs."""
    match choice.label:
        case Place():
            return texts.place_in_full(choice.label)
        case str():
            return texts.write(choice.label)
    return " · ".join(statement_text(texts, each) for each in choice.label)


def _lines(texts: Texts, statement: Statement) -> Iterator[str]:
    if statement.key == "undated_apart" and len(statement.items) > _IN_LINES:
        yield _in_one_line(texts, statement)
        return
    line = statement_text(texts, statement)
    yield Heading(line) if statement.items else line
    for item in _worth_a_line(statement):
        yield f"• {statement_text(texts, item)}"


_IN_LINES = 3
_IN_ONE = 24
"""Of those that may fit so many have a line each, and so many are named in one; more are but counted."""


def _in_one_line(texts: Texts, statement: Statement) -> str:
    """Those that may fit and are not what was asked for: their names, or their number where they are many."""
    lines = [item.values.get("line", item) for item in statement.items]
    if len(lines) > _IN_ONE or any(line.values["with_home"] for line in lines):
        return texts("answer.undated_beside", n=statement.values["n"])
    names = list(dict.fromkeys(line.values["partner"] for line in lines))
    return texts("answer.named", heading=Written(statement_text(texts, statement)), names=names)


def _worth_a_line(statement: Statement) -> Sequence[Statement]:
    """The items; of numbers by groups, those of which there is anything."""
    if statement.key != "groups_are":
        return statement.items
    return [item for item in statement.items if item.values.get("n") != 0] or statement.items
