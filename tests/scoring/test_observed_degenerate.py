"""Observed scores of next to nothing: a number that the data cannot carry is None."""

import json
from collections.abc import Callable

import numpy as np
import pytest
from attrs import asdict, evolve

from hiringkit.domain.profile import Comparison, Counts
from hiringkit.scoring.observed.score import score_observed
from hiringkit.scoring.ratings import Ratings, plain_blueprint

ColumnsOf = Callable[..., Ratings]
ONE = plain_blueprint(["q"], 1.0, 5.0, source="option")
TWO = plain_blueprint(["q1", "q2"], 1.0, 5.0, source="option")


def codes(comparison: Comparison) -> list[str]:
    return [finding.code for finding in comparison.findings]


class TestDegenerateDesigns:
    def test_nothing_at_all(self, columns_of: ColumnsOf) -> None:
        blueprint = plain_blueprint([], 1.0, 5.0, source="data")
        comparison = score_observed(columns_of([], blueprint), blueprint)
        assert comparison.profiles == ()
        assert comparison.interviewers == ()
        assert comparison.counts == Counts(0, 0, 0, 0, 0, 0)
        assert codes(comparison) == ["no-ratings"]

    def test_candidates_without_any_rating(self, columns_of: ColumnsOf) -> None:
        comparison = score_observed(columns_of([], ONE, candidates=["ann", "ben"]), ONE)
        assert [profile.candidate for profile in comparison.profiles] == ["ann", "ben"]
        for profile in comparison.profiles:
            assert profile.overall.score is None
            assert profile.overall.interval is None
            assert profile.overall.coverage == 0.0
            assert profile.rank.position is None
            assert profile.rank.interval is None
            assert profile.flags == ("no-score",)
        assert codes(comparison) == ["no-ratings"]

    def test_everything_not_assessed(self, columns_of: ColumnsOf) -> None:
        rows = [(c, i, "q", "not-assessed") for c in ("ann", "ben") for i in ("ida", "joe")]
        comparison = score_observed(columns_of(rows, ONE), ONE)
        assert comparison.counts == Counts(0, 4, 0, 2, 2, 1)
        assert [p.criteria[0].not_assessed for p in comparison.profiles] == [2, 2]
        assert [p.overall.score for p in comparison.profiles] == [None, None]
        assert [(e.severity, e.interval, e.ratings) for e in comparison.interviewers] == [(None, None, 0)] * 2
        assert codes(comparison) == ["no-ratings"]

    def test_one_rating(self, columns_of: ColumnsOf) -> None:
        comparison = score_observed(columns_of([("ann", "ida", "q", 3)], ONE), ONE)
        (profile,) = comparison.profiles
        assert (profile.overall.score, profile.overall.interval) == (3.0, None)
        assert (profile.rank.position, profile.rank.interval, profile.rank.p_best) == (1, (1, 1), None)
        assert profile.flags == ("one-interviewer",)
        assert codes(comparison) == [
            "one-interviewer",
            "criterion-one-interviewer",
            "one-candidate",
            "severity-unknown",
        ]

    def test_one_interviewer_ranks_but_separates_nobody(self, columns_of: ColumnsOf) -> None:
        rows = [("ann", "ida", "q1", 2), ("ben", "ida", "q1", 5), ("cat", "ida", "q2", 3)]
        comparison = score_observed(columns_of(rows, TWO), TWO)
        assert [p.candidate for p in comparison.profiles] == ["ben", "cat", "ann"]
        assert [p.rank.position for p in comparison.profiles] == [1, 2, 3]
        assert [p.rank.interval for p in comparison.profiles] == [(1, 3)] * 3
        assert comparison.profiles[0].rank.not_separable_from == ("cat", "ann")
        assert [p.overall.interval for p in comparison.profiles] == [None] * 3
        finding = next(f for f in comparison.findings if f.code == "one-interviewer")
        assert finding.message == 'the score rests on one interviewer, so it has no interval: "ann", "ben", "cat"'

    def test_one_candidate(self, columns_of: ColumnsOf) -> None:
        comparison = score_observed(columns_of([("ann", "ida", "q", 3), ("ann", "joe", "q", 4)], ONE), ONE)
        (profile,) = comparison.profiles
        assert profile.rank.not_separable_from == ()
        assert [(e.severity, e.interval) for e in comparison.interviewers] == [(1.0, None), (-1.0, None)]
        assert codes(comparison) == ["one-candidate", "severity-one-candidate"]

    def test_all_ratings_equal_are_a_tie_that_nobody_wins(self, columns_of: ColumnsOf) -> None:
        rows = [(c, i, q, 3.7) for c in ("ann", "ben") for i in ("ida", "joe", "lin") for q in ("q1", "q2")]
        comparison = score_observed(columns_of(rows, TWO), TWO)
        assert [p.rank.position for p in comparison.profiles] == [1, 1]
        assert [p.rank.interval for p in comparison.profiles] == [(1, 2), (1, 2)]
        assert [p.rank.not_separable_from for p in comparison.profiles] == [("ben",), ("ann",)]
        assert comparison.profiles[0].overall.interval is None
        assert [c.interval for c in comparison.profiles[0].criteria] == [None, None]
        assert [e.severity for e in comparison.interviewers] == [pytest.approx(0.0)] * 3
        assert codes(comparison) == [
            "all-equal",
            "no-spread",
            "criterion-no-spread",
            "no-probability",
            "severity-no-spread",
        ]
        assert comparison.findings[0].message == "every rating is 3.7, so the ratings tell nobody from anybody"

    def test_two_by_two(self, columns_of: ColumnsOf) -> None:
        rows = [
            ("ann", "ida", "q", 2),
            ("ann", "joe", "q", 3),
            ("ben", "ida", "q", 4),
            ("ben", "joe", "q", 5),
        ]
        comparison = score_observed(columns_of(rows, ONE), ONE, level=0.5)
        ben, ann = comparison.profiles
        assert (ben.overall.score, ann.overall.score) == (4.5, 2.5)
        assert ben.overall.interval == pytest.approx((4.0, 5.0))
        assert ann.overall.interval == pytest.approx((2.0, 3.0))
        assert [(e.severity, e.interval) for e in comparison.interviewers] == [
            (1.0, None),
            (-1.0, None),
        ]
        assert codes(comparison) == ["no-probability", "severity-no-spread"]

    def test_severity_goes_no_further_than_the_scale_is_long(self, columns_of: ColumnsOf) -> None:
        rows = [
            ("ann", "ida", "q", 1),
            ("ann", "joe", "q", 5),
            ("ben", "ida", "q", 5),
            ("ben", "joe", "q", 1),
        ]
        comparison = score_observed(columns_of(rows, ONE), ONE)
        assert [e.interval for e in comparison.interviewers] == [(-4.0, 4.0)] * 2

    def test_a_candidate_without_ratings_comes_last_and_is_not_counted_among_the_ranked(
        self, columns_of: ColumnsOf
    ) -> None:
        rows = [(c, i, "q", v) for c, v in (("ben", 2), ("cat", 4)) for i in ("ida", "joe")]
        comparison = score_observed(columns_of(rows, ONE, candidates=["ann"]), ONE)
        assert [p.candidate for p in comparison.profiles] == ["cat", "ben", "ann"]
        assert [p.rank.position for p in comparison.profiles] == [1, 2, None]
        assert [p.rank.interval for p in comparison.profiles] == [(1, 2), (1, 2), None]
        assert comparison.counts.candidates == 3
        finding = comparison.findings[0]
        assert (finding.code, finding.message) == (
            "no-score",
            'no score for "ann": nobody has rated what counts',
        )

    def test_a_scale_of_one_level(self, columns_of: ColumnsOf) -> None:
        blueprint = plain_blueprint(["q"], 3.0, 3.0, source="data")
        rows = [("ann", "ida", "q", 3), ("ann", "joe", "q", 3)]
        (profile,) = score_observed(columns_of(rows, blueprint), blueprint).profiles
        assert (profile.overall.score, profile.overall.interval) == (3.0, None)

    def test_every_value_is_plain_and_none_is_nan(self, columns_of: ColumnsOf) -> None:
        rows = [("ann", "ida", "q1", 3), ("ben", "joe", "q2", "no-evidence"), ("cat", "joe", "q1", 5)]
        bars = evolve(TWO, bars=np.array([4.0, 4.0]), required=np.array([True, True]))
        comparison = score_observed(columns_of(rows, bars, candidates=["dan"]), bars)
        assert json.dumps(asdict(comparison), allow_nan=False)
