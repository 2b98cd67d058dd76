"""How a question asks for the last contact with each partner: "partners by last contact", 各夥伴最近一次交流."""

from bot.questions.parts.form import MEETING, Form
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked

_EACH = frozenset(
    ("each", "every", "all", "each of", "all of", "各", "每", "每個", "每一個", "所有", "全部", "各個")
)
_LISTED = frozenset(("which", "who", "list", "when", "tell"))
_BY = frozenset(("by", "sorted by", "ordered by"))


def contact_of_each(sentence: Sentence) -> Form | None:
    """A list of the partners by when each was last met."""
    if not sentence.free(("order", "last")) or any(name.is_place for name in sentence.names.values()):
        return None
    if {key for _, key in sentence.words("ask")} - _LISTED:
        return None  # "why was the last exchange with each partner cancelled?"
    met = [i for i, key in sentence.words("meet") if key in MEETING] + sentence.all(("noun", "exchange"))
    if not met or not (sentence.has(("per", "partner")) or _of_each(sentence)):
        return None
    said = [i for section in ("per", "ask", "order") for i in sentence.any_of(section)]
    sentence.used.update((*met, *said))
    return Form(Asked.PLACES, About.TIES, head="kind", by_contact=True)


def _of_each(sentence: Sentence) -> bool:
    """Whether partners are meant one by one: by "each" before them, or what is told of them behind."""
    for index in sentence.any_of("kind"):
        before = {sentence.plainly(i) for i in range(max(0, index - 2), index)}
        behind = sentence.plainly(index + 1) if index + 1 < len(sentence.spans) else ""
        dated = behind == "with" and sentence.spans[index + 2 : index + 3] and _dates(sentence, index + 2)
        if before & _EACH or behind in _BY or dated:
            return True
    return False


def _dates(sentence: Sentence, index: int) -> bool:
    return sentence.spans[index].has(("ask", "when")) or sentence.spans[index].has(("order", "last"))
