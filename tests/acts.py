"""Acts that have something in every field: one by hand, and any number made up."""

from collections.abc import Mapping
from typing import Any, get_type_hints

from hypothesis import strategies as st

from bot.domain.agreements import Clause, ClauseTag, Commitment, Initiator, Signatory, SignedName
from bot.domain.claims import Claim, Fact
from bot.domain.dates import PartialDate
from bot.domain.partnerships import Particulars
from bot.domain.prospects import Pilot, Stage, StageChange, StepTaken
from db.act_parts import PART_KINDS
from db.parts import PartKind


def whole_act(text: str) -> dict[str, Any]:
    """Particulars and one part of each kind, with `text` wherever there is room for words."""
    day = PartialDate(2025, 3, 1)
    return {
        "initiator": Initiator.CIVIL_SOCIETY,
        "initiator_party": 2,
        "civil_since": PartialDate(1979),
        "lead_association": text,
        "council_liaison": text,
        "owner": text,
        "sustain_plan": text,
        "languages": "en, zh-TW",
        "document_url": "https://example.org/agreement.pdf",
        "document_name": text,
        "review_on": PartialDate(2031, 6),
        "expires_on": PartialDate(2035),
        "signed_names": (SignedName(1, "zh-TW", text), SignedName(2, "en", text)),
        "signatories": (Signatory(2, text, "王小明", text),),
        "clauses": (Clause(ClauseTag.ONE_CHINA, text), Clause(ClauseTag.COSTS)),
        "commitments": (Commitment(text, text, day, PartialDate(2025), text), Commitment("a visit")),
        "stages": (StageChange(Stage.LEAD), StageChange(Stage.PILOT, day, text, text)),
        "pilots": (Pilot(text, PartialDate(2024), day, text, text),),
        "steps": (StepTaken("draft", day, text),),
        "claims": (
            Claim(Fact.SIGNED, "2007-09-11", text, day, preferred=True, note=text),
            Claim(Fact.SIGNED, "2007-09-12", text),
        ),
    }


def act_strategies(
    texts: Mapping[str, st.SearchStrategy[str]], dates: st.SearchStrategy[PartialDate]
) -> dict[str, st.SearchStrategy[Any]]:
    """Every particular and every kind of part, made up of `dates` and of the texts under `""` or the field's name."""
    return record_strategies(Particulars, PART_KINDS, texts, dates)


def record_strategies(
    particulars: type[Any],
    kinds: Mapping[str, PartKind],
    texts: Mapping[str, st.SearchStrategy[str]],
    dates: st.SearchStrategy[PartialDate],
) -> dict[str, st.SearchStrategy[Any]]:
    """Every field of the particulars, and up to two parts of each of the kinds."""
    plain = {int: st.integers(1, 2), bool: st.booleans(), PartialDate: dates}

    def of(name: str, hint: Any) -> st.SearchStrategy[Any]:
        known = [each for each in getattr(hint, "__args__", (hint,)) if each is not type(None)]
        some = texts.get(name, texts[""]) if known[0] is str else plain.get(known[0], st.from_type(known[0]))
        return some if known[0] is hint else st.none() | some

    def parts(kind: type[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
        each = st.builds(kind, **{name: of(name, hint) for name, hint in get_type_hints(kind).items()})
        return st.lists(each, max_size=2).map(tuple)

    made = {name: of(name, hint) for name, hint in get_type_hints(particulars).items()}
    return made | {name: parts(kind.part) for name, kind in kinds.items()}
