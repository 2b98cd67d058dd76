"""Whatever is asked gets an answer in words: nothing is raised, nothing in it pings, links or breaks a card.

The suite asks a hundred and fifty questions that chance makes of the bank, of words of the grammar and of nonsense; the
proof asks twenty thousand.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from bot.domain.access import Role
from bot.questions.vocabulary.concepts import phrases
from bot.services.desk import Caller, Desk
from bot.services.offices import office_named
from bot.ui.questions import Shown, reply_to
from tests.chat.test_nonsense import NONSENSE
from tests.questions.test_invariance import LONG_NAMES, WAYS, bank
from tests.records import audit_entries

IN_HASTE, AT_LENGTH, BATCHES = 150, 2_000, 10
LONGEST = 4_000
"""Characters; Discord lets nobody send more."""

HARM = (
    "@everyone", "<@80351110224678912>", "<@&1>", "<t:0>", "[a](http://evil.example)", "||**`_~",
    "'; DROP TABLE places; --", "\u202e", "\u2066", "\x00\x07\x1b[31m", "\u200b" * 40,
    "🏳️‍🌈", "{place}", "%s", "<script>", "\n# ", "\n> ",
)  # fmt: skip

Chance = random.Random


def words(chance: Chance) -> str:
    """Words of the grammar, names and numbers, in no order."""
    some = [*phrases(), *LONG_NAMES, "2020", "民國80年", "1990s", "31", "P12", "X19", "西雅圖", "我們"]
    return " ".join(chance.choices(some, k=chance.randint(1, 12)))


def half_and_half(chance: Chance) -> str:
    """The beginning of a question and the end of another."""
    one, other = chance.choices(BANK, k=2)
    return one[: chance.randint(0, len(one))] + other[chance.randint(0, len(other)) :]


def disturbed(chance: Chance) -> str:
    """A question with something harmful in the middle of it."""
    text = chance.choice(BANK)
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(HARM) * chance.randint(1, 3) + text[at:]


def rewritten(chance: Chance) -> str:
    """A question in several ways of typing at once."""
    text = chance.choice(BANK)
    for way in chance.choices(WAYS, k=3):
        text = way(text)
    return text


def nonsense(chance: Chance) -> str:
    return chance.choice(NONSENSE)


def characters(chance: Chance) -> str:
    """Any characters at all, but for halves of some."""
    codes = (chance.choice((0x250, 0xFFFF, 0x10FFFF)) for _ in range(chance.randint(1, 200)))
    return "".join(chr(chance.randrange(code)) for code in codes).encode("utf-8", "ignore").decode()


def endless(chance: Chance) -> str:
    """As long as a message can be."""
    return (chance.choice((words, half_and_half, disturbed))(chance) + " ") * LONGEST


KINDS: tuple[Callable[[Chance], str], ...] = (
    words, words, half_and_half, half_and_half, disturbed, rewritten, nonsense, characters, endless,
)  # fmt: skip

BANK = bank()


def texts_of(shown: Shown) -> Iterator[str]:
    yield from (shown.embed.title or "", shown.embed.description or "", shown.embed.footer.text or "")
    for field in shown.embed.fields:
        yield from (field.name or "", field.value or "")


def faults(shown: Shown) -> Iterator[str]:
    """What is wrong with an answer as it is shown."""
    text = "\n".join(texts_of(shown))
    if not (shown.embed.title or "").strip() and not (shown.embed.description or "").strip():
        yield "it says nothing"
    if len(shown.embed) > 6_000 or len(shown.embed.description or "") > 4_096:
        yield "it is too long for a card"
    yield from (
        f"it tells {harm}" for harm in ("@everyone", "<@", "](http://evil", "\u202e", "\x00") if harm in text
    )


async def ask_anything(desk: Desk, number: int, seed: int) -> None:
    chance, before = random.Random(seed), len(await audit_entries(desk))
    office = await office_named(desk, "Kaohsiung")
    asker = Caller("en", 5, 6, office, Role.LOGGER)
    frame = None
    for _ in range(number):
        question = chance.choice(KINDS)(chance)[:LONGEST]
        caller = replace(asker, language=chance.choice(("en", "zh-TW")))
        try:
            shown = await reply_to(desk, caller, question, chance.choice((None, frame)))
        except Exception as error:
            raise AssertionError(f"seed {seed}: {question!r}") from error
        assert [*faults(shown)] == [], f"seed {seed}: {question!r}"
        frame = shown.frame or frame
    assert len(await audit_entries(desk)) == before


async def test_anything_asked_is_answered(seeded_desk: Desk) -> None:
    await ask_anything(seeded_desk, IN_HASTE, seed=0)


@pytest.mark.parametrize(
    "question",
    [
        "和日本締盟的臺灣\n# \n# \n# 城市有幾個？",
        "Which agreements were signed by cities or towns",
        "Which agreements were signed by a district or towns",
    ],
)
async def test_what_broke_once_is_answered(seeded_desk: Desk, question: str) -> None:
    office = await office_named(seeded_desk, "Kaohsiung")
    shown = await reply_to(seeded_desk, Caller("zh-TW", 5, 6, office, Role.LOGGER), question)
    assert shown.embed.title


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(1, BATCHES + 1))
async def test_twenty_thousand_questions_are_answered(seeded_desk: Desk, seed: int) -> None:
    await ask_anything(seeded_desk, AT_LENGTH, seed)
