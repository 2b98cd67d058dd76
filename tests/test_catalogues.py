"""The catalogues: the same keys and placeholders in both languages, every key used, every use a key."""

import ast
import re
import string
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from bot.domain.access import Scope
from bot.domain.agenda import Matter
from bot.domain.anniversaries import NAMED_MILESTONES
from bot.domain.calendars import DayKind
from bot.domain.claims import Fact
from bot.domain.commitments import CommitmentState
from bot.domain.contacts import ContactRole, ContactState
from bot.domain.dates import PartialDate, Precision
from bot.domain.dormancy import QUIET, Contact
from bot.domain.exchange_lists import Only
from bot.domain.exchanges import ExchangeKind, ExchangeLevel, ExchangeStatus, Format, Mode
from bot.domain.health import Unscored
from bot.domain.life import Step
from bot.domain.matching import Reason
from bot.domain.offices import LANGUAGES, Purpose
from bot.domain.partner_lists import Order
from bot.domain.partnerships import Kind, Status
from bot.domain.places import Level
from bot.domain.pressure import Incident
from bot.domain.prospecting import GatePart
from bot.domain.prospects import Stage
from bot.domain.regions import Region
from bot.domain.reminders import PERHAPS_OUT, TWICE
from bot.domain.reviving import Fit, Shared
from bot.i18n.catalogue import FOLDERS, catalogue
from bot.i18n.texts import WORDS, Texts
from bot.questions.reports.report import Refusal
from bot.services.act_fields import ALL_FIELDS, ActPart
from bot.services.commitments import Outcome
from bot.services.documents import TOLD_FIELDS
from bot.services.office_check import KNOWN_ERRORS
from bot.services.tending import TENDED
from bot.ui import partner_exchanges, partner_lists
from bot.ui.commitment_sheet import COLUMNS
from bot.ui.exchange_details import HINTED
from bot.ui.help import PARTS, TOPICS
from bot.ui.lessons import FIELDS as LESSON_FIELDS
from bot.ui.partner_lists import SECTIONS
from bot.ui.sentences import EXAMPLES, FIELDS
from bot.ui.visit_events import EventState
from tests import answer_keys

ROOT = Path(__file__).parent.parent


@cache
def entries(language: str) -> dict[str, Message]:
    """The entries of a catalogue as the file has them, by key."""
    path = ROOT / "bot" / "locales" / FOLDERS[language] / "LC_MESSAGES" / "attache.po"
    with path.open("rb") as file:
        po = read_po(file, locale=FOLDERS[language], abort_invalid=True)
    return {
        message.id if isinstance(message.id, str) else message.id[0]: message for message in po if message.id
    }


def forms(language: str, key: str) -> tuple[str, ...]:
    """Every plural form of an entry, or its only text."""
    text: Any = entries(language)[key].string
    return text if isinstance(text, tuple) else (text,)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


ENGLISH, CHINESE = LANGUAGES
KEYS = sorted(entries(ENGLISH))

# Both languages alike --------------------------------------------------------------------------------------


def test_both_catalogues_have_the_same_keys() -> None:
    """No text exists in one language only."""
    assert set(entries(ENGLISH)) ^ set(entries(CHINESE)) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_twice_in_a_catalogue(language: str) -> None:
    """The later one would silently win."""
    path = ROOT / "bot" / "locales" / FOLDERS[language] / "LC_MESSAGES" / "attache.po"
    keys = re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_has_all_its_forms_and_none_is_empty(language: str) -> None:
    """As many as the language's plural rule has, each with a text; nothing is marked as unsure."""
    number = {ENGLISH: 2, CHINESE: 1}[language]
    wrong = []
    for key, message in entries(language).items():
        wanted = number if message.pluralizable else 1
        if len(forms(language, key)) != wanted or not all(text.strip() for text in forms(language, key)):
            wrong.append(key)
        if message.fuzzy or (message.pluralizable and message.id[1] != key):
            wrong.append(key)
    assert wrong == []


def test_both_catalogues_pluralize_the_same_texts() -> None:
    """A count in one language is a count in the other."""
    assert [k for k in KEYS if entries(ENGLISH)[k].pluralizable != entries(CHINESE)[k].pluralizable] == []


def test_each_form_has_the_same_placeholders() -> None:
    """In both languages and every plural form; a text with forms says how many, for one perhaps in a word."""
    wrong = []
    for key in KEYS:
        counts = entries(ENGLISH)[key].pluralizable
        apart = {"n"} if counts else set()
        found = {frozenset(placeholders(text) - apart) for lang in LANGUAGES for text in forms(lang, key)}
        if len(found) != 1 or (
            counts and not all("n" in placeholders(forms(lang, key)[-1]) for lang in LANGUAGES)
        ):
            wrong.append(key)
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 2, 5, 11, 100])
def test_every_count_finds_its_form(language: str, count: int) -> None:
    """The plural rule never points past the forms that there are."""
    for key in KEYS:
        assert catalogue(language).template(key, count) in forms(language, key)
    english = catalogue(ENGLISH).template("count.sister", count)
    assert english.endswith("city" if count == 1 else "cities")


FIXED_PLURALS = re.compile(
    r"\{(?!n\})\w+\} (?:new |whole )?(?:years|months|days|places|rows|agreements|people)\b"
)


def test_no_number_stands_before_a_plural_that_never_changes() -> None:
    """One place is not "1 places", and a first anniversary is not "1 years": what counts is `n`."""
    assert [key for key in KEYS if any(FIXED_PLURALS.search(text) for text in forms(ENGLISH, key))] == []


# Written in Taiwan's Chinese -------------------------------------------------------------------------------

SIMPLIFIED = set(
    "们个为国时会对过发现开关长门问间题图书东车马见观视觉认识说话语词译读请谢让记设许论证评试该详误与业严举义买争亚产亿仅从众优传"
    "伤伟侧债倾储儿兴养写农决况净减击创删别动务劳势区医协单卖历压县双变听员园围场块备复够头夺奖妈孙学宁宝实审宪导将层属岁岛师带"
    "帮库应庙废张强归当录态总惊惯战户执扩护报担拟择换据损数断无旧显暂术机杀权条来极构标样档桥检楼欢毕气汇汉济湾满灯灵点爱状环电"
    "画监盘码确础离种积称稳签简类约级纪组细织终绍经结给络统继续维编缩网罗罚职联节荐药营补装规览订计讨训议访诉谁谈负责败账货质购"
    "费贺资赛赞转轮软轻载较输达迁运还这进远连选递邮钟钱银错键镇闭闻队阳际陆陈险随难静韩页项顺须顾预领频额颜饭馆验黄齐内没"
)
"""Frequent characters that exist only in simplified Chinese."""

MAINLAND = ("视频", "視頻(?!道)", "網絡", "信息", "默認", "友城", "軟件", "服務器", "數據庫", "賬號", "鏈接")


def test_nothing_is_left_in_english() -> None:
    """A Chinese text differs from the English one, unless it is nothing but placeholders and marks."""
    same = {key for key in KEYS if forms(CHINESE, key) == forms(ENGLISH, key)}
    wordless = {
        key for key in same if not re.search(r"[^\W\d_]", re.sub(r"\{\w+\}", "", forms(ENGLISH, key)[0]))
    }
    own_names = {f"command.choice.language.{code}" for code in LANGUAGES}  # each language in its own words
    assert sorted(same - wordless - own_names) == []


def test_no_simplified_characters() -> None:
    """Traditional Chinese throughout."""
    found = {key: both for key in KEYS if (both := SIMPLIFIED & set("".join(forms(CHINESE, key))))}
    assert found == {}


def test_words_of_taiwan() -> None:
    """視訊, not 視頻 (but 檢視頻道); 網路, 資料庫, 伺服器 and 預設 as well."""
    found = {
        (key, word) for key in KEYS for word in MAINLAND if re.search(word, "".join(forms(CHINESE, key)))
    }
    assert found == set()


# Used and there --------------------------------------------------------------------------------------------

# Where a call has its key: the first argument, with what is put before it; (name, whether it is a method).
LOOKUPS = {
    ("texts", False): "", ("say", False): "", ("self", False): "", ("template", True): "",
    ("c", False): "command.", ("command_text", False): "command.", ("Trouble", False): "integrity.",
    ("AttacheError", False): "error.", ("BadInput", False): "error.", ("NotFound", False): "error.",
    ("Unavailable", False): "error.", ("NotAllowed", False): "error.", ("ChangedSince", False): "error.",
    ("ChangedMeanwhile", False): "error.", ("sentence", False): "answer.",
}  # fmt: skip
# The importer's: the argument that has the key of a sentence `import.<key>`.
REPORTS = {"problem": -1, "note": -1, "word": 2}

LETTER_KINDS = ("sister_city", "friendship_city", "mou", "contact")

# Why a tie has points, or has none: the words for it, by aspect.
HEALTH = {
    "recency": ("within", "past"),
    "reciprocity": ("both", "only_in", "only_out", "neither"),
    "levels": ("both", "only_civic", "only_official", "neither"),
    "variety": ("much", "some", "none"),
    "leaders": ("some", "none"),
    "commitments": ("all", "some"),
    "people": ("some", "none"),
}

FAMILIES: dict[str, Iterable[str]] = {
    "calendar.{}": [f"calendar.{kind}" for kind in DayKind],
    "kind_rule.{}": [f"kind_rule.{kind}" for kind in Kind],
    "column.{}": [f"column.{key}" for key in {**partner_lists.COLUMNS, **partner_exchanges.COLUMNS}],
    "command.choice.contact.{}": [f"command.choice.contact.{state}" for state in Contact],
    "command.choice.level.{}": [f"command.choice.level.{level}" for level in Level],
    "command.choice.region.{}": [f"command.choice.region.{region}" for region in Region],
    "command.choice.sort.by_{}": [f"command.choice.sort.by_{order}" for order in Order],
    "list.by_{}": [f"list.by_{order}" for order in Order if order is not Order.DATE],
    "list.section_{}": [f"list.section_{section}" for section in SECTIONS if section],
    "list.{}": [f"list.{section}" for section in SECTIONS if section],
    "partner.{}{}": [f"partner.{term}{past}" for term in ("review", "expires") for past in ("", "_past")],
    "{}.{}": [f"{prefix}.{word}" for vocabulary, prefix in WORDS.items() for word in vocabulary],
    "anniversary.{}{}": [
        f"anniversary.{precision}{name}" for precision in Precision for name in ("", "_named")
    ],
    "claim.form.{}_hint": [f"claim.form.{name}_hint" for name in ("source", "as_of", "note")],
    "claim.form.{}": [f"claim.form.{name}" for name in ("value", "source", "as_of", "note")],
    "claims.disputed.{}": [f"claims.disputed.{fact}" for fact in Fact],
    "contact_mark.{}": [f"contact_mark.{state}" for state in Contact],
    "exchange.line_{}": [f"exchange.line_{status}" for status in ExchangeStatus],
    "milestone.{}": [f"milestone.{name}" for name in NAMED_MILESTONES.values()],
    "post.{}{}": [f"post.{state}{ahead}" for state in QUIET for ahead in ("", "_ahead")],
    "sentence.example.{}": [f"sentence.example.{number}" for number in EXAMPLES],
    "sentence.field.{}": [f"sentence.field.{name}" for name in FIELDS],
    "sentence.refused.{}": [f"sentence.refused.{refusal}" for refusal in Refusal],
    "visit.form.{}_hint": [f"visit.form.{field}_hint" for field in ("date", "topic", "people", "summary")],
    "visit.form.{}": [f"visit.form.{field}" for field in ("date", "format", "topic", "people", "summary")],
    "check.channel_{}": [f"check.channel_{state}" for state in ("open", "closed", "gone")],
    "office.form.{}": [
        f"office.form.{field}" for field in ("language", "zone", "hour", "leap_day_rule", "rest_day_rule")
    ]
    + ["office.form.milestone_leads", "office.form.other_leads"],
    "office.settings.{}_leads": ["office.settings.milestone_leads", "office.settings.other_leads"],
    "office.settings.no_{}_leads": ["office.settings.no_milestone_leads", "office.settings.no_other_leads"],
    "celebration.form.{}": [f"celebration.form.{name}" for name in ("date", "title", "mode")],
    "office.settings.{}": [
        f"office.settings.{part}" for part in ("posting", "leads", "channels", "roles", "weekly_list")
    ],
    "office.setting.{}": [
        f"office.setting.{name}"
        for name in (
            "place",
            "server",
            "standing",
            "language",
            "zone",
            "hour",
            "leap_day_rule",
            "rest_day_rule",
            "notify_role",
            "everyone",
            "milestone_leads",
            "other_leads",
            *TENDED,
            "list_day",
            "list_hour",
            "keeps_questions",
            "on",
            "off",
            *(f"savings_{name}" for name in ("shown", "nights", "flight", "cost", "source")),
        )
    ],
    "language.{}": [f"language.{code}" for code in LANGUAGES],
    "help.{}": [f"help.{part}" for part in PARTS],
    "help.{}_button": [f"help.{part}_button" for part in PARTS],
    "help.{}.text": [f"help.{topic}.text" for topic in TOPICS],
    "act.hint.{}": [
        f"act.hint.{name}" for name in (*ALL_FIELDS, "others") if name not in ("kind", "initiator")
    ],
    "command.choice.act_part.{}": [f"command.choice.act_part.{part}" for part in ActPart],
    "command.choice.fact.{}": [f"command.choice.fact.{fact}" for fact in Fact],
    "command.choice.kind.{}": [f"command.choice.kind.{kind}" for kind in (*Kind, "all")],
    "command.choice.status.{}": [f"command.choice.status.{status}" for status in (*Status, "all")],
    "command.choice.language.{}": [f"command.choice.language.{code}" for code in (*LANGUAGES, "discord")],
    "post.{}_{}": [
        f"post.{occasion}_{day}"
        for occasion in ("anniversary", "signing")
        for day in ("today", "in_days", "past", "in_month")
    ],
    "command.option.{}.name": [f"command.option.{aspect}.name" for aspect in HEALTH],
    "command.option.{}.description": [f"command.option.{aspect}.description" for aspect in HEALTH],
    "health.why.{}_{}": [f"health.why.{aspect}_{why}" for aspect, words in HEALTH.items() for why in words],
    "health.step.{}_{}": [
        f"health.step.{aspect}_{why}"
        for aspect, words in HEALTH.items()
        for why in words
        if why not in ("within", "both", "much", "all") and (aspect, why) != ("leaders", "some")
    ],
    "letter.tie_{}": [f"letter.tie_{kind}" for kind in LETTER_KINDS],
    "letter.tie_undated_{}": [f"letter.tie_undated_{kind}" for kind in LETTER_KINDS],
    "letter.anniversary_{}": [f"letter.anniversary_{precision}" for precision in Precision],
    "letter.topic_{}": [f"letter.topic_{how}" for how in Shared],
    "revive.topic_{}": [f"revive.topic_{how}" for how in Shared],
    "revive.event_{}": [f"revive.event_{fit}" for fit in Fit],
    "pause.form.{}": [f"pause.form.{field}" for field in ("reason", "until", "since")],
    "pause.form.{}_hint": [f"pause.form.{field}_hint" for field in ("reason", "until", "since")],
    "health.left_out.{}": ["health.left_out.commitments", "health.left_out.people"],
    "health.unscored.{}": [f"health.unscored.{why}" for why in Unscored],
    "reason.{}": [f"reason.{reason}" for reason in Reason],
    "field.{}": [f"field.{name}" for name in (*TOLD_FIELDS, "between")],
    "details.hint.{}": [f"details.hint.{name}" for name in HINTED],
    **{
        f"command.choice.{name}.{{}}": [f"command.choice.{name}.{word}" for word in words]
        for name, words in (
            ("exchange_kind", ExchangeKind),
            ("exchange_level", ExchangeLevel),
            ("exchange_status", ExchangeStatus),
            ("mode", Mode),
            ("only", Only),
        )
    },
    "visits.line_{}": [f"visits.line_{status}" for status in ExchangeStatus],
    "visits.count_{}": [f"visits.count_{status}" for status in ExchangeStatus],
    "savings.assumed_{}": ["savings.assumed_half", "savings.assumed_one"],
    "savings.form.{}": [f"savings.form.{name}" for name in ("nights", "flight", "cost", "source")],
    "savings.form.{}_hint": [f"savings.form.{name}_hint" for name in ("nights", "flight", "cost", "source")],
    "visit.now_{}": [f"visit.now_{what}" for what in ("held", "moved", "cancelled")],
    "visit.status_{}": [f"visit.status_{status}" for status in ExchangeStatus if status != "held"],
    "undo.{}_{}": [
        f"undo.{way}_{outcome}"
        for way in ("taken_back", "put_back")
        for outcome in ("removed", "restored", "reverted")
    ],
    "command.choice.contact_role.{}": [f"command.choice.contact_role.{role}" for role in ContactRole],
    "command.choice.contact_state.{}": [f"command.choice.contact_state.{state}" for state in ContactState],
    "command.choice.incident.{}": [f"command.choice.incident.{kind}" for kind in Incident],
    "command.choice.scope.{}": [f"command.choice.scope.{scope}" for scope in Scope],
    "command.choice.commitment.{}": [f"command.choice.commitment.{state}" for state in CommitmentState],
    "promise.{}": [f"promise.{outcome}" for outcome in Outcome],
    "promise.form.{}": [f"promise.form.{field}" for field in ("what", "owner", "due", "evidence", "then")],
    "sheet.{}": [f"sheet.{column}" for column in COLUMNS],
    "sheet.state.{}": [f"sheet.state.{state}" for state in CommitmentState if state != "all"],
    "life.done_{}": [f"life.done_{step}" for step in Step],
    "command.choice.stage.{}": [f"command.choice.stage.{stage}" for stage in Stage],
    "prospect.gate.{}": [f"prospect.gate.{part}" for part in GatePart],
    "prospect.form.{}": [
        f"prospect.form.{field}"
        for field in (
            "on",
            "kind",
            "reason",
            "by_whom",
            "title",
            "since",
            "until",
            "owner",
            "result",
            "sustain_plan",
        )
    ],
    "doctor.{}": ["doctor.failed", "doctor.expired", "doctor.nobody_told"],
    "command.choice.purpose.{}": [f"command.choice.purpose.{purpose}" for purpose in Purpose],
    **{f"days.{end}_in_{{}}": [f"days.{end}_in_month", f"days.{end}_in_year"] for end in ("first", "last")},
    "why.{}": ["why.pending", "why.blocked"],
    "posted.{}": [f"posted.{reason}" for reason in (TWICE, PERHAPS_OUT)],
    "post.item_{}": [f"post.item_{matter}" for matter in Matter],
    "post.visit_{}": ["post.visit_soon", "post.visit_today"],
    "post.trouble_{}": ["post.trouble_forbidden", "post.trouble_channel_gone"],
    "doctor.blocked_{}": ["doctor.blocked_forbidden", "doctor.blocked_channel_gone"],
    "planning.form.{}": [
        f"planning.form.{field}" for field in ("when", "minutes", "topic", "format", "link")
    ],
    "lesson.form.{}": [f"lesson.form.{field}" for field in (*LESSON_FIELDS, "evidence")],
    "lesson.form.{}_hint": [f"lesson.form.{field}_hint" for field in LESSON_FIELDS],
    "lesson.{}_line": ["lesson.worked_line", "lesson.otherwise_line"],
    "visit.event.{}": [f"visit.event.{state}" for state in EventState if state is not EventState.NONE],
    **answer_keys.FAMILIES,
}
"""Keys that the code puts together, written with {} for its parts, and what they can become."""

NAME_PROBLEMS = ("import.name_unreadable", "import.text_too_long")
DATES = ("empty", "unreadable", "impossible", "ambiguous", "which_day_of_week", "year_out_of_range")

HANDED_ON: dict[str, Iterable[str]] = {
    "bot/services/office_check.py:_passes": [*KNOWN_ERRORS.values(), "check.last_error"],
    "bot/ui/claim_forms.py:_show_done": ["claim.added", "claim.preferred", "claim.nothing"],
    "bot/console/claims.py:_print": ["claim.added", "claim.preferred", "claim.nothing"],
    "bot/cli.py:doctor": (),
    "bot/console/database.py:print_troubles": (),
    "bot/console/registry.py:print_import": (),
    "bot/domain/groups.py:named": ("error.group.unknown", "error.group.no_invitation"),
    "bot/doctor.py:examine": (
        "error.database.bad_url", "error.database.needs_postgres_extra", "error.database.unreachable",
    ),
    "bot/i18n/commands.py:command_name": (),
    "bot/i18n/commands.py:command_text": (),
    "bot/i18n/commands.py:translate": (),
    "bot/i18n/texts.py:__call__": (),
    "bot/services/visit_fields.py:_text": ("error.visit.topic_too_long", "error.visit.summary_too_long"),
    "bot/services/importing/cells.py:__init__": ("import.cell_without_column", "import.cell_formula"),
    "bot/services/importing/cells.py:date": [f"import.date_{key}" for key in DATES],
    "bot/services/importing/cells.py:name": NAME_PROBLEMS,
    "bot/services/importing/cells.py:word": (),
    "bot/services/importing/place_rows.py:_place": NAME_PROBLEMS,
    "bot/ui/errors.py:error_text": (),
    "bot/ui/prospect_forms.py:_named": (
        "prospect.form.signing", "prospect.form.gate", "prospect.form.pilot", "prospect.form.plan",
        "pilot.added", "pilot.changed", "prospect.planned", "promise.same",
    ),
    "bot/ui/office_check.py:_line": (),
    "bot/ui/office_settings.py:apply_change": (),
    **answer_keys.HANDED_ON,
}  # fmt: skip
"""Functions that look up a key which they are given, and the keys that are not seen where it is given."""


def python_files() -> list[Path]:
    return sorted(path for folder in ("bot", "cogs", "db") for path in (ROOT / folder).rglob("*.py"))


def patterns(node: ast.expr | None, function: ast.AST) -> set[str]:
    """The texts that an expression can be; {} stands for each part that only running it would tell."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp():
            return patterns(node.body, function) | patterns(node.orelse, function)
        case ast.JoinedStr():
            parts = [str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values]
            return {"".join(parts)}
        case ast.Name():
            return {text for value in assigned(node.id, function) for text in patterns(value, function)} or {
                "{}"
            }
        case _:
            return {"{}"}


def assigned(name: str, function: ast.AST) -> Iterator[ast.expr]:
    """What the function gives the name."""
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == name:
                yield value
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                for target, value in zip(targets, values, strict=True):
                    if isinstance(target, ast.Name) and target.id == name:
                        yield value
            case ast.For(target=ast.Tuple(elts=targets), iter=ast.Tuple(elts=rows)):
                for index, target in enumerate(targets):
                    if isinstance(target, ast.Name) and target.id == name:
                        yield from (row.elts[index] for row in rows if isinstance(row, ast.Tuple))


def keys_in(call: ast.Call, function: ast.AST) -> set[str]:
    """The keys that a call looks up, if it looks any up."""
    match call:
        case ast.Call(ast.Attribute(attr="__init__"), [ast.Constant(str(key))], [_, *_]) if "." in key:
            return {f"error.{key}"}  # an error class that names its own key, and the values of its sentence
    match call.func:
        case ast.Name(id=name):
            method = False
        case ast.Attribute(attr=name):
            method = True
        case ast.Call(func=ast.Name(id="chat_texts" | "Texts")):
            name, method = "texts", False
        case _:
            return set()
    if method and name in REPORTS and len(call.args) > 1:
        return {f"import.{key}" for key in patterns(call.args[REPORTS[name]], function)}
    if name == "Finding":
        return patterns(call.args[1], function)
    prefix = LOOKUPS.get((name, method))
    return (
        {prefix + key for key in patterns(call.args[0], function)}
        if prefix is not None and call.args
        else set()
    )


@cache
def uses() -> dict[str, set[str]]:
    """Every key or pattern that the code looks up, and where: file and function."""
    found: dict[str, set[str]] = {}
    for path in python_files():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
        inner = {id(node): function for function in functions for node in ast.walk(function)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                function = inner.get(id(node), tree)
                where = f"{path.relative_to(ROOT)}:{getattr(function, 'name', '')}"
                for key in keys_in(node, function):
                    found.setdefault(key, set()).add(where)
    return found


def test_every_key_that_the_code_uses_is_there() -> None:
    """Literal keys, and every member of each family that the code puts together."""
    literal = {key: places for key, places in uses().items() if "{}" not in key}
    missing = {
        key: sorted(places)
        for key, places in literal.items()
        if key not in KEYS and key not in answer_keys.WITHOUT_TEXT
    }
    missing |= {key: [name] for name, members in FAMILIES.items() for key in members if key not in KEYS}
    missing |= {key: [name] for name, members in HANDED_ON.items() for key in members if key not in KEYS}
    assert missing == {}


def test_every_key_that_is_put_together_is_known_here() -> None:
    """A new family of keys, or a function that is handed keys, says here what they are; an old one goes."""
    dynamic = {key: places for key, places in uses().items() if "{}" in key}
    unknown = {
        key: places - set(HANDED_ON)
        for key, places in dynamic.items()
        if key not in FAMILIES and places - set(HANDED_ON)
    }
    assert unknown == {}
    assert set(FAMILIES) - set(dynamic) == set()
    assert (
        set(HANDED_ON) - {place for key, places in dynamic.items() if key not in FAMILIES for place in places}
        == set()
    )


def test_every_key_of_the_catalogue_is_used() -> None:
    """What nobody reads is not kept in two languages."""
    used = set(uses()).union(*FAMILIES.values(), *HANDED_ON.values())
    assert sorted(set(KEYS) - used) == []


# What Discord takes ----------------------------------------------------------------------------------------

COMMANDS = [key for key in KEYS if key.startswith("command.")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_commands_and_options(language: str) -> None:
    """Discord takes 1 to 32 letters, digits, - and _, in lower case."""
    names = {key: forms(language, key)[0] for key in COMMANDS if key.endswith(".name")}
    wrong = {
        key: name
        for key, name in names.items()
        if not re.fullmatch(r"[-_\w]{1,32}", name) or name != name.lower()
    }
    assert wrong == {}
    assert len(names) > 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_descriptions_and_choices_fit(language: str) -> None:
    """1 to 100 characters each."""
    texts = {key: forms(language, key)[0] for key in COMMANDS if not key.endswith(".name")}
    assert {key: text for key, text in texts.items() if not 1 <= units(text) <= 100} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_of_one_level_have_different_names(language: str) -> None:
    """Two commands, or two options of one command, would be refused by Discord."""
    by_parent: dict[str, list[str]] = {}
    for key in COMMANDS:
        if key.endswith(".name"):
            parent = key.removesuffix(".name").rpartition(".")[0]
            by_parent.setdefault(parent, []).append(forms(language, key)[0])
    assert {parent: names for parent, names in by_parent.items() if len(set(names)) < len(names)} == {}


FORM_LIMITS = {
    **dict.fromkeys(("visit.form.title", "visit.form.date", "visit.form.format", "visit.form.topic"), 45),
    **dict.fromkeys(("visit.form.people", "visit.form.summary"), 45),
    **dict.fromkeys([key for key in KEYS if key.startswith("visit.form.") and key.endswith("_hint")], 100),
    **dict.fromkeys([f"format.{choice}" for choice in Format], 100),
    "edit.form.title": 45,
    **dict.fromkeys(
        ("undo.button", "undo.put_back_button", "edit.button", "edit.save_over", "remove.button"), 80
    ),
    **dict.fromkeys(("pages.previous", "pages.next", "form.reopen", "visit.log_button"), 80),
}
FORM_LIMITS |= {
    **dict.fromkeys([key for key in KEYS if key.startswith("office.form.")], 45),
    **dict.fromkeys([key for key in KEYS if key.startswith("life.form.")], 45),
    **dict.fromkeys([key for key in KEYS if key.startswith("life.form.") and key.endswith("_hint")], 100),
    **dict.fromkeys([key for key in KEYS if key.startswith("purpose.")], 45),
    **dict.fromkeys(("office.setup.title", "office.settings.posting", "office.settings.channels"), 45),
    **dict.fromkeys(
        [k for k in KEYS if k.startswith(("leap_day_rule.", "rest_day_rule.", "language."))], 100
    ),
}
FORM_LIMITS |= {
    key: 100 if key.endswith(("_hint", ".keep", ".remove", ".reopen")) else 45
    for key in KEYS
    if key.startswith(("promise.form.", "prospect.form."))
}
FORM_LIMITS |= {key: 100 if key.endswith("_hint") else 45 for key in KEYS if key.startswith("contacts.form.")}
FORM_LIMITS |= {key: 80 for key in KEYS if key.startswith("contacts.") and key.endswith("_button")}
"""Titles and labels of forms 45 characters, placeholders and options 100, labels of buttons 80."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_and_buttons_fit(language: str) -> None:
    """Even before a name is put in; what a name makes too long is cut where it is used."""
    found = {
        key: text for key in FORM_LIMITS for text in forms(language, key) if units(text) > FORM_LIMITS[key]
    }
    assert found == {}


def units(text: str) -> int:
    """Length as Discord counts it."""
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("first", "last", "english", "chinese"),
    [
        ("2025-06-07", None, "7 June 2025", "2025年6月7日"),
        ("2025-06-07", "2025-06-07", "7 June 2025", "2025年6月7日"),
        ("2025-06-07", "2025-06-08", "7 – 8 June 2025", "2025年6月7日至8日"),
        ("2016-03-28", "2016-04-02", "28 March – 2 April 2016", "2016年3月28日至4月2日"),
        ("2015-12-30", "2016-01-02", "30 December 2015 – 2 January 2016", "2015年12月30日至2016年1月2日"),
        ("2015-12", "2016-01-02", "December 2015 – 2 January 2016", "2015年12月至2016年1月2日"),
    ],
)
def test_days_from_to(first: str, last: str | None, english: str, chinese: str) -> None:
    """What is the same in both is written once."""
    days = PartialDate.from_iso(first), PartialDate.from_iso(last) if last else None
    assert [Texts(language).days(*days) for language in LANGUAGES] == [english, chinese]
