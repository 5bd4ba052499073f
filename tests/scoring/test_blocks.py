"""Many candidates are scored one block after the other, which changes no number."""

import numpy as np
import pytest
from attrs import evolve

from hiringkit.report.render.json import render_json
from hiringkit.report.views.comparison import comparison_report
from hiringkit.scoring import arrays
from hiringkit.scoring.arrays import candidate_blocks
from hiringkit.scoring.calibrated.score import score_calibrated
from hiringkit.scoring.ratings import Blueprint, Ratings, plain_blueprint

QUESTIONS = ("a", "b", "c", "d")


def many(*, missing: bool) -> Ratings:
    """Six of forty interviewers for each of 300 candidates, ratings interview by interview."""
    rng = np.random.default_rng(7)
    pairs = np.array([(c, i) for c in range(300) for i in sorted(rng.permutation(40)[:6])])
    candidate, interviewer = (np.repeat(column, 4) for column in pairs.T)
    value = 3 + 0.7 * rng.standard_normal(300)[candidate] + 0.5 * rng.standard_normal(40)[interviewer]
    value = np.clip(np.rint(value + 0.8 * rng.standard_normal(len(value))), 1, 5)
    ratings = Ratings(
        candidate=candidate,
        interviewer=interviewer,
        question=np.tile(np.arange(4), len(pairs)),
        value=value,
        status=np.zeros(len(value)),
        weight=np.ones(len(value)),
        candidates=[f"c{n}" for n in range(300)],
        interviewers=[f"i{n}" for n in range(40)],
        questions=QUESTIONS,
    )
    return ratings.take(rng.random(len(value)) > 0.05) if missing else ratings


def barred() -> Blueprint:
    """Criteria with bars, one of them a gate, and a policy of recommendation."""
    plain = plain_blueprint(QUESTIONS, 1.0, 5.0, source="option")
    return evolve(
        plain,
        bars=np.array([3.0, np.nan, 2.0, np.nan]),
        required=np.array([True, False, False, False]),
        levels=np.arange(1.0, 6.0),
        recommend=(("yes", 3.5), ("no", 2.5)),
    )


@pytest.mark.slow
@pytest.mark.parametrize("order", ["by candidate", "no order"])
@pytest.mark.parametrize("missing", [False, True], ids=["complete", "incomplete"])
@pytest.mark.parametrize(
    "rules", [barred(), plain_blueprint(QUESTIONS, 1.0, 5.0, source="option")], ids=["bars", "none"]
)
def test_blocks_change_no_number(order: str, missing: bool, rules: Blueprint, monkeypatch: pytest.MonkeyPatch) -> None:
    ratings = many(missing=missing)
    if order == "no order":
        ratings = ratings.take(np.random.default_rng(1).permutation(len(ratings)))
    effects = ("candidate", "interviewer", "candidate:interviewer") if missing else None
    whole = render_json(comparison_report(score_calibrated(ratings, rules, effects=effects)))
    monkeypatch.setattr(arrays, "AT_ONCE", 500)
    assert render_json(comparison_report(score_calibrated(ratings, rules, effects=effects))) == whole
    assert whole.count('"beyond_chance"') > 100


def test_every_rating_is_in_the_block_of_its_candidate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrays, "AT_ONCE", 50)
    candidate = np.random.default_rng(2).integers(0, 30, 1_000)
    for codes in (candidate, np.sort(candidate)):
        blocks = candidate_blocks(codes, 31)
        assert len(blocks) > 5
        assert [block.low for block in blocks[1:]] == [block.high for block in blocks[:-1]]
        assert (blocks[0].low, blocks[-1].high) == (0, 31)
        rows = [np.arange(1_000)[block.rows] for block in blocks]
        assert sorted(np.concatenate(rows).tolist()) == list(range(1_000))
        for block, some in zip(blocks, rows, strict=True):
            assert ((codes[some] >= block.low) & (codes[some] < block.high)).all()
