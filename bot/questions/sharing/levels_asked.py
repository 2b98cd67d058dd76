"""Of which kinds the places are that a question asks for: counties that have ties, prefectures that are partners."""

from bot.domain.places import Level
from bot.questions.conditions import Where
from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Sentence
from bot.questions.sharing.one import HAVE
from bot.questions.sharing.whose import are_of_whom


def level_in_question(sentence: Sentence, form: Form) -> tuple[Level, ...]:
    """The kind of partners that the word itself asks for: 日本有哪些町跟臺灣締盟."""
    at = form.asked_at
    if at is None or not sentence.chinese or not sentence.spans[at].has(("ask", "which")):
        return ()
    keys = sentence.spans[at].of("places")
    named = at > 0 and at - 1 in sentence.names and sentence.names[at - 1].is_place  # 南投哪個鄉
    return () if named else levels_meant([(at, key) for key in keys])


def levels_of(
    sentence: Sentence, home: Where, asked: int | None
) -> tuple[tuple[Level, ...], tuple[Level, ...]]:
    """Which kinds of places the homes are, and which kinds of partners are asked for: counties, prefectures.

    `asked` is where the homes are asked for by their kind.
    """
    said = list(sentence.words("places"))
    signed = signers(sentence) if home.countries else []
    homes = [
        (index, key)
        for index, key in said
        if index == asked or index in signed or _is_of(sentence, index, home)
    ]
    found = [
        (index, key)
        for index, key in said
        if (index, key) in homes or not (_lie_in(sentence, index) or _are_parts(sentence, index))
    ]
    sentence.used.update(index for index, _ in found if not sentence.spans[index].of("kind"))
    if found:  # "the prefectures (not towns)" says it twice
        towns = [
            i for i in sentence.all(("noun", "city")) if i and sentence.spans[i - 1].has(("logic", "not"))
        ]
        sentence.used.update(at for i in towns for at in (i - 1, i))
    return levels_meant(homes), levels_meant([each for each in found if each not in homes])


def signers(sentence: Sentence) -> list[int]:
    """Where kinds of places are said to have signed: "agreements signed by a district or township", 由鄉鎮簽的."""
    found = []
    for index in sentence.any_of("places"):
        before = index - 1
        while before > 0 and (
            sentence.spans[before].of("places")
            or sentence.spans[before].has(("small", "and"), ("logic", "or"))
            or sentence.plainly(before) in ("a", "the", "any", "one")
        ):
            before -= 1
        beside = range(index + 1, index + 3) if sentence.chinese else range(before - 1, before)
        signed = any(
            0 <= i < len(sentence.spans) and sentence.spans[i].has(("event", "signed")) for i in beside
        )
        if signed and before >= 0 and sentence.spans[before].has(("small", "by")):
            found.append(index)
    row = bool(found) and sentence.chinese
    return [i for i in sentence.any_of("places") if i <= found[-1]] if row else found


def _is_of(sentence: Sentence, index: int, home: Where) -> bool:
    """Whether such places are said to lie where the homes do: "which ties exist among Taiwanese townships?"."""
    before = index - 1
    while before > 0 and (
        sentence.spans[before].of("places")
        or sentence.spans[before].has(("small", "and"))
        or (sentence.plainly(before) == "s" and not sentence.chinese)  # "Palau's states"
        or (sentence.chinese and sentence.spans[before].has(("ask", "which")))  # 日本哪些縣
    ):
        before -= 1  # "Taiwanese townships and counties"
    for at in (before, index + 2):  # "Taiwanese counties", "counties in Taiwan"
        name = sentence.names.get(at)
        if name is None or name.is_place or name.where != home:
            continue
        if at == before or "in" in sentence.spans[index + 1].of("small"):
            return True
    return False


def levels_meant(found: list[tuple[int, str]]) -> tuple[Level, ...]:
    """The levels for which words of the grammar stand, each given with its position."""
    return tuple(level for _, key in found for level in _MEANT.get(key, (Level(key),)))


_MEANT = {Level.TOWNSHIP.value: (Level.TOWNSHIP, Level.TOWN)}
"""Urban townships, 鎮, are on record as towns."""


def _are_parts(sentence: Sentence, index: int) -> bool:
    """Whether what is named right before has such parts, of whose own ties is asked: 新北各區, "Taipei's districts"."""
    named = index > 0 and index - 1 in sentence.names and sentence.names[index - 1].is_place
    return named and sentence.chinese and sentence.spans[index].has(("places", "district"))


def _ends_with_with(sentence: Sentence) -> bool:
    last = next((i for i in range(len(sentence.spans) - 1, 0, -1) if not sentence.spans[i].mark), 0)
    return sentence.tokens[sentence.spans[last].end - 1].text == "with"


def _lie_in(sentence: Sentence, index: int) -> bool:
    """Whether states or counties are asked for in which there are partners, not such that are partners."""
    asked = any(
        sentence.spans[i].of("ask") and "with" not in sentence.small_before(i)
        for i in (index - 1, index - 2)
        if i >= 0
    )
    behind = range(index + 1, len(sentence.spans))
    if index + 1 < len(sentence.spans) and sentence.plainly(index + 1) in ("have", "has"):
        return False  # "which prefectures have ties with Tainan"
    if are_of_whom(sentence, index):
        return False  # 跟日本哪些縣有簽約
    if any(sentence.plainly(i - 1) == "as" and sentence.spans[i].of("kind") for i in behind):
        return False  # "which prefectures does Taichung have as partners"
    if _ends_with_with(sentence):  # "which Palauan states does Taiwan have ties with"
        return False
    if asked and sentence.has(("order", "most"), ("order", "fewest")):
        return True
    if sentence.tokens[-1].text == "with" or [token.text for token in sentence.tokens[-2:-1]] == ["with"]:
        return False  # "how many prefectures do we have ties with?"
    return asked and any(sentence.plainly(i) in HAVE for i in behind)
