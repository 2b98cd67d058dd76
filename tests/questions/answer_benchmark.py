"""How long whole answers take on a registry, against SQL written by hand for the same facts. Run it by hand:

python -m tests.questions.answer_benchmark [TABLE] [--database FILE] [--questions FILE…]

The registry is the starter data; TABLE, such as a table of the world's ties in the layout `partnerships, world`, is
imported beside it. It is built in FILE, and taken as it is if it is there already. Every other question of the bank, or
of the tables that are named, is asked once by its office, on SQLite, after the rest has been asked, as in a process
that has been running for a while. The bank holds many kinds of questions once each; what people asked who had not seen
it (`seen_*_starter_*.csv`) tells how often each kind is asked. The facts that SQL fetches are compared with the answers
first, so that both do the same work.
"""

import argparse
import asyncio
import gc
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from bot.app import open_desk
from bot.console.questions import document
from bot.domain.access import Role
from bot.i18n.texts import Texts
from bot.services.desk import Caller, Desk
from bot.services.imports import Sheet, import_file
from bot.services.offices import office_named
from bot.services.questions import ask
from bot.services.starter import seed
from db.schema import upgrade
from tests.questions.bank import Question, read_questions

BANK = Path(__file__).parents[2] / "bot" / "questions" / "bank"
AGAIN = 30
"""How often each fact is fetched by SQL."""

_TIE = """
SELECT partnerships.signed FROM partnerships
JOIN partnership_parties AS home ON home.partnership_id = partnerships.id
JOIN places AS city ON city.id = home.place_id AND city.key = 'kaohsiung-tw'
JOIN partnership_parties AS other ON other.partnership_id = partnerships.id AND other.position <> home.position
JOIN places AS partner ON partner.id = other.place_id
WHERE partnerships.scope = 'public'
"""
BY_HAND = {
    "When did Kaohsiung and Seattle become sister cities?": (
        f"{_TIE} AND partner.name_en = 'Seattle' AND partnerships.kind = 'sister_city'", "1991"
    ),
    "When did we become sister cities with Busan?": (
        f"{_TIE} AND partner.name_en = 'Busan' AND partnerships.kind = 'sister_city'", "1966-06-30"
    ),
    "When did Kaohsiung last have contact with Seattle?": (
        """
        SELECT max(exchanges.date) FROM exchanges
        JOIN exchange_places AS here ON here.exchange_id = exchanges.id
        JOIN places AS city ON city.id = here.place_id AND city.key = 'kaohsiung-tw'
        JOIN exchange_places AS there ON there.exchange_id = exchanges.id
        JOIN places AS partner ON partner.id = there.place_id AND partner.name_en = 'Seattle'
        WHERE exchanges.scope = 'public' AND exchanges.status = 'held'
        """, "2011-04-28"
    ),
}  # fmt: skip
"""Questions to which the answer is one value, the SQL for it, and the value."""


async def caller_for(desk: Desk, question: Question) -> Caller:
    """Whoever asks it: an office's, or nobody's."""
    caller = Caller(question.language, role=Role.OPERATOR)
    return replace(caller, office=await office_named(desk, question.office)) if question.office else caller


async def timed(work: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    await work()
    return (time.perf_counter() - started) * 1000


async def fetch(desk: Desk, statement: str) -> str:
    async with desk.database.read() as session:
        return str(await session.scalar(text(statement)))


async def answers_take(desk: Desk, questions: Sequence[Question]) -> list[tuple[float, str]]:
    """How long each question takes, the longest first."""
    callers = {(each.language, each.office): await caller_for(desk, each) for each in questions}
    found = []
    for each in questions:
        caller = callers[each.language, each.office]
        found.append((await timed(lambda e=each, c=caller: ask(desk, c, e.text)), each.text))  # type: ignore[misc]
    return sorted(found, reverse=True)


async def facts_take(desk: Desk, asked: Question) -> list[float]:
    """How long SQL takes for the facts, once it was seen that they are what is answered."""
    caller, took = await caller_for(desk, asked), []
    for question, (statement, value) in BY_HAND.items():
        told = document(await ask(desk, caller, question), Texts("en"))["value"]
        if not (await fetch(desk, statement) == value == told):
            raise ValueError(f"{question} {told}, by SQL {await fetch(desk, statement)}, not {value}")
        took += [await timed(lambda s=statement: fetch(desk, s)) for _ in range(AGAIN)]  # type: ignore[misc]
    return took


async def build(desk: Desk, table: Path | None) -> None:
    await upgrade(desk.database)
    await seed(desk)
    if table:
        await import_file(desk, Sheet.PARTNERSHIPS, table)


async def measure(file: Path, table: Path | None, tables: Sequence[Path]) -> None:
    questions = [each for table in sorted(tables) for each in read_questions(table)]
    today = datetime.fromisoformat(questions[0].today).replace(hour=4, tzinfo=UTC)
    is_there = file.exists()  # noqa: ASYNC240 - nothing else runs yet
    async with open_desk(f"sqlite:///{file}", lambda: today) as desk:
        if not is_there:
            await build(desk, table)
        asked = next(each for each in questions if each.office == "Kaohsiung")
        first = await timed(lambda: answers_take(desk, [asked]))
        await answers_take(desk, questions[::2])
        gc.collect()
        gc.freeze()
        answers, by_sql = await answers_take(desk, questions[1::2]), await facts_take(desk, asked)
    times = [milliseconds for milliseconds, _ in answers]
    cuts, floor = statistics.quantiles(times, n=100), statistics.median(by_sql)
    print(f"the first question, which reads all names: {first:.0f} ms")
    print(f"{len(times)} questions: half under {cuts[49]:.2f} ms, 99 in 100 under {cuts[98]:.2f} ms")
    print(f"one fact by SQL: {floor:.2f} ms; an answer takes {cuts[49] / floor:.1f} times that")
    for milliseconds, question in answers[:8]:
        print(f"{milliseconds:8.2f} ms  {question[:80]}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.questions.answer_benchmark", description=__doc__)
    parser.add_argument("table", nargs="?", type=Path, help="partnerships to import beside the starter data")
    parser.add_argument("--database", type=Path, help="where the registry is built, or stands")
    parser.add_argument("--questions", type=Path, nargs="+", help="tables of questions; default: the bank")
    chosen = parser.parse_args()
    tables = chosen.questions or list(BANK.glob("*.csv"))
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(chosen.database or Path(folder) / "registry.db", chosen.table, tables))


if __name__ == "__main__":
    main()
