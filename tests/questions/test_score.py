"""The scorer itself, on made-up answers, and the files of questions as files."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest

from bot.domain.names import fold
from tests.questions import score
from tests.questions.asked_registry import GERMANY, HERE, registry_of
from tests.questions.bank import ExpectedPlace, Question, read_questions
from tests.questions.judging import Verdict, judge
from tests.questions.score import Judged, Score, put, report

BANK = Path("bot/questions/bank")
HEAD = "language,question,office,today,outcome,kind,value,places,contains,excludes,example,note\n"


def asked(tmp_path: Path, *cells: str) -> Question:
    """A question from the cells outcome, kind, value, places, contains, excludes."""
    outcome, kind, value, places, contains, excludes = (*cells, *[""] * (6 - len(cells)))
    file = tmp_path / "asked.csv"
    row = f'en,Q?,Kaohsiung,2026-11-20,{outcome},{kind},{value},"{places}","{contains}","{excludes}",,\n'
    file.write_text(HEAD + row, encoding="utf-8")
    (question,) = read_questions(file)
    return question


def names_of(place: ExpectedPlace) -> frozenset[str]:
    chinese = {"Busan": "釜山", "Daejeon": "大田"}
    return frozenset((fold(place.name), fold(chinese.get(place.name, place.name))))


def answered(**parts: Any) -> Mapping[str, Any]:
    return {"outcome": "answered", "kind": "date", "value": None, "places": [], "text": "", **parts}


def place(name: str, country: str) -> dict[str, str]:
    return {"name": name, "country": country}


KOREA = [place("釜山", "KR"), place("Daejeon", "KR")]


@pytest.mark.parametrize(
    ("cells", "answer", "verdict"),
    [
        (["answered", "date", "1991"], answered(value="1991"), Verdict.RIGHT),
        (["answered", "date", "1991"], answered(value="1991-01-01"), Verdict.WRONG),
        (["answered", "date", "1991"], answered(value="1991", kind="text"), Verdict.INCOMPLETE),
        (["answered", "date", "1991"], {"outcome": "no_record"}, Verdict.REFUSED),
        (["no_record"], answered(value="1991"), Verdict.WRONG),
        (["no_record"], {"outcome": "ambiguous"}, Verdict.REFUSED),
        (["no_record|ambiguous"], {"outcome": "ambiguous"}, Verdict.RIGHT),
        (["no_record", "", "", "", "Matsuyama"], {"outcome": "no_record", "text": "No."}, Verdict.INCOMPLETE),
        (["answered", "", "33|32"], answered(value=32), Verdict.RIGHT),
        (["answered", "", "33|32"], answered(value=39), Verdict.WRONG),
        (["answered", "", "≈10020"], answered(value=10100.5), Verdict.RIGHT),
        (["answered", "", "≈10020"], answered(value=10300), Verdict.WRONG),
        (["answered", "", "true"], answered(value=True), Verdict.RIGHT),
        (["answered", "", "1"], answered(value=True), Verdict.WRONG),
        (["answered", "", "-|0"], answered(), Verdict.RIGHT),
        (["answered", "", "-"], answered(value=0), Verdict.WRONG),
        (["answered", "", "", "Busan KR; Daejeon KR"], answered(places=KOREA), Verdict.RIGHT),
        (["answered", "", "", "Busan KR; (Daejeon KR)"], answered(places=KOREA[:1]), Verdict.RIGHT),
        (["answered", "", "", "Busan KR; Daejeon KR"], answered(places=KOREA[:1]), Verdict.WRONG),
        (["answered", "", "", "Busan KR"], answered(places=KOREA), Verdict.WRONG),
        (["answered", "", "", "Busan KP; Daejeon KR"], answered(places=KOREA), Verdict.WRONG),
        (["answered", "", "", "Seoul KR | Busan KR; Daejeon KR"], answered(places=KOREA), Verdict.RIGHT),
        (["answered", "", "", "-"], answered(), Verdict.RIGHT),
        (["answered", "", "", "-"], answered(places=KOREA), Verdict.WRONG),
        (
            ["answered", "", "", "Columbus US; Columbus US"],
            answered(places=[place("Columbus", "US")]),
            Verdict.WRONG,
        ),
        (["answered", "", "", "", "2007-09-12"], answered(text="or 12 September 2007"), Verdict.RIGHT),
        (["answered", "", "", "", "2007-09-12"], answered(text="或2007年9月12日"), Verdict.RIGHT),
        (["answered", "", "", "", "2007-09-02"], answered(text="12 September 2007"), Verdict.WRONG),
        (["answered", "", "", "", "53;臺北"], answered(text="台北：53"), Verdict.RIGHT),
        (["answered", "", "", "", "53"], answered(text="153"), Verdict.WRONG),
        (["answered", "", "1991", "", "Seattle"], answered(value="1991"), Verdict.INCOMPLETE),
        (
            ["answered", "", "1991", "", "", "@everyone"],
            answered(value="1991", text="@everyone"),
            Verdict.WRONG,
        ),
    ],
)
def test_verdicts(tmp_path: Path, cells: list[str], answer: Mapping[str, Any], verdict: Verdict) -> None:
    assert judge(asked(tmp_path, *cells), answer, names_of)[0] is verdict


def judged(tmp_path: Path, outcome: str, verdicts: Mapping[Verdict, int]) -> list[Judged]:
    question = asked(tmp_path, outcome)
    answer = {"outcome": "no_record"}
    return [Judged(question, answer, v, "why") for v, times in verdicts.items() for _ in range(times)]


def test_thresholds(tmp_path: Path) -> None:
    having = judged(tmp_path, "answered", {Verdict.RIGHT: 95, Verdict.INCOMPLETE: 3, Verdict.REFUSED: 2})
    lacking = judged(tmp_path, "no_record", {Verdict.RIGHT: 40, Verdict.INCOMPLETE: 5, Verdict.REFUSED: 5})
    assert Score(having).passes
    assert Score([*having, *lacking]).passes
    assert not Score([*having[1:], *lacking]).passes
    wrong = judged(tmp_path, "no_record", {Verdict.WRONG: 1})
    assert Score([*lacking * 2, *wrong]).share(has_answer=False) > 0.98
    assert not Score([*having, *lacking * 2, *wrong]).passes
    lines = report([*having, *wrong])
    assert [line for line in lines if line.startswith("WRONG asked:2 Q?")]
    assert not [line for line in lines if line.startswith("INCOMPLETE")]
    assert len([line for line in report(having, show_all=True) if line.startswith("INCOMPLETE")]) == 3


class Echo:
    """A registry that answers any question with the year in it."""

    made: ClassVar[list[str]] = []

    def __init__(self, name: str, folder: Path) -> None:
        self.made.append(name)

    def ask(self, questions: Sequence[Question]) -> list[Mapping[str, Any]]:
        return [answered(value=q.text[-4:]) for q in questions]

    def names_of(self, place: ExpectedPlace) -> frozenset[str]:
        return frozenset()


def test_questions_are_put_to_their_registry_and_each_gets_its_own_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(score, "Registry", Echo)
    questions = []
    for name, offices in (("held_out_germany_x", ("Dresden",)), ("held_out_y", ("Taipei", "", "Taipei"))):
        rows = [
            f"{language},Since {1980 + n},{office},2026-11-20,answered,date,{1980 + n},,,,,\n"
            for n, office in enumerate(offices * 3)
            for language in ("en", "zh-TW")
        ]
        (tmp_path / f"{name}.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
        questions += read_questions(tmp_path / f"{name}.csv")
    found = put(questions, tmp_path)
    assert len(found) == len(questions) == 24
    assert {item.verdict for item in found} == {Verdict.RIGHT}
    assert sorted(Echo.made) == ["germany", "starter"]


@pytest.mark.parametrize(
    ("cells", "fault"),
    [(["maybe"], "outcome"), (["answered", "", "two"], "value"), (["answered", "", "", "Busan"], "Busan")],
)
def test_a_cell_that_cannot_be_read_is_told(tmp_path: Path, cells: list[str], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        asked(tmp_path, *cells)


def all_questions(folder: Path) -> list[Question]:
    files = [file for file in folder.glob("*.csv") if not file.name.startswith(GERMANY)]
    return [question for file in files for question in read_questions(file)]


def test_the_files_can_be_read() -> None:
    """All of them; no question stands twice, and each language has its fair share."""
    for folder, least in ((BANK, 300), (HERE, 500)):
        questions = all_questions(folder)
        assert len(questions) >= least
        again = Counter((q.text, q.office, q.language, "germany" in q.file) for q in questions)
        assert [key for key, times in again.items() if times > 1] == []
        languages = Counter(question.language for question in questions)
        assert min(languages.values()) > len(questions) * 0.4


def test_the_places_of_the_answers_are_in_their_registry() -> None:
    with Path("db/starter/places.csv").open(encoding="utf-8") as file:
        starter = {(row["name_en"], row["country"]) for row in csv.DictReader(file)}
    with (HERE / f"{GERMANY}.csv").open(encoding="utf-8") as file:
        ties = list(csv.DictReader(file))
    germany = {(tie["city"], tie["country"]) for tie in ties}
    germany |= {(tie["partner"], tie["partner_country"]) for tie in ties}
    strangers = [
        (question.file, question.row, place.name)
        for question in all_questions(BANK) + all_questions(HERE)
        for alternative in question.places
        for place in alternative
        if (place.name, place.country) not in (germany if registry_of(question) == GERMANY else starter)
    ]
    assert strangers == []
