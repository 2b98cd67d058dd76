"""What sources say, in chat: the form, its return, the card with a button for each claim, and undo."""

from typing import Any

from bot.domain.access import Role
from bot.domain.claims import Fact
from bot.services.claims import ClaimFields, add_claim
from tests.chat.conftest import Seen, Stage
from tests.chat.forms import fields, held, submit
from tests.records import person

TYPED = {"value": "1 July 1966", "source": "A yearbook of *Busan*", "as_of": "1990", "note": "p. 7"}


async def claim(stage: Stage, fact: str = "signed", who: Any = None) -> Seen:
    return await stage.slash("partner claim", who or stage.administrator, record="P191", fact=fact)


async def test_a_claim_is_added_preferred_and_taken_back(stage: Stage, no_pings: None) -> None:
    """A date that can be read two ways is asked back in the form; preferring changes the record, undo mends it."""
    form = await claim(stage)
    refused = await submit(form, stage.administrator, **(TYPED | {"value": "03/04/1966"}))
    assert "3 April 1966 or 4 March 1966" in refused.text
    await stage.restart()
    again = await stage.click(refused, "Open the form again", stage.administrator)
    assert held(again) == TYPED | {"value": "03/04/1966"}
    added = await submit(again, stage.administrator, value="1 July 1966")
    assert "P191 Busan: noted what a source says" in added.text
    assert "or 1 July 1966 (A yearbook of \\*Busan\\*)" in added.text
    assert added.buttons == ["Undo", "Go by: 1 July 1966"]

    card = await stage.slash("partner prefer", stage.administrator, record="P191")
    assert "★ 30 June 1966 (busan.go.kr" in card.field("date of signing")
    assert "・1 July 1966 (A yearbook of \\*Busan\\*), as of 1990: p. 7" in card.field("date of signing")
    await stage.restart()
    chosen = await stage.click(card, "Go by: 1 July 1966", stage.administrator)
    assert "Signed: 30 June 1966 → 1 July 1966" in chosen.text
    shown = await stage.slash("partner show", partner="Busan")
    assert "Signed 1 July 1966" in shown.text
    assert "Date disputed: 1 July 1966 (A yearbook of \\*Busan\\*) or 30 June 1966" in shown.text
    pressed_again = await stage.click(card, "Go by: 1 July 1966", stage.administrator)
    assert "that stands there already" in pressed_again.text
    await stage.click(chosen, "Undo", stage.administrator)
    assert "Signed 30 June 1966" in (await stage.slash("partner show", partner="Busan")).text


async def test_kinds_are_picked_in_words(stage: Stage) -> None:
    """In the language of the person; nothing has to be typed right."""
    stage.speaks("zh-TW", stage.administrator)
    form = await claim(stage, "kind")
    labels = {option["label"]: option["value"] for option in fields(form)["value"]["options"]}
    assert labels["友好城市"] == "friendship_city"
    done = await submit(form, stage.administrator, value=["friendship_city"], source="市府年鑑")
    assert "類別說法不一：姊妹市（" in done.text
    assert "或友好城市（市府年鑑）" in done.text


async def test_who_may_not(stage: Stage) -> None:
    """Loggers read doubts on the card and add none; others' acts are not theirs; a button asks who presses."""
    assert "role" in (await claim(stage, who=stage.staff)).text
    other = await stage.slash("partner claim", stage.administrator, record="P89", fact="signed")
    assert "P89" in other.text
    assert other.result.modal is None
    editor = person(await stage.desk_office(), Role.EDITOR)
    await add_claim(stage.desk, editor, "P191", Fact.SIGNED, ClaimFields("1966-07-01", "A yearbook"))
    card = await stage.slash("partner prefer", stage.administrator, record="P191")
    assert "role" in (await stage.click(card, "Go by: 1 July 1966", stage.staff)).text
    assert "Signed 30 June 1966" in (await stage.slash("partner show", partner="Busan")).text


async def test_without_claims(stage: Stage) -> None:
    """An act of which nobody has said anything apart says how to."""
    card = await stage.slash("partner prefer", stage.administrator, record="P195")
    assert "/partner claim" in card.text
