"""Letters of the phonetic alphabet (注音) typed for a whole word: 有幾ㄍ, 馬紹爾ㄉ是哪個, 哪ㄧ個."""

import re

_LETTERS = "\u3105-\u312f\u02c7\u02ca\u02cb\u02d9"
"""The letters and the marks of their tones; several in a row spell a word, which is left as it is."""

_WORDS = {"ㄉ": "的", "ㄌ": "了", "ㄍ": "個", "ㄇ": "嗎", "ㄚ": "啊", "ㄛ": "喔", "ㄟ": "欸", "ㄧ": "一"}
_LAST_WORDS = {"ㄋ": "呢", "ㄅ": "吧"}
"""At the end of a clause alone; elsewhere these stand for 你 and 不, and are not read."""

_ALONE = re.compile(
    rf"(?<![{_LETTERS}])(?:[{''.join(_WORDS)}](?![{_LETTERS}])|[{''.join(_LAST_WORDS)}](?=\s*(?:$|[,.!?~，。！？])))"
)
_LAUGHS = re.compile("([ㄏㄎ])\\1+")


def without_phonetic_letters(text: str) -> str:
    """The text with the words for which single letters stand; none is longer or shorter than before."""
    words = _WORDS | _LAST_WORDS
    return _ALONE.sub(lambda match: words[match[0]], _LAUGHS.sub(lambda match: "哈" * len(match[0]), text))
