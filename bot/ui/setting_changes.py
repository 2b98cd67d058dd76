"""How a change of one setting of an office reads."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from bot.domain.access import Role, Standing
from bot.domain.anniversaries import LeapDayRule
from bot.domain.health import Aspect
from bot.domain.offices import Purpose, RestDayRule, Weekday
from bot.domain.partnerships import Kind
from bot.i18n.texts import Texts, Written
from bot.services.office_settings import SettingChange


def change_line(texts: Texts, change: SettingChange) -> str:
    """One setting by its name: what it was, and what it is."""
    kind, _, rest = change.name.partition("_")
    if kind == "channel":
        name = texts.word(Purpose(rest))
    elif kind == "role":
        name = texts("office.form.level", level=Role(rest))
    elif kind == "kind":
        name = texts.word(Kind(change.name.removeprefix(KIND_RULE)))
    elif kind == "cadence":
        name = texts("office.setting.cadence", kind=Kind(rest))
    elif kind == "weight":
        name = texts("office.setting.weight", aspect=Aspect(rest))
    else:
        name = texts(f"office.setting.{change.name}")
    before, after = (Written(_setting(texts, change.name, value)) for value in (change.before, change.after))
    return texts("office.setting.change", name=Written(name), before=before, after=after)


VOCABULARIES: Mapping[str, type[StrEnum]] = {
    "leap_day_rule": LeapDayRule,
    "rest_day_rule": RestDayRule,
    "standing": Standing,
    "everyone": Role,
    "list_day": Weekday,
}
KIND_RULE = "kind_rule_"


def _setting(texts: Texts, name: str, value: Any) -> str:
    """A value of `office_document` as people read it."""
    if value in (None, []):
        return texts("office.setting.none")
    if name in VOCABULARIES:
        return texts.word(VOCABULARIES[name](value))
    if name.startswith(KIND_RULE):
        english, chinese = value
        return texts.write(chinese if texts.language.startswith("zh") else english)
    if name.startswith("savings_"):
        return texts.write(str(value))
    if name.startswith("channel_"):
        return f"<#{value}>"
    if name == "notify_role" or name.startswith("role_"):
        return " ".join(f"<@&{role_id}>" for role_id in (value if isinstance(value, list) else [value]))
    if name == "keeps_questions":
        return texts(f"office.setting.{value}")
    if name in ("hour", "list_hour"):
        return f"{int(value):02}:00"
    return texts(f"language.{value}") if name == "language" else str(value)
