"""Whose language: the person's choice, else Discord's locale, else the office's."""

import pytest

from tests.chat.conftest import Stage


@pytest.mark.parametrize(
    ("locale", "office", "expected"),
    [
        ("en-US", "zh-TW", "Kaohsiung – Seattle"),
        ("en-GB", "zh-TW", "Kaohsiung – Seattle"),
        ("zh-TW", "en", "高雄市–西雅圖"),
        ("zh-CN", "zh-TW", "高雄市–西雅圖"),
        ("fr", "en", "Kaohsiung – Seattle"),
        ("fr", "zh-TW", "高雄市–西雅圖"),
    ],
)
async def test_discords_locale_then_the_offices(
    bare_stage: Stage, locale: str, office: str, expected: str
) -> None:
    """A locale that we have is spoken; any other falls to the office's language."""
    await bare_stage.set_up(language=office)
    bare_stage.speaks(locale)
    assert (await bare_stage.slash("partner show", partner="Seattle")).embed.title == expected


async def test_a_persons_choice_comes_first(stage: Stage) -> None:
    """/language outlasts Discord's locale, and `discord` takes it back."""
    chosen = await stage.slash("language", language="zh-TW")
    assert "繁體中文" in chosen.text
    assert (await stage.slash("partner show", partner="Seattle")).embed.title == "高雄市–西雅圖"
    await stage.slash("language", language="discord")
    assert (await stage.slash("partner show", partner="Seattle")).embed.title == "Kaohsiung – Seattle"


async def test_everything_in_chinese(stage: Stage) -> None:
    """The same answers come in Traditional Chinese as used in Taiwan."""
    stage.speaks("zh-TW")
    card = await stage.slash("partner show", partner="西雅圖")
    assert "1991年簽署（僅記載年份）· 今年 35 週年" in card.text
    assert "長期無往來" in card.text
    assert "高雄市　2026年11月20日（五）12:00" in card.text
    partners = await stage.slash("partner list", country="日本")
    assert "八王子市" in partners.text
    assert "友好城市" in partners.text
    coming = await stage.slash("anniversaries", days=30)
    assert "青森縣和陸奧市" in coming.text
    form = await stage.slash("visit log", partner="釜山")
    refused = await stage.fill(form, date="2月30日", people="很多")
    assert "日曆上沒有這一天" in refused.text
    assert "不是人數" in refused.text
    again = await stage.click(refused, "重新開啟表單")
    logged = await stage.fill(again, date="昨天下午2點", people="6人", topic="社會住宅")
    assert "已登錄 X148：釜山" in logged.text
    assert "2026年11月19日（四）14:00" in logged.text
    quiet = await stage.slash("quiet")
    assert "久未往來" in quiet.text
    unknown = await stage.slash("partner show", partner="西雅土")
    assert "查無" in unknown.text


async def test_suggestions_follow_the_language(stage: Stage) -> None:
    """Labels carry both names, the reader's first."""
    stage.speaks("zh-TW")
    (choice, *_) = await stage.suggestions("partner show", "partner", "seat")
    assert choice["name"].startswith("西雅圖")
    assert "Seattle" in choice["name"]


async def test_commands_are_localised(stage: Stage) -> None:
    """Discord is given the Chinese names and descriptions of commands, options and choices."""
    synced = [request.json for request in stage.env.http_requests if request.method == "PUT"]
    commands = {
        command["name"]: command for command in next(body for body in synced if isinstance(body, list))
    }
    partner = commands["partner"]
    assert partner["name_localizations"]["zh-TW"] == "夥伴"
    listing = next(option for option in partner["options"] if option["name"] == "list")
    assert listing["name_localizations"]["zh-TW"] == "清單"
    kind = next(option for option in listing["options"] if option["name"] == "kind")
    assert kind["description_localizations"]["zh-TW"]
    assert "姊妹市" in {choice["name_localizations"]["zh-TW"] for choice in kind["choices"]}
