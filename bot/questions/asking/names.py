"""What a place is called in another language: "how do you write Ulaanbaatar in Chinese?", 維爾紐斯的英文怎麼寫."""

from bot.questions.parts.form import Form
from bot.questions.parts.sentence import Sentence
from bot.questions.query import About, Asked, Told

_BESIDE = (("ask", "naming"), ("ask", "which"), ("ask", "list"), ("ask", "whether"), ("noun", "city"))
"""Words that say nothing else beside the place and the language."""


def what_it_is_called(sentence: Sentence) -> Form | None:
    """Where the one place that is named is asked for by a language, and nothing else is said."""
    languages = sentence.all(("ask", "names"))
    named = [i for i, span in enumerate(sentence.spans) if span.mention is not None]
    if not languages or len(named) != 1 or not sentence.spans[named[0]].is_place:
        return None
    said = [i for i in range(len(sentence.spans)) if sentence.means(i) and i not in named]
    beside = [i for i in said if i not in languages]
    ours = [i for i in beside if sentence.spans[i].of("kind") or "own" in sentence.spans[i].of("small")]
    if any(sentence.spans[i].of("kind") for i in ours) and max(ours) != named[0] - 1:
        return None  # "our partner Miami" is the place
    if not all(sentence.spans[i].has(*_BESIDE) or i in ours for i in beside):
        return None
    if not (set(languages) & set(said) or sentence.has(("ask", "naming"))):
        return None  # "in English, please"
    sentence.used.update(said)
    return Form(Asked.TEXT, About.PLACES, Told.NAMES)
