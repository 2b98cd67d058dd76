"""At which ends of a coming or going somebody stands: who moves, and where to, by the words around its verb."""

from bot.questions.parts.sentence import Sentence

_TWO = 2
TO, FROM = frozenset(("to", "到", "往", "访", "赴")), frozenset(("from", "从", "自"))
BE = frozenset(("was", "were", "been", "being", "is", "are"))
DID = frozenset(("did", "do", "does", "has", "have", "had", "will"))
MADE = frozenset(("make", "made", "pay", "paid", "undertake", "undertaken"))


def ends_of(
    sentence: Sentence, index: int, keys: set[str], home: set[int], partner: set[int]
) -> bool | tuple[int | None, int | None, bool]:
    """Who moves, where to, and whether the verb is passive; the direction itself where that is clear already."""
    mover = nearest(sentence, range(index - 1, -1, -1), home | partner)
    goal = nearest(sentence, range(index + 1, len(sentence.spans)), home | partner)
    bound_for = goal is not None and _is_bound_for(sentence, goal)  # "visits by mayors to Taipei"
    passive = (_is_passive(sentence, index) and not bound_for) or _was_received(sentence, index)
    if mover in home and goal in home and not passive and _owns_ties(sentence, mover):
        return True  # "partners of ours that called on us"
    if mover is not None and _is_goal(sentence, mover):  # 到洛杉磯郡訪問
        mover, goal = None, mover
    described = goal is not None and "came" in keys and _is_described(sentence, goal)
    if mover is None and goal is not None and (described or _comes_behind(sentence, index, goal)):
        mover, goal = goal, None
    if ("received" in keys) is not passive:  # "were visited by our mayor"
        return goal, mover, passive
    if _is_visited(sentence, index):  # "which partners were visited most recently?"
        return False
    theirs = mover is None and _is_theirs(sentence, index)
    if goal is not None and (_is_mover(sentence, goal) or (theirs and not _is_bound_for(sentence, goal))):
        return goal, None, passive
    return mover, goal, passive


def _owns_ties(sentence: Sentence, index: int) -> bool:
    """Whether a name only says whose partners it was: "partners of ours", "Kaohsiung's partners"."""
    near = [
        index + 1,
        index - 1,
        *([index + 2] if sentence.plainly(min(index + 1, len(sentence.spans) - 1)) == "s" else [index - 2]),
    ]
    return any(0 <= i < len(sentence.spans) and sentence.spans[i].of("kind") for i in near)


def _is_bound_for(sentence: Sentence, index: int) -> bool:
    """Whether a name is where somebody of elsewhere went: "visits of mayors to Tainan"."""
    return _lead(sentence, index) == "to"


_THE = frozenset(("the", "a", "an", "of", "any"))


def _lead(sentence: Sentence, index: int) -> str:
    """The word before a name, or before the people of there: "*from* the mayor of Prague", "*did* Prague"."""
    at = index - 1
    while at > 0 and (sentence.spans[at].of("people") or sentence.plainly(at) in _THE):
        at -= 1
    return sentence.tokens[sentence.spans[at].end - 1].text if at >= 0 else ""


_THEIRS = (" route", " itinerary", "made by", "paid by", "undertaken by", "led by", "headed by", "guided by")


def _is_passive(sentence: Sentence, index: int) -> bool:
    """Whether who did it is named behind a verb: "visited by our mayor"."""
    by_whom = [token.text for token in sentence.tokens[:_TWO]] == ["by", "whom"]
    by_whom = by_whom and not sentence.has(("people", "participant"))
    told_so = sentence.plainly(index).endswith(_THEIRS)
    return told_so or "by" in sentence.small_after(index) or by_whom


_TOOK = frozenset(("did", "do", "does", "have", "has", "had"))


def _was_received(sentence: Sentence, index: int) -> bool:
    """Whether somebody is said to have been received, by whomever: "when was their mayor received here?"."""
    before = [token.text for token in sentence.tokens[: sentence.spans[index].start]]
    auxiliary = next((word for word in reversed(before) if word in BE | _TOOK), "")
    return auxiliary in BE and sentence.plainly(index) in ("received", "welcomed", "hosted")


def _is_visited(sentence: Sentence, index: int) -> bool:
    """Whether partners are said to be visited, and by whom is left open, so that it was by us."""
    start = sentence.spans[index].start
    before = [token.text for token in sentence.tokens[max(0, start - 2) : start]]
    kinds = any(i < index for i in sentence.any_of("kind"))
    return sentence.plainly(index) == "visited" and bool(BE & set(before)) and kinds


def _is_mover(sentence: Sentence, index: int) -> bool:
    """Whether who is named behind a visit went on it: "visits from Prague", "visits did we make"."""
    made = any(token.text in MADE for token in sentence.tokens[sentence.spans[index].start :])
    before = _lead(sentence, index)
    return before in FROM or (made and before in DID)


def _is_described(sentence: Sentence, index: int) -> bool:
    """Whether a verb of coming stands before a name to say who is meant: 來訪的日本城市."""
    start = sentence.spans[index].start
    return sentence.chinese and start > 0 and sentence.tokens[start - 1].text == "的"


_COMES = frozenset(
    ("come", "comes", "came", "go", "goes", "went", "travelled", "traveled", "was", "were", "is", "are",
     "accompany", "accompanied", "brought", "brings", "led")
)  # fmt: skip


def _comes_behind(sentence: Sentence, index: int, goal: int) -> bool:
    """Whether who moves is named behind the verb, and not where to: "on what date came the mayor of Vilnius to us?"."""
    words = {sentence.tokens[i].text for i in range(sentence.spans[index].end, sentence.spans[goal].start)}
    there = {"to", "into", "here", "over"} | ({"in"} if sentence.plainly(index) in BE else set())
    said = sentence.plainly(index)
    return (said in _COMES or said.endswith(" with")) and not words & there


def _is_theirs(sentence: Sentence, index: int) -> bool:
    """Whether a visit is said to be somebody's: "the visit of Strasbourg's mayor"."""
    end = sentence.spans[index].end
    behind = sentence.tokens[end].text if end < len(sentence.tokens) else ""
    return behind == "of" and sentence.plainly(index) in ("visit", "visits")


def _is_goal(sentence: Sentence, index: int) -> bool:
    """Whether a name is where somebody went: 到洛杉磯郡訪問, 訪問美國去了哪裡."""
    start = sentence.spans[index].start
    if not sentence.chinese or not start:
        return False
    visited = index > 0 and sentence.spans[index - 1].has(("meet", "visit"), ("meet", "went"))
    return visited or sentence.tokens[start - 1].text in TO


def nearest(sentence: Sentence, positions: range, names: set[int]) -> int | None:
    """The next name in this direction that is not one of two that met: "between A and B", 和布拉格."""
    for index in positions:
        span = sentence.spans[index]
        if index in names:
            beside = sentence.small_before(index) | sentence.small_after(index)
            paired = bool(beside & {"with", "and"})
            return None if paired else index
        if span.mark or {"with", "and"} & set(span.of("small")) or span.has(("ask", "who")):
            return None  # 有誰要來訪: it is they who move
    return None
