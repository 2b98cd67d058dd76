"""Simplified and Japanese forms of Chinese characters beside the Traditional ones that Taiwan writes."""

from functools import cache, lru_cache

from opencc import OpenCC

_ALIKE = {
    "巿": "市", "岀": "出", "囯": "国", "垻": "坝", "劃": "画", "划": "画", **dict.fromkeys("併倂並竝", "并"),
}  # fmt: skip
"""Characters that are typed for others that look the same, or mean it: 計劃, 計畫; 合併, 合并."""

_HAN = (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))


@cache
def _converter() -> OpenCC:
    return OpenCC("s2tw")


@lru_cache(maxsize=1024)  # as several rules ask for the same question
def traditional(text: str) -> str:
    """The text with simplified characters made traditional; other text stays as it is.

    Characters only: names that Taiwan has of its own (德勒斯登, not 德累斯頓) are matters of the registry's aliases.
    """
    return text if text.isascii() else str(_converter().convert(text))


@cache
def plain_characters() -> dict[int, str]:
    """For `str.translate`: every Han character to the one that stands for its forms (臺 and 台, 灣 and 湾, 濱 and 浜).

    For comparing only. Each character is looked at by itself, so that a text and a part of it never come apart, as they
    may where a converter weighs the characters around.
    """
    every = "\n".join(map(chr, _HAN))
    plain = OpenCC("t2s").convert(OpenCC("jp2t").convert(every))
    pairs = zip(_HAN, plain.split("\n"), strict=True)
    return {code: form for code, form in pairs if form != chr(code)} | {
        ord(c): form for c, form in _ALIKE.items()
    }
