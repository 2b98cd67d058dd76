"""What the rules on ties say, where that is asked: from the same list as the fact card."""

from collections.abc import Sequence

from bot.domain.pressure import Bearing, RuleFact
from bot.questions.answers import Answer, AnswerKind, Outcome, Statement, sentence
from bot.questions.outcomes import AboutRegulations
from bot.services.desk import Caller
from bot.services.pressure_facts import countries_with_rules, facts_in


def on_regulations(asked: AboutRegulations, caller: Caller) -> Answer:
    """The facts that are asked for, each with its source; of a country whose rules are not in the list, that."""
    country = _country(asked, caller)
    if country is None:
        return Answer(Outcome.AMBIGUOUS, AnswerKind.TEXT, [sentence("whose")])
    facts = [fact for fact in facts_in(country) if _is_asked(fact, asked)]
    if not facts:
        return Answer(Outcome.NO_RECORD, AnswerKind.TEXT, [sentence("no_regulation", country=country)])
    told = [sentence("regulation", fact=fact) for fact in facts]
    sources = {(fact.source, fact.as_of): sentence("regulation_source", fact=fact) for fact in facts}
    heading = sentence("regulations", told, country=country)
    return Answer(Outcome.ANSWERED, AnswerKind.TEXT, [heading, *sources.values()])


def regulations_understood(asked: AboutRegulations) -> Sequence[Statement]:
    """What it was read as."""
    topics = [sentence(f"regulation_{topic}") for topic in sorted(asked.of)]
    return [sentence("asked_regulations"), *topics]


def _country(asked: AboutRegulations, caller: Caller) -> str | None:
    """The one that is named, the asker's, or the only one there is."""
    own = caller.office.place.country if caller.office else None
    known = countries_with_rules()
    return asked.country or own or (known[0] if len(known) == 1 else None)


def _is_asked(fact: RuleFact, asked: AboutRegulations) -> bool:
    return fact.key in asked.of if asked.of else fact.bearing is Bearing.ASKS
