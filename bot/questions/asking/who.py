"""How a question asks for people, and for those of whom no more is said than that they came."""

from bot.questions.conditions import Role
from bot.questions.parts.form import Form, about_exchanges
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Told, Unit
from bot.questions.text.scripts import traditional

_ROLES = {
    "contact": (About.PEOPLE, Role.CONTACT),
    "signatory": (About.TIES, Role.SIGNATORY),
    "initiator": (About.TIES, Role.INITIATOR),
    "owner": (About.TIES, Role.OWNER),
    "leaving": (About.PEOPLE, Role.ANY),
    "to_confirm": (About.PEOPLE, Role.ANY),
    "former_person": (About.PEOPLE, Role.ANY),
    "adviser": (About.PEOPLE, Role.ANY),
    "alumnus": (About.PEOPLE, Role.ANY),
    "participant": (About.EXCHANGES, Role.PARTICIPANT),
}


def of_people(sentence: Sentence) -> Form | None:
    """Somebody who has to do with a tie or an exchange."""
    if sentence.take(("people", "ended_by")):
        sentence.take(("ask", "who"), ("ask", "which"))
        return Form(Asked.TEXT, About.TIES, Told.PERSON, role=Role.ENDER)
    if _came_from(sentence):
        sentence.take(("ask", "who"))
        return Form(Asked.TEXT, About.EXCHANGES, Told.PERSON, role=Role.PARTICIPANT)
    for key, (about, role) in _ROLES.items():
        if sentence.has(("people", key)):
            if key == "participant" and _moves_alone(sentence):
                sentence.used.update(sentence.all(("people", key)))
                sentence.take(("ask", "who"), ("ask", "list"), ("ask", "which"), ("ask", "whether"))
                if sentence.has(("event", "signed")):  # 誰去格丁尼亞簽的
                    return Form(Asked.TEXT, About.TIES, Told.PERSON, role=Role.SIGNATORY)
                return Form(Asked.PLACES, about, head="exchange")
            form = Form(Asked.TEXT, about, Told.PERSON, role=role)
            if sentence.take(("ask", "when")):
                form.asked, form.told = Asked.DATE, None
            elif sentence.take(("ask", "count")) and key != "contact":  # 電話多少
                form.asked, form.told, form.unit = Asked.NUMBER, None, Unit.PEOPLE
            sentence.take(("ask", "who"), ("ask", "list"), ("ask", "which"), ("ask", "whether"))
            return form
    if _asks_for_mayors(sentence):
        sentence.take(("ask", "who"), ("ask", "which"), ("ask", "list"), ("people", "mayor"))
        return Form(Asked.TEXT, About.PEOPLE, Told.PERSON, role=Role.MAYOR)
    return None


_MOVES = frozenset(("誰來", "誰去", "有誰來", "是誰來", "誰來過", "有誰來過", "誰來了", "誰去過"))


def _came_from(sentence: Sentence) -> bool:
    """Whether those are asked for who came from a place, not which: "who from Columbus came to Dresden in 2018?"."""
    for index in sentence.free(("ask", "who")):
        behind = index + 1
        named = behind + 1 in sentence.names and sentence.names[behind + 1].is_place
        if named and sentence.plainly(behind) == "from" and sentence.any_of("meet"):
            return True
    return False


def _moves_alone(sentence: Sentence) -> bool:
    """Whether those are asked for who came to a place, of which cities are on record: 2018年有誰來臺南訪問過."""
    for index in sentence.all(("people", "participant")):
        moves = traditional(sentence.plainly(index)) in _MOVES
        behind = sentence.after(index)
        goal = behind is not None and behind in sentence.names
        if moves and (goal or not sentence.names):
            return True
    return False


def _asks_for_mayors(sentence: Sentence) -> bool:
    """Whether heads of cities are asked for themselves, and not what they did."""
    wanted = sentence.has(("people", "mayor")) and sentence.has(("ask", "who"), ("ask", "list"))
    as_level = any(span.of("level") and not span.of("people") for span in sentence.spans)
    return wanted and not (as_level or about_exchanges(sentence) or sentence.any_of("meet"))
