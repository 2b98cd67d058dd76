"""Any form as a person sees it: its fields by name, what they hold, and submitting it."""

from typing import Any

from tests.chat.conftest import Seen

TEXT, CHOICE = 4, 3


def fields(shown: Seen) -> dict[str, dict[str, Any]]:
    """The fields of an open form, by their names."""
    modal = shown.result.modal
    assert modal is not None, f"no form was opened: {shown.result.response and shown.text}"
    assert len(modal["title"]) <= 45
    assert len(modal["custom_id"]) <= 100
    for label in modal["components"]:
        assert len(label["label"]) <= 45
    return {label["component"]["custom_id"]: label["component"] for label in modal["components"]}


def held(shown: Seen) -> dict[str, Any]:
    """What each field holds: its text, its option, or the ids of the channels or roles in it."""
    return {name: _held(field) for name, field in fields(shown).items()}


def _held(field: dict[str, Any]) -> Any:
    if field["type"] == TEXT:
        return field.get("value") or ""
    if field["type"] == CHOICE:
        return next((option["value"] for option in field["options"] if option.get("default")), None)
    return [int(each["id"]) for each in field.get("default_values", [])]


async def submit(shown: Seen, person: Any, /, *there: Any, **values: Any) -> Seen:
    """Submit the form with these values; a field that is not named stays as it was shown.

    `there` are the channels and roles (as the stage made them) that a field may hold without being named.
    """
    known = {each.id: each for each in there}
    filled = {
        name: values.pop(name) if name in values else _kept(field, known)
        for name, field in fields(shown).items()
    }
    assert not values, f"there is no such field: {values}"
    return Seen(await person.submit_modal(shown.result, filled))


def _kept(field: dict[str, Any], known: dict[int, Any]) -> Any:
    """What a field that nobody touched sends."""
    stays = _held(field)
    if field["type"] == TEXT:
        return stays
    return [stays] if field["type"] == CHOICE else [known[each] for each in stays]
