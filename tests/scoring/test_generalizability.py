"""Generalizability: Brennan's examples, a loop over every score, and the D study's arithmetic."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hiringkit.domain.agreement import DEPENDABLE, DesignPhi, PhiVerdict
from hiringkit.scoring.agreement.generalizability import (
    MOST_INTERVIEWERS,
    DStudy,
    IntervalOf,
    anova_components,
    average_reliability,
    design_of,
    generalizability_from_components,
    mean_squares,
    single_reliability,
)
from hiringkit.scoring.agreement.icc import intraclass
from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.ratings import Ratings

Published = dict[str, dict[str, Any]]
FACETS = ("candidate", "interviewer", "question")
SHORT = {"p": "candidate", "i": "interviewer", "o": "question"}


def long_name(effect: str) -> str:
    """Return the effect that Brennan calls `pi`."""
    return ":".join(SHORT[letter] for letter in effect)


def loop_components(scores: Floats) -> dict[str, float]:
    """Return the components of p x i x o score by score, from the textbook's sums of squares."""
    n_p, n_i, n_o = scores.shape
    grand = scores.mean()
    ss = dict.fromkeys(("p", "i", "o", "pi", "po", "io", "pio"), 0.0)
    for p in range(n_p):
        for i in range(n_i):
            for o in range(n_o):
                m_p, m_i, m_o = scores[p].mean(), scores[:, i].mean(), scores[:, :, o].mean()
                m_pi, m_po, m_io = scores[p, i].mean(), scores[p, :, o].mean(), scores[:, i, o].mean()
                ss["p"] += (m_p - grand) ** 2
                ss["i"] += (m_i - grand) ** 2
                ss["o"] += (m_o - grand) ** 2
                ss["pi"] += (m_pi - m_p - m_i + grand) ** 2
                ss["po"] += (m_po - m_p - m_o + grand) ** 2
                ss["io"] += (m_io - m_i - m_o + grand) ** 2
                ss["pio"] += (scores[p, i, o] - m_pi - m_po - m_io + m_p + m_i + m_o - grand) ** 2
    size = {"p": n_p - 1, "i": n_i - 1, "o": n_o - 1}
    ms = {effect: total / np.prod([size[letter] for letter in effect]) for effect, total in ss.items()}
    return {
        "candidate": (ms["p"] - ms["pi"] - ms["po"] + ms["pio"]) / (n_i * n_o),
        "interviewer": (ms["i"] - ms["pi"] - ms["io"] + ms["pio"]) / (n_p * n_o),
        "question": (ms["o"] - ms["po"] - ms["io"] + ms["pio"]) / (n_p * n_i),
        "candidate:interviewer": (ms["pi"] - ms["pio"]) / n_o,
        "candidate:question": (ms["po"] - ms["pio"]) / n_i,
        "interviewer:question": (ms["io"] - ms["pio"]) / n_p,
        "residual": ms["pio"],
    }


def brennan(published: Published) -> Floats:
    """Return synthetic data set 3 as persons x items x occasions."""
    scores = np.empty((10, 4, 2))
    for person, item, occasion, score in published["g_study_p_x_i_x_o"]["rows"].astype(int):
        scores[person - 1, item - 1, occasion - 1] = score
    return scores


def test_persons_by_items(published: Published) -> None:
    example = published["g_study_p_x_i"]
    components = anova_components(example["scores"], ["candidate", "interviewer"])
    expected = example["variance"]
    assert components == pytest.approx(
        {"candidate": expected["p"], "interviewer": expected["i"], "residual": expected["pi"]}, abs=1e-4
    )
    found = generalizability_from_components(components, DStudy(12))
    assert found.erho2 == pytest.approx(example["Erho2"], abs=0.001)
    assert found.phi == pytest.approx(example["Phi"], abs=0.001)
    five = found.d_study[4]
    assert five.interviewers == 5
    assert five.erho2 == pytest.approx(example["d_study_5_items"]["Erho2"], abs=0.001)
    assert five.phi == pytest.approx(example["d_study_5_items"]["Phi"], abs=0.001)


def test_persons_by_items_by_occasions(published: Published) -> None:
    example = published["g_study_p_x_i_x_o"]
    components = anova_components(brennan(published), FACETS)
    expected = {long_name(effect): value for effect, value in example["variance"].items()}
    expected["residual"] = expected.pop("candidate:interviewer:question")
    assert components == pytest.approx(expected, abs=1e-4)
    found = generalizability_from_components(components, DStudy(4, 2, 2))
    assert found.erho2 == pytest.approx(example["Erho2"], abs=0.005)
    assert found.phi == pytest.approx(example["Phi"], abs=0.005)


def test_mean_squares_of_persons_by_items_by_occasions(published: Published) -> None:
    """The printed 1.3383 for po must be 1.3389: only from that follows the printed component .1009."""
    printed = published["g_study_p_x_i_x_o"]["mean_squares"]
    found = mean_squares(brennan(published), FACETS)
    assert {k: found[long_name(k)] for k in printed} == pytest.approx(printed | {"po": 1.3389}, abs=1e-4)
    assert (1.3389 - printed["pio"]) / 4 == pytest.approx(published["g_study_p_x_i_x_o"]["variance"]["po"], abs=5e-5)


@given(shape=st.tuples(st.integers(2, 5), st.integers(2, 4), st.integers(2, 4)), seed=st.integers(0, 9999))
@settings(max_examples=30, deadline=None)
def test_components_equal_those_summed_score_by_score(shape: tuple[int, int, int], seed: int) -> None:
    scores = np.random.default_rng(seed).integers(1, 6, shape).astype(np.float64)
    assert anova_components(scores, FACETS) == pytest.approx(loop_components(scores), abs=1e-9)


@given(seed=st.integers(0, 9999), shift=st.integers(-5, 5), scale=st.sampled_from([0.5, 3.0]))
@settings(max_examples=30, deadline=None)
def test_a_shift_changes_nothing_and_a_scale_only_the_units(seed: int, shift: int, scale: float) -> None:
    scores = np.random.default_rng(seed).normal(size=(5, 3, 4))
    one, other = (anova_components(x, FACETS) for x in (scores, shift + scale * scores))
    assert other == pytest.approx({effect: scale**2 * value for effect, value in one.items()}, abs=1e-9)


COMPONENTS = {
    "candidate": 0.36,
    "interviewer": 0.12,
    "question": 0.05,
    "candidate:interviewer": 0.15,
    "candidate:question": 0.06,
    "interviewer:question": 0.02,
    "residual": 0.55,
}
"""Those of the example in docs/agreement.md."""


def test_the_d_study_follows_from_the_components() -> None:
    """Three interviewers, five questions each, so 15 ratings."""
    found = generalizability_from_components(COMPONENTS, DStudy(3, 5, 5))
    relative = 0.15 / 3 + 0.06 / 5 + 0.55 / 15
    absolute = relative + 0.12 / 3 + 0.05 / 5 + 0.02 / 15
    assert found.erho2 == pytest.approx(0.36 / (0.36 + relative))
    assert found.phi == pytest.approx(0.36 / (0.36 + absolute))
    assert found.d_study[2] == DesignPhi(3, 5, found.phi, found.erho2)
    assert [each.interviewers for each in found.d_study[:MOST_INTERVIEWERS]] == list(range(1, MOST_INTERVIEWERS + 1))
    assert {each.questions for each in found.d_study[:MOST_INTERVIEWERS]} == {5}
    assert (found.interviewers, found.questions) == (3, 5)


def test_a_planned_design_asks_other_numbers_of_questions_too() -> None:
    """Two interviewers, eight questions each, the same for both: 16 ratings of eight questions."""
    found = generalizability_from_components(COMPONENTS, DStudy(3, 5, 5))
    (planned,) = (each for each in found.d_study if (each.interviewers, each.questions) == (2, 8))
    relative = 0.15 / 2 + 0.06 / 8 + 0.55 / 16
    assert planned.erho2 == pytest.approx(0.36 / (0.36 + relative))
    assert planned.phi == pytest.approx(0.36 / (0.36 + relative + 0.12 / 2 + 0.05 / 8 + 0.02 / 16))
    # where interviewers now ask different questions, they do in the plan
    split = generalizability_from_components(COMPONENTS, DStudy(3, 15, 5))
    (planned,) = (each for each in split.d_study if (each.interviewers, each.questions) == (2, 8))
    relative = 0.15 / 2 + 0.06 / 24 + 0.55 / 16
    assert planned.erho2 == pytest.approx(0.36 / (0.36 + relative))


def between(low: float, high: float) -> IntervalOf:
    """Stand for an interval that is the same for every coefficient."""
    return lambda _of: (low, high)


def test_the_sentence_of_the_documentation_follows_from_its_components() -> None:
    text = (Path(__file__).parents[2] / "docs" / "agreement.md").read_text(encoding="utf-8")
    for effect, value in COMPONENTS.items():
        assert re.search(rf"\| {effect} \| 0?{value:.2f} \|", text), effect
    found = generalizability_from_components(COMPONENTS, DStudy(3, 5, 5), between(0.42, 0.84))
    for sentence in found.sentences(0.9):
        assert sentence in " ".join(text.replace("> ", "").split()), sentence


@pytest.mark.parametrize(
    ("interval", "verdict"),
    [
        ((0.80, 0.97), PhiVerdict.REACHED),
        ((0.795, 0.97), PhiVerdict.REACHED),  # 0.80 as it is printed
        ((0.37, 0.97), PhiVerdict.OPEN),
        ((0.37, 0.80), PhiVerdict.OPEN),
        ((0.10, 0.79), PhiVerdict.MISSED),
    ],
)
def test_a_verdict_is_one_of_the_whole_interval(interval: tuple[float, float], verdict: PhiVerdict) -> None:
    found = generalizability_from_components(COMPONENTS, DStudy(8, 5, 5), between(*interval))
    assert found.verdict is verdict
    assert ("dependable enough to decide on" in found.sentences(0.9)[0]) == (verdict is not PhiVerdict.OPEN)
    assert ("not dependable" in found.sentences(0.9)[0]) == (verdict is PhiVerdict.MISSED)
    assert generalizability_from_components(COMPONENTS, DStudy(8, 5, 5)).sentences(0.9) == ()


@pytest.mark.parametrize(
    ("more", "advice"),
    [
        ({"interviewer": 2.0}, "the same interviewers see all candidates"),
        ({"candidate:interviewer": 2.0}, "more interviewers help, more questions do not"),
        ({"residual": 9.0}, "ask more questions"),
        ({"candidate:question": 3.0}, "ask more questions"),
    ],
)
def test_advice_is_about_the_largest_error(more: dict[str, float], advice: str) -> None:
    found = generalizability_from_components(COMPONENTS | more, DStudy(3, 5, 5), between(0.1, 0.6))
    assert advice in found.sentences(0.9)[-1]


def test_the_cheapest_design_reaches_the_target_and_none_that_takes_less_time_does() -> None:
    found = generalizability_from_components(COMPONENTS, DStudy(3, 5, 5))
    best = found.cheapest
    assert best is not None
    assert round(best.phi or 0.0, 2) >= DEPENDABLE
    for each in found.d_study:
        if each.interviewers > 1 and round(each.phi or 0.0, 2) >= DEPENDABLE:
            assert best.interviewers * (best.questions + 2) <= each.interviewers * (each.questions + 2)
    assert generalizability_from_components(COMPONENTS, DStudy(3, 5, 5), target=0.99).cheapest is None
    lower = generalizability_from_components(COMPONENTS, DStudy(3, 5, 5), target=0.6).cheapest
    assert lower is not None
    assert lower.interviewers >= 2


def test_where_candidates_do_not_differ_no_panel_is_recommended() -> None:
    found = generalizability_from_components(COMPONENTS | {"candidate": 0.0}, DStudy(3, 5, 5), between(0.0, 0.3))
    assert found.sentences(0.9)[1:] == (
        "The ratings show no differences between candidates beyond chance and interviewers",
    )


def test_the_sentences_can_be_translated() -> None:
    found = generalizability_from_components(COMPONENTS, DStudy(3, 5, 5), between(0.42, 0.84))
    assert found.sentences(0.9, lambda template: template.replace("With", "Mit"))[0].startswith("Mit 3 ")


def test_negative_components_count_as_zero() -> None:
    found = generalizability_from_components({"candidate": 0.4, "interviewer": -0.1, "residual": 0.4}, DStudy(2))
    assert found.components["interviewer"] == 0.0
    assert found.phi == pytest.approx(0.4 / 0.6)


def test_without_variance_there_is_no_coefficient() -> None:
    found = generalizability_from_components({"candidate": 0.0, "interviewer": 0.0, "residual": 0.0}, DStudy(2))
    assert (found.phi, found.erho2) == (None, None)


@given(seed=st.integers(0, 9999))
@settings(max_examples=30, deadline=None)
def test_reliability_of_a_crossed_design_is_form_2_of_the_interviewers_means(seed: int) -> None:
    rng = np.random.default_rng(seed)
    shapes = [(8, 1, 1), (1, 4, 1), (1, 1, 5), (8, 4, 1), (8, 1, 5), (1, 4, 5)]
    scores = sum(rng.normal(size=shape) for shape in shapes) + rng.normal(size=(8, 4, 5)) / 3
    components = anova_components(scores, FACETS)
    assume(min(components.values()) > 0)
    icc = intraclass(scores.mean(axis=2))
    design = DStudy(4, 5, 5)
    assert icc["2,1"].estimate == pytest.approx(float(single_reliability(components, design)), abs=1e-9)
    assert icc["2,k"].estimate == pytest.approx(float(average_reliability(components, design)), abs=1e-9)


def test_the_design_of_a_panel_whose_interviewers_share_out_the_questions() -> None:
    """Candidate 0: interviewers 0 and 1 with two questions each; candidate 1: interviewer 0 with two."""
    columns = Ratings(
        candidate=np.array([0, 0, 0, 0, 1, 1]),
        interviewer=np.array([0, 0, 1, 1, 0, 0]),
        question=np.array([0, 1, 2, 3, 0, 1]),
        value=np.ones(6),
        status=np.zeros(6, dtype=np.int8),
        weight=np.ones(6),
        candidates=("a", "b"),
        interviewers=("x", "y"),
    )
    design = design_of(columns)
    assert design.interviewers == pytest.approx(4 / 3)
    assert design.questions == pytest.approx(8 / 3)
    assert design.per_interviewer == 2.0
    assert design.ratings == pytest.approx(8 / 3)
