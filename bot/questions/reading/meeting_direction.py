"""Who went to whom: whether the home was the host, by the verbs of a sentence and what stands beside them."""

from itertools import pairwise

from bot.questions.parts.sentence import Sentence
from bot.questions.parts.spans import Span
from bot.questions.reading.both_ways import are_had, are_of_a_place, goes_both_ways, has_visits
from bot.questions.reading.from_abroad import guests_from_abroad
from bot.questions.reading.meeting_ends import BE, DID, FROM, MADE, TO, ends_of, nearest
from bot.questions.reading.moving import partners_move

_MOVING = frozenset(("visit", "came", "went", "received", "sent"))


def direction(sentence: Sentence, home: set[int], partner: set[int]) -> bool | None:
    """Whether others came to the home (True), or people of it went (False); None where the sentence does not say.

    `home` and `partner` are the positions of the words that name them, "we" among them.
    """
    if any(token.text == "neither" for token in sentence.tokens) or goes_both_ways(sentence):
        return None  # neither visited nor received
    if _come_from_outside(sentence, home):
        return True
    if any(span.has(("meet", "came")) and _names_us(sentence, i) for i, span in enumerate(sentence.spans)):
        return True
    if _is_their_leader(sentence, partner):
        return True
    if (bound := _bound(sentence)) is not None:
        return bound
    if _trips_of_their_leader(sentence, partner):
        return True
    if not partner and _from_whom(sentence):
        return True
    if not partner and (_made_trips(sentence) or _are_the_mayors(sentence)):
        return False
    moving = _moving(sentence)
    if any(_is_where_received(sentence, i, home) for i, keys in moving if "received" in keys):
        return True
    moving = [one for one in moving if not (len(moving) > 1 and _names_guests(sentence, one[0]))]
    # "how many visits did we receive": what was done says more than what it was
    verbs = sorted(moving, key=lambda each: "visit" in each[1])
    guests = guests_from_abroad(sentence)
    told = (
        _by_verb(sentence, index, keys, home, partner | (guests if "visit" in keys else set()))
        for index, keys in verbs
    )
    said = next((each for each in told if each is not None), None)
    said = _way(sentence, home, partner) if said is None else said
    return True if said is None and guests else said


_LEADERS = frozenset(("mayor", "governor", "president", "premier", "minister"))


def _is_their_leader(sentence: Sentence, partner: set[int]) -> bool:
    """Whether "he" or "she" who visits is somebody of theirs: "the mayor of Atlanta comes. Did she ever visit?"."""
    words = [token.text for token in sentence.tokens]
    starts = [sentence.spans[i].start for i in partner]
    theirs = any(start > 1 and words[start - 1] == "of" and words[start - 2] in _LEADERS for start in starts)
    return theirs and not {"he", "she"}.isdisjoint(words)


def _moving(sentence: Sentence) -> list[tuple[int, set[str]]]:
    """The verbs of coming and going, with what each of them is."""
    moving = [(i, set(span.of("meet")) & _MOVING) for i, span in enumerate(sentence.spans)]
    told = [(i, keys or _moves_whoever(sentence, i)) for i, keys in moving]
    return [(i, keys) for i, keys in told if keys]


def _by_verb(
    sentence: Sentence, index: int, keys: set[str], home: set[int], partner: set[int]
) -> bool | None:
    """What the verb at `index` says of the direction, by who moves and where to."""
    if are_of_a_place(sentence, index, home, partner):
        return None
    ends = ends_of(sentence, index, keys, home, partner)
    if isinstance(ends, bool):
        return ends
    mover, goal, passive = ends
    if mover in home and goal is None and has_visits(sentence, index):
        return None
    if mover is None and goal in home and are_had(sentence, index, goal):
        return None
    if goal is None and mover not in partner and _is_our_mayor(sentence, index):
        return False
    if goal is None and not passive and partners_move(sentence, index, keys):
        return True
    if "came" in keys and mover in home and goal is None and not partner and sentence.chinese:
        return True  # 高雄到現在有多少人來訪過
    if mover in home or goal in partner or (goal is None and _goes_away(sentence, index)):
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


def _goes_away(sentence: Sentence, index: int) -> bool:
    """Whether it is 去, which is away from whoever asks, and so not what others did who came: 洛杉磯郡市長去過嗎."""
    return (
        sentence.chinese
        and sentence.written(index).removesuffix("了").removesuffix("過").removesuffix("过") == "去"
    )


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


_GUESTS = frozenset(("guest", "guests", "visitors", "delegations"))


def _names_guests(sentence: Sentence, index: int) -> bool:
    """Whether it is a word for those who came, and their coming is told by another: "guests from which cities came"."""
    words = sentence.plainly(index).split()
    return len(words) > 1 and words[0] in _GUESTS and words[-1] == "from"


def _is_where_received(sentence: Sentence, index: int, home: set[int]) -> bool:
    """Whether somebody was received where the home is: "were welcomed in Kaohsiung", "visitors to Kaohsiung"."""
    said = sentence.plainly(index)
    goal = nearest(sentence, range(index + 1, len(sentence.spans)), home)
    if goal is None or sentence.spans[index].end + 1 != sentence.spans[goal].start:
        return False
    passive = sentence.tokens[max(0, sentence.spans[index].start - 1)].text in BE
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
        made = before in DID and any(token.text in MADE for token in sentence.tokens[start:])
        if made:
            return index in partner
        if before in TO:
            return index in home
        if before in FROM:
            return index in partner
    return None


_TRIPS = frozenset(("trip", "trips", "journey", "journeys", "tour", "tours"))
_TRAVELS = frozenset(("travel", "travels"))


def _made_trips(sentence: Sentence) -> bool:
    """Whether trips are said to be made by the home, or by its mayor, who makes them elsewhere: "trips did we make"."""
    words = [token.text for token in sentence.tokens]
    trip = next((i for i, word in enumerate(words) if word in _TRIPS), None)
    if trip is None or not _US.isdisjoint(words) or sentence.has(("noun", "city"), ("kind", "partners")):
        return False
    made = any(word in MADE for word in words[trip:])
    ours = any(
        span.start > trip and (span.of("people") or "own" in span.of("small")) for span in sentence.spans
    )
    return made and ours


def _are_the_mayors(sentence: Sentence) -> bool:
    """Whether trips are told by whose they are, who went on them: "the mayor's last trips", "travels of the mayor"."""
    words = [token.text for token in sentence.tokens]
    if not (_US | {"from"}).isdisjoint(words):
        return False
    leaders = [i for i, span in enumerate(sentence.spans) if span.of("people") and span.of("level")]
    return any(
        _trips_behind(sentence, i) is not None or _trips_of(words, sentence.spans[i].start) for i in leaders
    )


def _trips_of_their_leader(sentence: Sentence, partner: set[int]) -> bool:
    """Whether the trips are those "of the mayor of" a partner."""
    words = [token.text for token in sentence.tokens]
    starts = [sentence.spans[i].start for i in partner]
    return any(words[at - 1] == "of" and _trips_of(words, at - 2) for at in starts if at > len("of"))


def _trips_behind(sentence: Sentence, index: int) -> int | None:
    """Where trips are told behind somebody whose they are; None where they are not."""
    behind = (i for i in range(index + 1, len(sentence.spans)) if not _is_between(sentence.spans[i]))
    first = next(behind, None)
    return first if first is not None and sentence.plainly(first) in _TRIPS | _TRAVELS else None


def _trips_of(words: list[str], start: int) -> bool:
    """Whether the mayor at a token is the one of "trips of the mayor"."""
    before = words[max(0, start - 3) : start]
    return (
        len(before) == 3 and before[0] in _TRIPS | _TRAVELS and before[1:] in (["of", "the"], ["of", "our"])
    )


def _travels(sentence: Sentence, index: int) -> bool:
    """Whether a trip is somebody's who thus went on it: "the mayor of Taipei's trips", "our trips"."""
    first = _trips_behind(sentence, index)
    return first is not None and first - index <= len("'s last mayor")


def _is_between(span: Span) -> bool:
    """Whether a part may stand between somebody and his trip: "Taipei's mayor's last official"."""
    return bool(span.of("level") or span.of("people") or span.of("order")) or "of" in span.of("small")


def _is_our_mayor(sentence: Sentence, index: int) -> bool:
    """Whether it is the asker's mayor who visits partners: "which partner city did the mayor last visit?"."""
    before = next((i for i in range(index - 1, -1, -1) if sentence.spans[i].of("people")), None)
    if before is None or not sentence.plainly(index).startswith("visit") or sentence.chinese:
        return False
    between = [sentence.spans[i] for i in range(before + 1, index)]
    did = {token.text for token in sentence.tokens[: sentence.spans[before].start]} & {"did", "has", "have"}
    article = sentence.tokens[sentence.spans[before].start - 1].text in ("the", "our")
    return bool(did) and article and all(span.of("order") or span.of("filler") for span in between)
