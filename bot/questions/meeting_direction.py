"""Who went to whom: whether the home was the host, by the verbs of a sentence and what stands beside them."""

from itertools import pairwise

from bot.questions.moving import partners_move
from bot.questions.sentence import Sentence
from bot.questions.spans import Span

_TWO = 2
_TO, _FROM = frozenset(("to", "到", "往", "访", "赴")), frozenset(("from", "从", "自"))
_MOVING = frozenset(("visit", "came", "went", "received", "sent"))
_DID = frozenset(("did", "do", "does", "has", "have", "had", "will"))
_MADE = frozenset(("make", "made", "pay", "paid", "undertake", "undertaken"))


def direction(sentence: Sentence, home: set[int], partner: set[int]) -> bool | None:
    """Whether others came to the home (True), or people of it went (False); None where the sentence does not say.

    `home` and `partner` are the positions of the words that name them, "we" among them.
    """
    if any(token.text == "neither" for token in sentence.tokens):
        return None  # neither visited nor received
    if _come_from_outside(sentence, home):
        return True
    if any(span.has(("meet", "came")) and _names_us(sentence, i) for i, span in enumerate(sentence.spans)):
        return True
    if (bound := _bound(sentence)) is not None:
        return bound
    if not partner and _from_whom(sentence):
        return True
    moving = _moving(sentence)
    if any(_is_where_received(sentence, i, home) for i, keys in moving if "received" in keys):
        return True
    moving = [one for one in moving if not (len(moving) > 1 and _names_guests(sentence, one[0]))]
    # "how many visits did we receive": what was done says more than what it was
    verbs = sorted(moving, key=lambda each: "visit" in each[1])
    told = (_by_verb(sentence, index, keys, home, partner) for index, keys in verbs)
    said = next((each for each in told if each is not None), None)
    return _way(sentence, home, partner) if said is None else said


def _moving(sentence: Sentence) -> list[tuple[int, set[str]]]:
    """The verbs of coming and going, with what each of them is."""
    moving = [(i, set(span.of("meet")) & _MOVING) for i, span in enumerate(sentence.spans)]
    told = [(i, keys or _moves_whoever(sentence, i)) for i, keys in moving]
    return [(i, keys) for i, keys in told if keys]


def _by_verb(
    sentence: Sentence, index: int, keys: set[str], home: set[int], partner: set[int]
) -> bool | None:
    """What the verb at `index` says of the direction, by who moves and where to."""
    ends = _ends_of(sentence, index, keys, home, partner)
    if isinstance(ends, bool):
        return ends
    mover, goal, passive = ends
    if goal is None and mover not in partner and _is_our_mayor(sentence, index):
        return False
    if goal is None and not passive and partners_move(sentence, index, keys):
        return True
    if "came" in keys and mover in home and goal is None and not partner and sentence.chinese:
        return True  # 高雄到現在有多少人來訪過
    if mover in home or goal in partner:
        return False
    if goal in home or mover in partner:
        return True
    if mover is None and goal is None and "visit" in keys and not partner and _who_did(sentence, index):
        return True
    if mover is None and goal is None and (to := _bound_for(sentence, index, home, partner)) is not None:
        return to
    if keys & {"came", "received"}:
        return True
    return False if keys & {"went", "sent"} else None


def _ends_of(
    sentence: Sentence, index: int, keys: set[str], home: set[int], partner: set[int]
) -> bool | tuple[int | None, int | None, bool]:
    """Who moves, where to, and whether the verb is passive; the direction itself where that is clear already."""
    mover = _nearest(sentence, range(index - 1, -1, -1), home | partner)
    goal = _nearest(sentence, range(index + 1, len(sentence.spans)), home | partner)
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


def _come_from_outside(sentence: Sentence, home: set[int]) -> bool:
    """Whether visitors are told by where they do not come from: "visits from outside Asia", 來自美國以外的訪團."""
    if not sentence.has(("kinds", "visit"), ("meet", "visit"), ("noun", "exchange")):
        return False
    words = [token.text for token in sentence.tokens]
    if ("from", "outside") in pairwise(words):
        return True
    left_out = (i for i in sentence.names if i not in home and sentence.spans[i + 1 : i + 2])
    return any(
        sentence.spans[i + 1].has(("logic", "except")) and words[max(0, sentence.spans[i].start - 1)] == "自"
        for i in left_out
    )


def _from_whom(sentence: Sentence) -> bool:
    """Whether it is asked from or by whom visits were had: "from which partners have we had visits?"."""
    first = [token.text for token in sentence.tokens[: len(("by", "whom"))]]
    visits = sentence.has(("meet", "visit"), ("kinds", "visit"), ("meet", "received"))
    return visits and first[0] in ("from", "by") and first[-1] in ("which", "what", "whom")


def _owns_ties(sentence: Sentence, index: int) -> bool:
    """Whether a name only says whose partners it was: "partners of ours", "Kaohsiung's partners"."""
    near = [
        index + 1,
        index - 1,
        *([index + 2] if sentence.plainly(min(index + 1, len(sentence.spans) - 1)) == "s" else [index - 2]),
    ]
    return any(0 <= i < len(sentence.spans) and sentence.spans[i].of("kind") for i in near)


_BE = frozenset(("was", "were", "been", "being", "is", "are"))
_GUESTS = frozenset(("guest", "guests", "visitors", "delegations"))


def _names_guests(sentence: Sentence, index: int) -> bool:
    """Whether it is a word for those who came, and their coming is told by another: "guests from which cities came"."""
    words = sentence.plainly(index).split()
    return len(words) > 1 and words[0] in _GUESTS and words[-1] == "from"


def _is_where_received(sentence: Sentence, index: int, home: set[int]) -> bool:
    """Whether somebody was received where the home is: "were welcomed in Kaohsiung", "visitors to Kaohsiung"."""
    said = sentence.plainly(index)
    goal = _nearest(sentence, range(index + 1, len(sentence.spans)), home)
    if goal is None or sentence.spans[index].end + 1 != sentence.spans[goal].start:
        return False
    passive = sentence.tokens[max(0, sentence.spans[index].start - 1)].text in _BE
    before = sentence.tokens[sentence.spans[goal].start - 1].text
    return before in ("in", "at", "to", "of") and (passive or (said in _GUESTS and before != "of"))


def _who_did(sentence: Sentence, index: int) -> bool:
    """Whether it is asked who did it, and not whom they went to see: "Taichung in 2023: who visited?"."""
    return index > 0 and sentence.spans[index - 1].has(("ask", "who")) and not sentence.chinese


def _bound_for(sentence: Sentence, index: int, home: set[int], partner: set[int]) -> bool | None:
    """Where they went who are not named beside the verb: "how many travelled with the mayor of Houston to Taipei?"."""
    for at in sorted(home | partner):
        start = sentence.spans[at].start
        if at > index and start and sentence.tokens[start - 1].text == "to":
            return at in home
    return None


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


_WHOEVER = {"来": "came", "去": "went", "率团": "went"}


def _moves_whoever(sentence: Sentence, index: int) -> set[str]:
    """Which way they moved of whom nothing but that is asked: 誰來, 誰去."""
    span = sentence.spans[index]
    if not span.has(("people", "participant")):
        return set()
    said = "".join(token.text for token in sentence.tokens[span.start : span.end])
    return {way for word, way in _WHOEVER.items() if word in said}


_INWARD, _OUTWARD = frozenset(("incoming", "inbound")), frozenset(("outgoing", "outbound"))


def _bound(sentence: Sentence) -> bool | None:
    """Which way visits go that are called so, whosever they are: "how many incoming delegations did Taipei have?"."""
    words = {token.text for token in sentence.tokens}
    inward, outward = bool(words & _INWARD), bool(words & _OUTWARD)
    return inward if inward is not outward else None


_US = frozenset(("us", "here"))


def _names_us(sentence: Sentence, index: int) -> bool:
    """Whether a verb of coming has in it where to: "who sent a delegation to us?"."""
    span = sentence.spans[index]
    return any(sentence.tokens[i].text in _US for i in range(span.start, span.end))


def _way(sentence: Sentence, home: set[int], partner: set[int]) -> bool | None:
    """The same by the small words before a name: "the delegation to Gdynia", "visits from Japan"."""
    if not sentence.has(("kinds", "visit"), ("meet", "visit")):
        return None
    for index in sorted(home | partner):
        if _travels(sentence, index):
            return index in partner
        start = sentence.spans[index].start
        before = sentence.tokens[start - 1].text if start else ""
        made = before in _DID and any(token.text in _MADE for token in sentence.tokens[start:])
        if made:
            return index in partner
        if before in _TO:
            return index in home
        if before in _FROM:
            return index in partner
    return None


_TRIPS = frozenset(("trip", "trips", "journey", "journeys", "tour", "tours"))


def _travels(sentence: Sentence, index: int) -> bool:
    """Whether a trip is somebody's who thus went on it: "the mayor of Taipei's trips", "our trips"."""
    behind = (i for i in range(index + 1, len(sentence.spans)) if not _is_between(sentence.spans[i]))
    first = next(behind, None)
    return first is not None and sentence.plainly(first) in _TRIPS and first - index <= len("'s last mayor")


def _is_between(span: Span) -> bool:
    """Whether a part may stand between somebody and his trip: "Taipei's mayor's last official"."""
    return bool(span.of("level") or span.of("people") or span.of("order")) or "of" in span.of("small")


_THEIRS = (" route", " itinerary", "made by", "paid by", "undertaken by", "led by", "headed by", "guided by")


def _is_passive(sentence: Sentence, index: int) -> bool:
    """Whether who did it is named behind a verb: "visited by our mayor"."""
    by_whom = [token.text for token in sentence.tokens[:_TWO]] == ["by", "whom"]
    by_whom = by_whom and not sentence.has(("people", "participant"))
    told_so = sentence.plainly(index).endswith(_THEIRS)
    return told_so or "by" in sentence.small_after(index) or by_whom


def _is_our_mayor(sentence: Sentence, index: int) -> bool:
    """Whether it is the asker's mayor who visits partners: "which partner city did the mayor last visit?"."""
    before = next((i for i in range(index - 1, -1, -1) if sentence.spans[i].of("people")), None)
    if before is None or not sentence.plainly(index).startswith("visit") or sentence.chinese:
        return False
    between = [sentence.spans[i] for i in range(before + 1, index)]
    did = {token.text for token in sentence.tokens[: sentence.spans[before].start]} & {"did", "has", "have"}
    article = sentence.tokens[sentence.spans[before].start - 1].text in ("the", "our")
    return bool(did) and article and all(span.of("order") or span.of("filler") for span in between)


_TOOK = frozenset(("did", "do", "does", "have", "has", "had"))


def _was_received(sentence: Sentence, index: int) -> bool:
    """Whether somebody is said to have been received, by whomever: "when was their mayor received here?"."""
    before = [token.text for token in sentence.tokens[: sentence.spans[index].start]]
    auxiliary = next((word for word in reversed(before) if word in _BE | _TOOK), "")
    return auxiliary in _BE and sentence.plainly(index) in ("received", "welcomed", "hosted")


def _is_visited(sentence: Sentence, index: int) -> bool:
    """Whether partners are said to be visited, and by whom is left open, so that it was by us."""
    start = sentence.spans[index].start
    before = [token.text for token in sentence.tokens[max(0, start - 2) : start]]
    kinds = any(i < index for i in sentence.any_of("kind"))
    return sentence.plainly(index) == "visited" and bool(_BE & set(before)) and kinds


def _is_mover(sentence: Sentence, index: int) -> bool:
    """Whether who is named behind a visit went on it: "visits from Prague", "visits did we make"."""
    made = any(token.text in _MADE for token in sentence.tokens[sentence.spans[index].start :])
    before = _lead(sentence, index)
    return before in _FROM or (made and before in _DID)


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
    there = {"to", "into", "here", "over"} | ({"in"} if sentence.plainly(index) in _BE else set())
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
    return visited or sentence.tokens[start - 1].text in _TO


def _nearest(sentence: Sentence, positions: range, names: set[int]) -> int | None:
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
