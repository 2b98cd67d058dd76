"""Lessons: the form for one, what stands on it, whom it helped, and the lists of them."""

from collections.abc import Iterable, Iterator, Sequence

import discord
from discord import app_commands

from bot.domain.access import Action, Scope
from bot.domain.audit import exchange_record
from bot.domain.exchange_particulars import Lesson
from bot.domain.exchanges import Exchange
from bot.domain.lessons import NotedLesson, narrower
from bot.domain.profiles import known_topic
from bot.i18n.commands import command_text
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller, Desk
from bot.services.lessons import (
    LENGTHS,
    KeptLesson,
    LessonFields,
    add_lesson,
    complete_lesson,
    find_lessons,
    lessons_of,
    note_helped,
    open_lesson,
    open_more,
)
from bot.ui.access import presses
from bot.ui.audience import restricted
from bot.ui.audit import UndoButton
from bot.ui.buttons import PersistentButton, Rest, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card, fit
from bot.ui.choices import CHOICES, LABEL, Choice, suggests
from bot.ui.errors import answer, soon
from bot.ui.forms import EMPTY, Form, Keys, Typed, choice_field, form_id, make_form, register, text_field
from bot.ui.pages import ListButton, Page, page_of, paged

SHOWN, NAMED = 110, 60
"""Characters of a lesson, and of its topics, that a line of a list shows."""

TOPICS = 200
AS_EXCHANGE = "as_exchange"
FIELDS = ("worked", "otherwise", "who", "topics", "ask")
TOLD = ("worked", "otherwise", "who", "ask", "evidence")

SCOPE_CHOICES = [
    app_commands.Choice(name=command_text(f"choice.scope.{scope}"), value=scope.value)
    for scope in (Scope.OFFICE, Scope.GROUP)
]

# Noting one ---------------------------------------------------------------------------------------------------


class LessonButton(PersistentButton, custom_id="lesson:add:{number}", style=discord.ButtonStyle.primary):
    """Opens the form for a lesson of an exchange."""

    number: int

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        await open_lesson_form(interaction, str(exchange_record(self.number)), None)


async def open_lesson_form(interaction: Interaction, record: str, scope: Scope | None) -> None:
    """Open the form; raises before it is shown if the person may not note one there."""
    exchange, fields = await open_lesson(desk_of(interaction), await caller_of(interaction), record)
    keys = {"number": str(exchange.id), "request": str(interaction.id), "scope": scope or ""}
    await interaction.response.send_modal(await _form(interaction, keys, {"topics": fields.topics}))


async def _form(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    texts = Texts((await caller_of(interaction)).language)
    fields = {
        name: text_field(
            name,
            typed,
            hint=texts(f"lesson.form.{name}_hint"),
            longest=TOPICS if name == "topics" else LENGTHS[name],
            style=discord.TextStyle.paragraph
            if LENGTHS[name] == LENGTHS["worked"]
            else discord.TextStyle.short,
        )
        for name in FIELDS
    }
    return make_form(
        texts("lesson.form.title", record=Written(str(exchange_record(int(keys["number"]))))),
        form_id("lesson", keys["number"], keys["request"], keys["scope"]),
        [(texts(f"lesson.form.{name}"), field) for name, field in fields.items()],
    )


async def _take(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    caller, record = await caller_of(interaction), str(exchange_record(int(keys["number"])))
    known = {name: typed.get(name, "") for name in FIELDS}
    scope = Scope(keys["scope"]) if keys["scope"] else None
    work = add_lesson(
        desk_of(interaction), caller, record, keys["request"], LessonFields(**known, scope=scope)
    )
    await _show_kept(interaction, caller, await soon(interaction, work))


register(Form("lesson", Action.LOG, r"(?P<number>\d+):(?P<request>\d+):(?P<scope>[a-z]*)", _form, _take))


async def _show_kept(interaction: Interaction, caller: Caller, kept: KeptLesson) -> None:
    """What is kept, to be taken back, or told more of."""
    texts, noted = chat_texts(caller.language), kept.noted
    title = texts("lesson.kept", record=Written(noted.exchange.record), places=list(noted.exchange.places))
    undo = [UndoButton(kept.entry, label=texts("undo.button"))] if kept.entry is not None else []
    more = MoreButton(noted.exchange.id, noted.lesson.key, label=texts("lesson.more_button"))
    view = view_of(*undo, more)
    await answer(interaction, lesson_card(texts, noted, title), view, private=restricted([noted.scope]))


# What shows it, and who may see it ----------------------------------------------------------------------------


class MoreButton(PersistentButton, custom_id="lesson:more:{number}:{key}"):
    """Opens a form for what shows a lesson, and for who may see it."""

    number: int
    key: Rest

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        keys = {"number": str(self.number), "key": self.key}
        await interaction.response.send_modal(await _more_form(interaction, keys, EMPTY))


async def _more_form(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    caller = await caller_of(interaction)
    noted = await open_more(desk_of(interaction), caller, int(keys["number"]), keys["key"])
    texts, lesson = Texts(caller.language), noted.lesson
    shown = typed or {"evidence": lesson.evidence or "", "scope": lesson.scope or AS_EXCHANGE}
    narrow = [each for each in Scope if narrower(noted.exchange.scope, each) is not noted.exchange.scope]
    options = {AS_EXCHANGE: texts("lesson.form.as_exchange")} | {
        each.value: texts.word(each) for each in narrow
    }
    evidence = text_field(
        "evidence", shown, hint=texts("lesson.form.evidence_hint"), longest=LENGTHS["evidence"],
        style=discord.TextStyle.paragraph,
    )  # fmt: skip
    return make_form(
        texts("lesson.form.title", record=Written(noted.exchange.record)),
        form_id("lesson_more", keys["number"], keys["key"]),
        [
            (texts("lesson.form.evidence"), evidence),
            (texts("lesson.form.scope"), choice_field("scope", options, shown.get("scope"))),
        ],
    )


async def _take_more(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    caller, chosen = await caller_of(interaction), typed.get("scope", AS_EXCHANGE)
    scope = Scope(chosen) if chosen in set(Scope) else None
    number, evidence = int(keys["number"]), typed.get("evidence", "")
    work = complete_lesson(desk_of(interaction), caller, number, keys["key"], evidence, scope)
    await _show_kept(interaction, caller, await soon(interaction, work))


register(Form("lesson_more", Action.LOG, r"(?P<number>\d+):(?P<key>.+)", _more_form, _take_more))


# Whom it helped -----------------------------------------------------------------------------------------------


class HelpedButton(
    PersistentButton, custom_id="lesson:helped:{number}:{key}", style=discord.ButtonStyle.success
):
    """Counts that a lesson helped, once for each person of an office."""

    number: int
    key: Rest

    @presses(Action.READ)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        noted, is_new = await soon(
            interaction, note_helped(desk_of(interaction), caller, self.number, self.key)
        )
        texts = chat_texts(caller.language)
        key = "lesson.helped_now" if is_new else "lesson.helped_before"
        card = Card(texts(key, record=Written(noted.exchange.record)))
        card.text([texts("lesson.helped", n=noted.helped)])
        await answer(interaction, card.embed, private=True)


def helped_buttons(texts: Texts, found: Sequence[NotedLesson]) -> list[PersistentButton]:
    """A button for each lesson, with the record that it is of where there are several."""
    texts = Texts(texts.language)  # a button needs no protection from markdown
    return [
        HelpedButton(
            each.exchange.id,
            each.lesson.key,
            label=texts("lesson.helped_button", record=Written(each.exchange.record)),
        )
        for each in found
    ]


# Showing ------------------------------------------------------------------------------------------------------


def lesson_card(texts: Texts, noted: NotedLesson, title: str = "", position: str = "") -> discord.Embed:
    """One lesson in full; `position` says which of several it is."""
    exchange = noted.exchange
    usual = texts("lesson.title", record=Written(exchange.record), places=list(exchange.places))
    card = Card(title or usual)
    card.text([position, *about_lines(texts, noted)])
    for name in TOLD:
        value = getattr(noted.lesson, name)
        card.field(texts(f"lesson.form.{name}"), [_told(texts, value)] if value else [])
    return card.embed


def _told(texts: Texts, value: str) -> str:
    """What somebody wrote; an address stays whole, so that it can be opened."""
    is_link = value.startswith(("https://", "http://")) and len(value.split()) == 1
    return value if is_link else texts.write(value)


def about_lines(texts: Texts, noted: NotedLesson) -> Iterator[str]:
    """What a lesson is about, from when it is, who may see it, and whom it has helped."""
    yield texts("visit.fact", field=Written(texts("field.date")), value=noted.exchange.date)
    topics = _topics(noted)
    if topics:
        yield texts("visit.fact", field=Written(texts("field.topics")), value=topics)
    if noted.scope is not Scope.SHARED:
        yield texts("visit.scope", scope=noted.scope)
    if noted.helped:
        yield texts("lesson.helped", n=noted.helped)


def _topics(noted: NotedLesson) -> list[object]:
    return [known_topic(topic) for topic in noted.topics]


def lesson_line(texts: Texts, noted: NotedLesson) -> str:
    """A lesson in a list: the exchange, its topics, and the beginning of what was learnt."""
    exchange = noted.exchange
    parts = [
        texts(
            "lesson.line", record=Written(exchange.record), places=list(exchange.places), date=exchange.date
        )
    ]
    if topics := _topics(noted):
        parts.append(fit(texts.listed(topics), NAMED))
    if noted.helped:
        parts.append(texts("lesson.helped", n=noted.helped))
    gist = (f"　{line}" for line in gist_lines(texts, [noted.lesson]))
    return "\n".join([" · ".join(parts), *gist])


def gist_lines(texts: Texts, lessons: Iterable[Lesson]) -> list[str]:
    """How each lesson begins: what worked, and what one would do otherwise."""
    return [
        texts(f"lesson.{name}_line", told=fit(" ".join(value.split()), SHOWN))
        for each in lessons
        for name, value in (("worked", each.worked), ("otherwise", each.otherwise))
        if value
    ]


@paged("lessons")
async def lessons_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    """The lessons that have the words of a text, or all."""
    found = await find_lessons(desk, caller, arguments)
    shown, index, pages = page_of(
        [lesson_line(texts, each) for each in found] or [texts("lessons.none")], index
    )
    title = texts("lessons.title_of", text=arguments) if arguments else texts("lessons.title")
    card = Card(title, footer=texts("lessons.footer", n=len(found), page=index + 1, pages=pages))
    return Page(card.text(shown).embed, index, pages, restricted(each.scope for each in found))


@paged("lesson")
async def lesson_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    """The lessons of the exchange with this record number, one a page."""
    found = await lessons_of(desk, caller, arguments)
    index = min(max(index, 0), len(found) - 1)
    position = texts("lesson.position", number=index + 1, n=len(found)) if len(found) > 1 else ""
    embed = lesson_card(texts, found[index], position=position)
    return Page(
        embed,
        index,
        len(found),
        restricted(each.scope for each in found),
        helped_buttons(texts, [found[index]]),
    )


def read_button(texts: Texts, exchange: Exchange) -> ListButton:
    """Answers with the lessons of an exchange."""
    return ListButton("lesson", exchange.record, label=texts("lesson.read_button"))


@suggests
async def lesson_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """The exchanges of which there are lessons, by what is typed."""
    caller = await caller_of(interaction)
    texts = Texts(caller.language)
    found = await find_lessons(desk_of(interaction), caller, typed)
    offered = {
        each.exchange.record: texts(
            "lesson.line",
            record=Written(each.exchange.record),
            places=list(each.exchange.places),
            date=each.exchange.date,
        ).replace("*", "")
        for each in found
    }
    return [Choice(name=fit(name, LABEL), value=record) for record, name in list(offered.items())[:CHOICES]]
