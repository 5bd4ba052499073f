"""What a self-assessment's figures mean."""

import pytest

from hiringkit.domain.interview import Mark
from hiringkit.domain.level import LevelNumber
from hiringkit.domain.question import Question, QuestionKind
from hiringkit.domain.rubric import Criterion, CriterionKind
from hiringkit.domain.self_assessment import Basis, Lack, SelfAnswer, SelfScore, Tick, has_figure, lacks_of
from hiringkit.text.language import Text


def score(value: float | None, *, bar: float | None = 3.0, counted: float = 0.2) -> SelfScore:
    criterion = Criterion("c", CriterionKind.COMPETENCY, Text("c"), Text("c"), 1.0, bar=bar)
    return SelfScore(criterion, 0.1, value, 1, 0, counted=counted)


@pytest.mark.parametrize(
    ("answer", "basis"),
    [
        (SelfAnswer("q"), Basis.NONE),
        (SelfAnswer("q", "told", Mark.NO_EVIDENCE, "a file"), Basis.NONE),
        (SelfAnswer("q", "cut it from 9 days to 2", 4), Basis.CLAIM),
        (SelfAnswer("q", "told", 4, "a file"), Basis.THIN),
        (SelfAnswer("q", "told in 2023", 4, "a file of 2022"), Basis.THIN),
        (SelfAnswer("q", "cut it from 9 days to 2", 4, "a file"), Basis.SOME),
        (SelfAnswer("q", "told", 4, witness="the head of sales"), Basis.SOME),
        (SelfAnswer("q", "told", 4, "cut by 40 %", witness="the head of sales"), Basis.GOOD),
    ],
)
def test_what_a_level_rests_on_goes_from_a_bare_claim_to_a_figure_and_a_witness(
    answer: SelfAnswer, basis: Basis
) -> None:
    assert answer.basis is basis


@pytest.mark.parametrize("text", ["by 40 %", "we halved it", "from ９ days", "降低了三成", "百分之二十", "翻倍"])
def test_a_figure_is_one_in_either_language(text: str) -> None:
    assert has_figure(text)
    assert not has_figure("since 2021, in general")


@pytest.mark.parametrize(
    ("level", "evidence", "witness", "lacks"),
    [
        (2, "", "", ()),
        (3, "", "", (Lack.EVIDENCE,)),
        (3, "a file", "", ()),
        (4, "a file", "", (Lack.PROOF,)),
        (4, "a file", "Ada", ()),
        (4, "9 days less", "", ()),
    ],
)
def test_the_higher_the_level_the_more_evidence_it_demands(
    level: LevelNumber, evidence: str, witness: str, lacks: tuple[Lack, ...]
) -> None:
    question = Question("q", QuestionKind.BEHAVIOURAL, Text("q"), {"c": 1})
    assert lacks_of(SelfAnswer("q", "told", level, evidence, witness=witness), question, 3) == lacks


def test_a_level_is_a_claim_while_parts_of_its_anchor_are_unticked() -> None:
    anchor = Text(en="Measured each step; asked why.", zh="量过每一步；问过原因。")
    question = Question("q", QuestionKind.BEHAVIOURAL, Text("q"), {"c": 1}, anchors={3: anchor})
    half = SelfAnswer("q", "told", 3, "a file", ticks=(Tick(3, "Measured each step"),))
    assert lacks_of(half, question, 3) == (Lack.ANCHOR,)
    for parts in (("Measured each step", "asked why"), ("量过每一步", "问过原因")):
        whole = SelfAnswer("q", "told", 3, "a file", ticks=tuple(Tick(3, part) for part in parts))
        assert lacks_of(whole, question, 3) == ()


def test_the_gap_is_what_is_missing_to_the_bar() -> None:
    assert score(2.25).gap == 0.75
    assert score(3.5).gap == 0
    assert score(None).gap is None
    assert score(2.0, bar=None).gap is None


def test_a_mean_on_the_bar_is_no_gap_for_rounding() -> None:
    assert score(2.9999999999999996).gap == 0


def test_the_priority_is_what_closing_the_gap_adds_to_the_overall_score() -> None:
    assert score(2.25).priority == pytest.approx(0.15)
    assert score(None).priority == 0
