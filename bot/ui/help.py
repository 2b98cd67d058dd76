"""The help card and the welcome of the rehearsal."""

from collections.abc import Sequence
from dataclasses import replace

import discord

from bot.domain.offices import Office
from bot.domain.places import Place
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller, Desk
from bot.services.posts import News, Post
from bot.services.question_examples import question_examples
from bot.ui.buttons import PersistentButton
from bot.ui.callers import chat_texts
from bot.ui.cards import Card
from bot.ui.pages import ListButton, Page, page_of, paged
from bot.ui.posts import post_title

TIES = (
    "partner_show", "partner_list", "partner_compare", "partner_ties", "partner_calendar",
    "partner_add", "partner_edit",
    "partner_timeline", "partner_pause", "partner_resume", "partner_end",
    "partner_health", "partner_revive",
    "partner_match", "partner_profile", "partner_claim", "partner_prefer", "partner_promise",
    "partner_promise-done", "partner_commitments", "prospect_list", "prospect_move",
    "prospect_pilot", "prospect_plan", "prospect_steps", "prospect_step-done",
)  # fmt: skip
DAILY = (
    "ask", "anniversaries", "quiet", "reminders_upcoming", "reminders_log", "reminders_settings", "reminders_test",
    "reminders_snooze", "reminders_assign", "reminders_done", "reminders_mute", "reminders_unmute",
    "visit_log", "visit_plan", "visit_edit", "visit_remove", "visit_list", "visit_show", "visit_balance",
    "lesson_add", "lesson_find", "lesson_show",
    "contact_add", "contact_edit", "contact_show", "contact_list", "contact_left", "contact_remove",
    "contact_alumni", "contact_confirm",
    "pressure_add", "pressure_edit", "pressure_list", "pressure_show", "pressure_remove", "pressure_facts",
    "history", "undo", "scope", "language", "office_setup",
)  # fmt: skip
OFFICE = (
    "office_settings", "office_questions",
    "office_kind", "office_savings", "office_cadence", "office_weights", "office_check",
    "group_show", "group_found", "group_invite", "group_withdraw", "group_accept", "group_decline",
    "group_leave",
    "privacy_mine", "privacy_forget-me", "privacy_find", "privacy_erase", "privacy_office",
)  # fmt: skip
TOPICS = (*DAILY, *TIES, *OFFICE)
"""One entry for each command; a test holds them to the command tree."""


EXAMPLES = 12
"""How many questions are shown that one can ask."""


PARTS = (("title", DAILY), ("ties", TIES), ("office", OFFICE))
"""The pages of the help: what is for every day, the ties, and what an administrator looks after."""


@paged("help")
async def help_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    """What can be done here, a line for each command."""
    index = min(max(index, 0), len(PARTS) - 1)
    title, topics = PARTS[index]
    card = Card(texts(f"help.{title}"), footer=texts("help.footer"))
    opening = [_opening(texts, caller.office)] if index == 0 else []
    card.text([*opening, *_lines(texts, topics)])  # lines, as Discord takes no more than 25 fields
    return Page(card.embed, index, len(PARTS), private=True, more=_buttons(texts))


def _opening(texts: Texts, office: Office | None) -> str:
    return texts("help.opening", place=office.place) if office else texts("help.no_office")


def _buttons(texts: Texts) -> list[PersistentButton]:
    return [
        ListButton("examples", "", label=texts("answer.examples_button")),
        ListButton("kinds", "", label=texts("kind_rule.button")),
    ]


@paged("examples")
async def examples_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    """Questions that the office can ask, of every theme of the bank."""
    found = await question_examples(desk, replace(caller, language=texts.language), number=EXAMPLES)
    shown, index, pages = page_of([f"• {texts.write(each)}" for each in found], index)
    card = Card(texts("answer.examples"), footer=texts("answer.examples_footer"))
    return Page(card.text(shown).embed, index, pages, private=True)


def _lines(texts: Texts, topics: Sequence[str]) -> list[str]:
    return [f"**{texts(f'help.{topic}.title')}** {texts(f'help.{topic}.text')}" for topic in topics]


def welcome_card(texts: Texts, office: Office, quietest: Place, coming: Post[News] | None) -> discord.Embed:
    """The first message of a rehearsal: what to try, with a partner of the office, and which reminder comes next."""
    card = Card(texts("welcome.title", place=office.place), footer=texts("help.footer"))
    names = {"partner": quietest.name_en, "chinese": quietest.name_zh or quietest.name_en}
    card.text([texts("welcome.text", **names)])
    if coming is not None:
        at = coming.reminder.at
        line = texts(
            "welcome.next",
            when=Written(texts.moment(at, office.zone)),
            title=Written(post_title(chat_texts(coming.office.language), coming)),
            day=Written(office.today(at).isoformat()),
        )
        card.field(texts("welcome.next_title"), [line])
    return card.embed
