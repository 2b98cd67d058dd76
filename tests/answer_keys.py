"""The keys of answers to questions that the code puts together, for the test of the catalogues."""

from collections.abc import Iterable

from bot.questions.answering.going_on import Next
from bot.questions.answering.presumptions import KEYS as PRESUMPTIONS
from bot.questions.conditions import Comparing, Event, KindWord, Role
from bot.questions.outcomes import Difference, Regulation, Topic, Why
from bot.questions.query import About, Asked, Per, RankBy, Told, Unit
from bot.services.unanswered import TAUGHT
from bot.ui.statements import COUNTED, DATED, WRITERS

LISTS = (Asked.BOOLEAN, Asked.PLACES, Asked.RECORDS, Asked.STATISTICS)
WHERE = ("home", "partner")
BOUNDS = ("aged", "having", "turning", "with_people")
STEPS = ("ended", "paused", "resumed", "proposed")
TOLD = ("subject", "took_part", "exchange_source", "exchange_told")

WITHOUT_TEXT = {f"answer.{key}" for key in WRITERS}
"""Statements that are taken apart before they are written, under other keys."""

FAMILIES: dict[str, Iterable[str]] = {
    "answer.asked_date_{}": [f"answer.asked_date_{event}" for event in Event],
    "answer.asked_number_{}": [f"answer.asked_number_{unit}" for unit in Unit],
    "answer.asked_homes_{}": [f"answer.asked_homes_{about}" for about in (About.TIES, About.EXCHANGES)],
    "answer.asked_{}": [f"answer.asked_{told}" for told in Told],
    "answer.asked_{}_{}": [
        *(f"answer.asked_{asked}_{about}" for asked in LISTS for about in About),
        *(f"answer.asked_date_{about}" for about in About if about is not About.TIES),
    ],
    "answer.compare_{}": [*(f"answer.compare_{how}" for how in Comparing), "answer.compare_each"],
    "answer.compare_{}_elsewhere": [
        f"answer.compare_{how}_elsewhere" for how in (Comparing.COMMON, Comparing.DIFFERENCE)
    ],
    "answer.count_of_{}": [f"answer.count_of_{unit}" for unit in (Unit.EXCHANGES, Unit.PLACES, Unit.PEOPLE)],
    "answer.count_{}": [
        f"answer.count_{unit}" for unit in (Unit.PLACES, Unit.AGREEMENTS, Unit.COUNTRIES, Unit.HOMES)
    ],
    "answer.event_{}": [f"answer.event_{event}" for event in Event],
    "answer.kind_word_{}": [f"answer.kind_word_{word}" for word in KindWord],
    "answer.without_{}": [f"answer.without_{event}" for event in (Event.EXPIRES, Event.REVIEW)],
    "answer.never_{}": [f"answer.never_{event}" for event in Event if event is not Event.SIGNED],
    "answer.next_{}": [f"answer.next_{step}" for step in Next if step is not Next.SAME],
    "answer.not_told_{}": [f"answer.not_told_{told}" for told in Told],
    "answer.not_understood_{}": [f"answer.not_understood_{why}" for why in Why],
    "answer.out_of_scope_{}": [f"answer.out_of_scope_{topic}" for topic in Topic],
    "answer.people_of_{}": [
        f"answer.people_of_{who}" for who in ("signatories", "initiator", "association", "owner")
    ],
    "answer.people_{}": [f"answer.people_{role}" for role in Role],
    "answer.per_{}": [f"answer.per_{per}" for per in Per],
    "answer.promise_{}": [f"answer.promise_{state}" for state in ("done", "due", "open")],
    "answer.rank_{}": [f"answer.rank_{by}" for by in RankBy],
    "answer.regulation_{}": [f"answer.regulation_{topic}" for topic in Regulation],
    "answer.statistics_{}": [f"answer.statistics_{about}" for about in About if about is not About.PLACES],
    "answer.step_{}": [f"answer.step_{what}" for what in ("by_whom", "reason", "trigger", "source")],
    "answer.tie_{}": [f"answer.tie_{event}" for event in Event],
    "answer.which_{}": [f"answer.which_{what}" for what in Difference],
    "answer.with_{}": ["answer.with_conditions", "answer.with_through"],
    "unanswered.turn_{}": ["unanswered.turn_on", "unanswered.turn_off"],
    "unanswered.why_{}": [f"unanswered.why_{why}" for why in ("unknown_place", *sorted(TAUGHT))],
    "answer.{}_of_cities": [f"answer.{key}_of_cities" for key in COUNTED],
    "answer.{}_with": [f"answer.{key}_with" for key in DATED],
    "answer.{}_any": ["answer.met_any", "answer.unmet_any"],
    "answer.{}_undated": [
        "answer.has_ended_undated",
        *(f"answer.{why}_{event}_undated" for why in ("reason", "no_reason") for event in STEPS),
    ],
    "answer.{}_unknown": [f"answer.{told}_unknown" for told in TOLD],
    "answer.{}_{}": [f"answer.{why}_{event}" for why in ("reason", "no_reason") for event in STEPS],
    **{
        f"answer.{{}}_{what}": [f"answer.{where}_{what}" for where in WHERE]
        for what in ("areas", "countries", "groups", "own", "places", "regions")
    },
    **{
        f"answer.{{}}_{what}": [f"answer.{bound}_{what}" for bound in BOUNDS]
        for what in ("at_least", "at_most", "between", "exactly")
    },
}

HANDED_ON: dict[str, Iterable[str]] = {
    "bot/questions/answering/about_exchanges.py:date_of_exchange": [
        f"answer.{which}_exchange" for which in ("first", "next", "last")
    ],
    "bot/questions/answering/one_exchange.py:tell_of_exchange": [f"answer.{told}" for told in TOLD],
    "bot/questions/answering/presumptions.py:corrections": [f"answer.{key}" for key in PRESUMPTIONS.values()],
    "bot/questions/answering/telling.py:exchange_line": (),
    "bot/questions/answering/telling.py:_apart": [
        f"answer.{what}_apart" for what in ("friendship", "territory", "unrecorded", "undated", "districts")
    ],
    "bot/questions/answering/understanding.py:_met": ["answer.met", "answer.unmet"],
    "bot/ui/statements.py:statement_text": (),
    "bot/ui/statements.py:write": (),
}
