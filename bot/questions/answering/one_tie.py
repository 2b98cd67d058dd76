"""What is known of one tie, in a few words: all of it, or its kind, status, reason, people, promises or sources."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.domain.exchanges import Exchange, ExchangeKind
from bot.domain.partnerships import Status
from bot.questions.answering.about_exchanges import exchanges_of
from bot.questions.answering.choosing import choose, oldest, ranked, whatever_there_is
from bot.questions.answering.district_exchanges import exchanges_of_tie
from bot.questions.answering.fitting import kinds_of, step_of, surely_within
from bot.questions.answering.no_tie import no_such_tie
from bot.questions.answering.one_exchange import tell_of_exchange
from bot.questions.answering.overview_of_several import is_of_several, overview_of_several
from bot.questions.answering.telling import acts_in, disputes, exchange_line, link_lines, of_links
from bot.questions.answers import Answer, AnswerKind, Outcome, Statement, sentence
from bot.questions.conditions import Event, KindWord, Met, Role
from bot.questions.holdings import Link, Registry
from bot.questions.query import About, Asked, Query, Told

RECENT = 3


def tell(query: Query, registry: Registry) -> Answer:
    """What `query.told` names of the agreements that the question is about, an overview if it names nothing."""
    links = _links(query, registry)
    if not links:
        return no_such_tie(query, registry, AnswerKind.TEXT)
    if query.people is not None and query.people.role is Role.ENDER:
        return _who_ended(links, query, registry)
    teller = _TELLERS.get(query.told or Told.OVERVIEW, _overview)
    statements = teller(links, query, registry)
    if not statements:
        if named := _at_the_signing(query, registry):
            return named
        told = (query.told or Told.OVERVIEW).value
        return of_links(
            Outcome.NO_RECORD, AnswerKind.TEXT, links,
            sentence(f"not_told_{told}", partner=links[0].partner, record=links[0].act.record),
        )  # fmt: skip
    return of_links(
        Outcome.ANSWERED, AnswerKind.TEXT, links, *statements, *disputes((x.act for x in links), registry)
    )


def _links(query: Query, registry: Registry) -> list[Link]:
    """The agreements that are named by number, or fit; with a single partner whatever there is, where none fits."""
    if query.records:
        wanted = set(query.records)
        return [link for link in registry.links() if link.act.record in wanted]
    first, _ = ranked(choose(query, registry).links, query.rank, registry, query.acts.event)
    chosen = oldest(first, partners_first=True)
    if chosen and query.told not in (Told.REASON, Told.STATUS, Told.OVERVIEW, None):
        return chosen
    nothing = not chosen and query.told is Told.OVERVIEW and not query.partner.anywhere  # 臺北市跟芬蘭
    everything = whatever_there_is(query, registry) if query.partner.is_one_place or nothing else []
    everything = _of_the_kind(everything, query) or everything
    left_out = kinds_of(query.acts.without_kinds)  # 除了姊妹市還簽過什麼
    return [link for link in everything or chosen if link.act.kind not in left_out]


_OPEN = {KindWord.PARTNERS, KindWord.ALL}


def _of_the_kind(links: Sequence[Link], query: Query) -> list[Link]:
    """Those that the question names by kind or time: "the status of the memorandum of 2001"; none where it does not."""
    acts = query.acts
    if query.told is not Told.STATUS or not acts.kinds or acts.kinds & _OPEN:
        return []
    named = [
        link
        for link in links
        if link.act.kind in kinds_of(acts.kinds)
        and (acts.within is None or surely_within(link.act.signed, acts.within))
    ]
    later = {link.act.superseded_by for link in named}
    return named + [link for link in links if link.act.id in later and link not in named]


def _overview(links: Sequence[Link], query: Query, registry: Registry) -> list[Statement]:
    first = links[0]
    statements = [sentence("ties_are", link_lines(links, registry, query), n=acts_in(links))]
    if is_of_several(links, query):
        beside = overview_of_several(links, query, registry)
        return statements + beside + _names(links) + _lives(links)
    pairs = {(link.home.id, link.partner.id): link for link in links}
    quiet = registry.quietness(first) if len(pairs) == 1 else None
    recent = _of_them_all(list(pairs.values()), registry)[-RECENT:]
    if quiet:
        statements.append(
            sentence(
                "stands", partner=first.partner, quiet=quiet,
                record=first.tie.last.record if first.tie.last else None,
            )
        )  # fmt: skip
    if recent:
        statements.append(sentence("recent", [exchange_line(each) for each in reversed(recent)]))
    return statements + _names(links) + _lives(links)


def _of_them_all(links: Sequence[Link], registry: Registry) -> list[Exchange]:
    """The exchanges of several ties, each once, oldest first."""
    found = {each.id: each for link in links for each in exchanges_of_tie(link, registry)}
    return sorted(found.values(), key=lambda each: (each.date.latest(), each.id))


def _names(links: Sequence[Link]) -> list[Statement]:
    """What the agreements are called, as far as that is recorded."""
    called = {link.act.record: link.act.named for link in links if link.act.named}
    return [sentence("act_called", record=record, named=named) for record, named in called.items()]


def _lives(links: Sequence[Link]) -> list[Statement]:
    return [
        sentence("has_ended", record=x.act.record, step=x.act.ended, partner=x.partner, home=x.home)
        for x in links
        if x.act.status is Status.ENDED and not x.act.replaced
    ]


def _contents(links: Sequence[Link], query: Query, registry: Registry) -> list[Statement]:
    """What there is to tell, and of which agreements the name, which says what they are about, is not recorded."""
    unnamed = dict.fromkeys(link.act.record for link in links if not link.act.named)
    unknown = [sentence("act_unnamed", record=record) for record in unnamed]
    return [*_overview(links, query, registry), *unknown]


def _status(links: Sequence[Link], query: Query, registry: Registry) -> list[Statement]:
    lasting = [link for link in links if not link.act.replaced]
    shown = _of_the_kind(links, query) or lasting or list(links)
    first, quiet = shown[0], registry.quietness(shown[0])
    statements = [
        *(
            sentence(
                "status_is", record=x.act.record, partner=x.partner, kind=x.act.kind, status=x.act.status
            )
            for x in shown
        ),
        sentence("ties_are", link_lines(shown, registry, query), n=acts_in(shown)),
    ]
    if quiet:
        last = first.tie.last
        statements.append(
            sentence("stands", partner=first.partner, quiet=quiet, record=last.record if last else None)
        )
    return statements + _lives(shown)


def _kind(links: Sequence[Link], query: Query, registry: Registry) -> list[Statement]:
    return [sentence("ties_are", link_lines(links, registry, query), n=acts_in(links)), *_names(links)]


def _reason(links: Sequence[Link], query: Query, registry: Registry) -> list[Statement]:
    """Why something came about, in the words of the record; never an opinion of ours."""
    events = [query.acts.event] if query.acts.event is not Event.SIGNED else [Event.ENDED, Event.PAUSED]
    found = []
    for link in links:
        for event in events:
            step = step_of(link.act, event)
            if step is not None and not link.act.replaced:
                key = "reason" if step.reason else "no_reason"
                found.append(
                    sentence(
                        f"{key}_{event.value}",
                        record=link.act.record,
                        step=step,
                        partner=link.partner,
                        home=link.home,
                    )
                )
                break
    return found


def _who_ended(links: Sequence[Link], query: Query, registry: Registry) -> Answer:
    """On whose word agreements ended; where the record names nobody, that it does not."""
    steps = _reason(links, query, registry)
    lacking = [each for each in steps if not each.values["step"].by_whom]
    if not steps:
        first = links[0]
        unended = sentence("not_told_reason", partner=first.partner, record=first.act.record)
        return of_links(Outcome.NO_RECORD, AnswerKind.TEXT, links, unended)
    unnamed = [sentence("ender_unknown", record=each.values["record"]) for each in lacking]
    outcome = Outcome.NO_RECORD if len(lacking) == len(steps) else Outcome.ANSWERED
    told = disputes((x.act for x in links), registry)
    return of_links(outcome, AnswerKind.TEXT, links, *unnamed, *steps, *told)


def _person(links: Sequence[Link], query: Query, registry: Registry) -> list[Statement]:
    """Who signed, who began it and who looks after it."""
    found = []
    for link in links:
        parts = (registry.parts or {}).get(link.act.id)
        signed = parts.signatories if parts else ()
        values: dict[str, Any] = {
            "record": link.act.record, "partner": link.partner,
            "initiator": link.act.initiator, "owner": link.act.owner, "association": link.act.lead_association,
            "signatories": [each.name for each in signed],
        }  # fmt: skip
        if any(values[name] for name in ("initiator", "owner", "association", "signatories")):
            found.append(sentence("people_of", **values))
    return found


_LEADERS = re.compile(
    r"總理|總統|總督|[市縣州省區]長|知事|議長|\b(?:minister|president|governor|mayor)\b", re.I
)


def _at_the_signing(query: Query, registry: Registry) -> Answer | None:
    """Who signed as the title of the signing says, where the agreement names nobody: 與總理簽署姊妹市協定."""
    wanted = query.people is not None and query.people.role is Role.SIGNATORY
    if not (wanted and query.partner.is_one_place):
        return None
    signing = Met(kinds=frozenset({ExchangeKind.SIGNING}), within=query.acts.within)
    met = replace(query, asked=Asked.TEXT, about=About.EXCHANGES, told=Told.PERSON, exchanges=signing)
    there = [each for each in exchanges_of(met, registry) if each.kind is ExchangeKind.SIGNING]
    said = [each for each in there if _LEADERS.search(f"{each.title} {each.title_zh}")]
    return tell_of_exchange(replace(met, records=(said[0].record,)), registry) if len(said) == 1 else None


def _commitments(links: Sequence[Link], query: Query, registry: Registry) -> list[Statement]:
    parts = {link.act.record: (registry.parts or {}).get(link.act.id) for link in links}
    lines = [
        sentence("promise", commitment=each, record=record)
        for record, told in parts.items()
        for each in (told.commitments if told else ())
    ]
    return [sentence("promised", lines, n=len(lines))] if lines else []


def _source(links: Sequence[Link], query: Query, registry: Registry) -> list[Statement]:
    return [
        sentence("sources_of", record=x.act.record, sources=list(x.act.sources), as_of=x.act.as_of)
        for x in links
        if x.act.sources
    ]


def _cadence(links: Sequence[Link], query: Query, registry: Registry) -> list[Statement]:
    quiet = registry.quietness(links[0])
    return [sentence("cadence_is", partner=links[0].partner, quiet=quiet)] if quiet else []


Teller = Callable[[Sequence[Link], Query, Registry], list[Statement]]

_TELLERS: Mapping[Told, Teller] = {
    Told.OVERVIEW: _overview,
    Told.STATUS: _status,
    Told.KIND: _kind,
    Told.CONTENTS: _contents,
    Told.REASON: _reason,
    Told.PERSON: _person,
    Told.COMMITMENTS: _commitments,
    Told.SOURCE: _source,
    Told.CADENCE: _cadence,
}
