"""The nearest or farthest partner, asked for where one place was spoken of: "and the farthest?", 那最近的呢."""

from dataclasses import replace

from bot.questions.conditions import Acts
from bot.questions.frame import Frame
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Query, Rank, RankBy, Told

_FAR = (RankBy.NEAREST, RankBy.FARTHEST)


def nearest_of_all(said: Query, frame: Frame, sentence: Sentence) -> Query | None:
    """Which of the partners is nearest, after a question that was of one of them; None where it was of several.

    It is one of those among whom that one was told, else of all of the same home. None, and the sentence unfit, where
    something else is asked of the nearest: "when did we last meet the nearest?".
    """
    before = frame.query
    rank = _distance_of(said, before, sentence)
    if rank is None or len(before.partner.places) != 1 or said.partner.places:
        return None
    only = not sentence.any_of("ask") or sentence.has(("ask", "which"), ("ask", "who"))
    if not only or sentence.has(("small", "with")) or said.exchanges.kinds or before.compare:
        sentence.unfit = True
        return None
    listed = frame.among if frame.among is not None and frame.among.about is About.TIES else None
    among = listed.partner if listed is not None else said.partner
    acts = said.acts if listed is None or said.acts.kinds else Acts(kinds=listed.acts.kinds)
    home = before.home if said.home.assumed else said.home
    sentence.unfit = False
    partner = among if said.partner.anywhere else said.partner
    return Query(asked=Asked.PLACES, home=home, partner=partner, acts=replace(acts, within=None), rank=rank)


def _distance_of(said: Query, before: Query, sentence: Sentence) -> Rank | None:
    """The order by distance that is asked for; 最近的 is the nearest after a distance."""
    if said.rank is None or said.rank.by in _FAR:
        return said.rank
    nearest = [sentence.spans[i] for i in sentence.all(("order", "nearest"))]
    surely = before.told is Told.DISTANCE or any(not span.has(("order", "last")) for span in nearest)
    if said.rank.by is not RankBy.LAST or not nearest or not surely:
        return None
    return replace(said.rank, by=RankBy.NEAREST)
