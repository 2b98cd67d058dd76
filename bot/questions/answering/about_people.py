"""Answers about people: contacts in their posts, as far as the asker may see them, and who signed or began a tie."""

from dataclasses import replace

from bot.domain.contacts import Contact, ContactRole
from bot.questions.answering.fitting import surely_within
from bot.questions.answering.one_tie import tell
from bot.questions.answering.telling import nothing, person_line
from bot.questions.answering.understanding import conditions
from bot.questions.answers import Answer, AnswerKind, Outcome, sentence
from bot.questions.conditions import Event, People, Role
from bot.questions.holdings import Registry
from bot.questions.lying import lies
from bot.questions.query import Asked, Query, Told

MAYORAL = ("mayor", "governor", "市長", "縣長", "知事", "primátor")
"""What the post of somebody is called who heads a city."""


def people_of(query: Query, registry: Registry) -> list[Contact]:
    """Those who fit; people in office unless another state is asked for."""
    people = query.people or People()
    return [
        person
        for person in registry.people
        if (query.partner.anywhere or lies(person.place, query.partner, registry))
        and (not people.contact_roles or person.role in people.contact_roles)
        and _is_in_state(person, people, registry)
        and (people.within is None or surely_within(person.until, people.within))
        and (people.role is not Role.MAYOR or _heads(person))
        and (people.role is not Role.CONTACT or person.role is not ContactRole.ALUMNUS)
    ]


def _is_in_state(person: Contact, people: People, registry: Registry) -> bool:
    if people.state is not None:
        return person.is_in(people.state, registry.today)
    return people.within is not None or not person.is_former(registry.today)


def _heads(person: Contact) -> bool:
    posts = " ".join(post.casefold() for post in (person.post, person.post_zh) if post)
    return any(word in posts for word in MAYORAL) and not any(w in posts for w in ("deputy", "vice", "副"))


def list_people(query: Query, registry: Registry) -> Answer:
    role = query.people.role if query.people else Role.ANY
    if role in (Role.SIGNATORY, Role.INITIATOR, Role.OWNER):
        return tell(replace(query, told=Told.PERSON, asked=Asked.TEXT), registry)
    found = people_of(query, registry)
    if not found and query.acts.event is not Event.SIGNED:  # who ended it is told with why
        return tell(replace(query, told=Told.REASON, asked=Asked.TEXT), registry)
    if not found:
        return nothing(AnswerKind.TEXT, sentence("nobody", conditions=conditions(query, registry.names)))
    kind = AnswerKind.RECORDS if query.asked is Asked.RECORDS else AnswerKind.TEXT
    return _of_people(found, kind)


def count_people(query: Query, registry: Registry) -> Answer:
    found = people_of(query, registry)
    answer = _of_people(found, AnswerKind.NUMBER)
    return Answer(
        Outcome.ANSWERED, AnswerKind.NUMBER, answer.statements, len(found), (), answer.records, answer.scopes
    )


def whether_anybody(query: Query, registry: Registry) -> Answer:
    found = people_of(query, registry)
    truth = bool(found) is not query.negated
    told = _of_people(found, AnswerKind.BOOLEAN)
    said = sentence("yes_tie" if truth else "no_tie_said")
    return Answer(
        Outcome.ANSWERED, AnswerKind.BOOLEAN, (said, *told.statements), truth, (), told.records, told.scopes
    )


def _of_people(found: list[Contact], kind: AnswerKind) -> Answer:
    return Answer(
        Outcome.ANSWERED,
        kind,
        [sentence("people_are", [person_line(each) for each in found], n=len(found))],
        None,
        (),
        tuple(each.record for each in found),
        frozenset(each.scope for each in found),
    )
