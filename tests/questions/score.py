"""How well questions are answered: `python -m tests.questions.score [FILE…]`.

Without files it takes those that were written by people who had not seen the grammar (`held_out_*.csv` beside this
file). It prints the share of right answers, and every confident wrong one; `--all` prints whatever was not right.
Exit status 1 says that a threshold was missed.
"""

import argparse
import itertools
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.questions.asked_registry import HERE, Registry, registry_of
from tests.questions.bank import Question, read_questions
from tests.questions.judging import Answer, Verdict, judge

ANSWERED_RIGHT, REFUSED_RIGHT = 0.95, 0.98
"""The thresholds: of questions to which the registry has the answer, and of those to which it has not."""


@dataclass(frozen=True)
class Judged:
    question: Question
    answer: Answer
    verdict: Verdict
    reason: str

    @property
    def is_well(self) -> bool:
        """Answered right, or, where there is no answer, refused or asked back in any way."""
        return self.verdict is Verdict.RIGHT or (
            not self.question.has_answer and self.verdict is not Verdict.WRONG
        )


@dataclass(frozen=True)
class Score:
    """What became of some questions."""

    judged: Sequence[Judged]

    def share(self, *, has_answer: bool) -> float:
        """Of the questions with, or without, an answer in the registry: how many went well; 1 of none."""
        some = [item for item in self.judged if item.question.has_answer is has_answer]
        return sum(item.is_well for item in some) / len(some) if some else 1.0

    @property
    def wrong(self) -> list[Judged]:
        return [item for item in self.judged if item.verdict is Verdict.WRONG]

    @property
    def passes(self) -> bool:
        return (
            not self.wrong
            and self.share(has_answer=True) >= ANSWERED_RIGHT
            and self.share(has_answer=False) >= REFUSED_RIGHT
        )

    def line(self, title: str) -> str:
        """The numbers in one line."""
        having = [item for item in self.judged if item.question.has_answer]
        lacking = [item for item in self.judged if not item.question.has_answer]
        verdicts = Counter(item.verdict for item in having)
        as_expected = sum(item.verdict is Verdict.RIGHT for item in lacking)
        lost = sum(item.answer["outcome"] == "not_understood" for item in having)
        return (
            f"{title:<34} answer {len(having):>4}: right {verdicts[Verdict.RIGHT]:>4}"
            f" ({self.share(has_answer=True):6.1%}), incomplete {verdicts[Verdict.INCOMPLETE]:>3},"
            f" not answered {verdicts[Verdict.REFUSED]:>3} (not understood {lost:>3})"
            f" | none {len(lacking):>4}: refused {self.share(has_answer=False):6.1%}"
            f" (as expected {as_expected:>4}) | wrong {len(self.wrong):>3}"
        )


def put(questions: Iterable[Question], folder: Path) -> list[Judged]:
    """Put the questions to their registries, which are built in the folder."""

    judged: list[Judged] = []
    for name, group in itertools.groupby(sorted(questions, key=registry_of), key=registry_of):
        asked = list(group)
        registry = Registry(name, folder)
        for question, answer in zip(asked, registry.ask(asked), strict=True):
            judged.append(Judged(question, answer, *judge(question, answer, registry.names_of)))
    return judged


def report(judged: Sequence[Judged], *, show_all: bool = False) -> list[str]:
    """The lines of the report: by file, by language, the whole, and what went wrong."""
    by: Sequence[Callable[[Judged], str]] = (lambda j: j.question.file, lambda j: j.question.language)
    lines = []
    for group_of in by:
        titles = sorted({group_of(item) for item in judged})
        lines += [Score([j for j in judged if group_of(j) == title]).line(title) for title in titles]
        lines.append("")
    lines += [Score(judged).line("all"), ""]
    shown = [j for j in judged if j.verdict is Verdict.WRONG or (show_all and j.verdict is not Verdict.RIGHT)]
    for item in sorted(shown, key=lambda j: (j.verdict, j.question.file, j.question.row)):
        question, answer = item.question, item.answer
        lines += [
            f"{item.verdict.upper()} {question.file}:{question.row} {question.text}",
            f"    {item.reason}",
            f"    understood: {answer.get('understood')}",
        ]
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description="How well questions are answered.")
    parser.add_argument("files", nargs="*", type=Path, help="tables of questions; default: held_out_*.csv")
    parser.add_argument("--all", action="store_true", help="print whatever was not right")
    options = parser.parse_args()
    files = options.files or sorted(HERE.glob("held_out_*.csv"))
    if not files:
        parser.error(
            "no held_out_*.csv stands beside this file: all have been seen; name the files to be scored"
        )
    questions = [question for file in files for question in read_questions(file)]
    with tempfile.TemporaryDirectory() as folder:
        judged = put(questions, Path(folder))
    print("\n".join(report(judged, show_all=options.all)))
    sys.exit(0 if Score(judged).passes else 1)


if __name__ == "__main__":
    main()
