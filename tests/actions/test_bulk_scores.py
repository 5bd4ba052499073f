"""Ratings in many Parquet files: the same scores as on one machine, and a refusal of whatever does not fit together."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet
from sharded_ratings import OPTIONS, Silence, bulk, rows_of, simulated, words_of, write

from hiringkit.actions.bulk_scores import CHECKPOINT, BulkScores
from hiringkit.actions.scores import ScoringOptions, read_rating_file, score_file
from hiringkit.domain.profile import Comparison
from hiringkit.errors import InvalidRatings, NotFound, Refused, UsageProblem
from hiringkit.exchange import shards
from hiringkit.text.sentence import Sentence


def whole(folder: Path, table: pa.Table) -> Comparison:
    """Score all at once."""
    parquet.write_table(table, folder / "whole.parquet")
    return score_file(read_rating_file(str(folder / "whole.parquet"), scale=(1.0, 5.0)), OPTIONS)


def close(one: float | None, other: float | None) -> bool:
    return one is other if one is None or other is None else one == pytest.approx(other, rel=1e-6, abs=1e-9)


def check_equal(done: BulkScores, place: Path, expected: Comparison) -> None:
    """Hold results in files against a comparison."""
    assert done.comparison.model is not None
    assert expected.model is not None
    assert done.comparison.counts == expected.counts
    assert done.comparison.model.mean == pytest.approx(expected.model.mean, rel=1e-6)
    for name, variance in expected.model.variances.items():
        found = done.comparison.model.variances[name]
        assert found.estimate == pytest.approx(variance.estimate, rel=1e-6)
        assert found.interval == pytest.approx(variance.interval, rel=1e-6)
    found_rows = rows_of(place)
    assert len(found_rows) == len(expected.profiles)
    for profile in expected.profiles:
        row, overall, rank = found_rows[profile.candidate], profile.overall, profile.rank
        low, high = overall.interval or (None, None)
        first, last = rank.interval or (None, None)
        pairs = [
            (overall.score, row["score"]),
            (low, row["low"]),
            (high, row["high"]),
            (overall.observed, row["observed"]),
            (overall.ratings, row["ratings"]),
            (overall.interviewers, row["interviewers"]),
            (rank.position, row["rank"]),
            (first, row["rank_low"]),
            (last, row["rank_high"]),
            (rank.p_best, row["p_best"]),
        ]
        for score in profile.criteria:
            low, high = score.interval or (None, None)
            pairs += [
                (score.score, row[f"{score.criterion}.score"]),
                (low, row[f"{score.criterion}.low"]),
                (high, row[f"{score.criterion}.high"]),
                (score.observed, row[f"{score.criterion}.observed"]),
                (score.ratings, row[f"{score.criterion}.ratings"]),
            ]
        assert all(close(one, other) for one, other in pairs), (profile.candidate, pairs)
    people = {row["interviewer"]: row for row in parquet.read_table(place / "interviewers.parquet").to_pylist()}
    for effect in expected.interviewers:
        row, (low, high) = people[effect.interviewer], effect.interval or (None, None)
        pairs = [(effect.severity, row["severity"]), (low, row["low"]), (high, row["high"])]
        assert all(close(one, other) for one, other in pairs), (effect, row)
        assert effect.ratings == row["ratings"]


@pytest.mark.slow
@pytest.mark.parametrize("threads", [1, 2])
def test_shards_give_the_scores_of_one_machine(tmp_path: Path, threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "ROWS", 8_000)
    table = simulated()
    done = bulk(write(tmp_path / "in", table), tmp_path / "out", threads=threads)
    assert done.shards > done.files == 3
    check_equal(done, tmp_path / "out", whole(tmp_path, table))


@pytest.mark.slow
@pytest.mark.parametrize(("candidates", "interviewers"), [(1_100, 1_400), (600, 1_400)], ids=["many", "few"])
def test_interviewers_may_be_the_more_numerous(tmp_path: Path, candidates: int, interviewers: int) -> None:
    table = simulated(candidates=candidates, interviewers=interviewers)
    done = bulk(write(tmp_path / "in", table), tmp_path / "out")
    check_equal(done, tmp_path / "out", whole(tmp_path, table))


@pytest.mark.slow
def test_complete_interviews_are_no_different(tmp_path: Path) -> None:
    table = simulated(candidates=1_500, interviewers=1_100).drop_columns(["weight"])
    rating = pa.array([word if word.isdigit() else "3" for word in words_of(table, "rating")])
    table = table.set_column(3, "rating", rating)
    done = bulk(write(tmp_path / "in", table), tmp_path / "out")
    check_equal(done, tmp_path / "out", whole(tmp_path, table))


@pytest.mark.slow
def test_candidates_whose_ratings_are_in_many_files_are_scored_once(tmp_path: Path) -> None:
    table = simulated()
    shuffled = table.take(np.random.default_rng(1).permutation(table.num_rows))
    done = bulk(write(tmp_path / "in", shuffled), tmp_path / "out")
    check_equal(done, tmp_path / "out", whole(tmp_path, shuffled))


@pytest.mark.slow
def test_spellings_of_one_person_are_one_in_all_files(tmp_path: Path) -> None:
    table = simulated()
    low, high = table.slice(0, 12_000), table.slice(12_000)
    place = high.schema.get_field_index("interviewer")
    loud = pa.array([f"Anna  {name}".upper() for name in high.column("interviewer").to_pylist()])
    quiet = pa.array([f"anna {name}" for name in low.column("interviewer").to_pylist()])
    both = pa.concat_tables([low.set_column(place, "interviewer", quiet), high.set_column(place, "interviewer", loud)])
    done = bulk(write(tmp_path / "in", both, 4), tmp_path / "out")
    assert done.comparison.counts == whole(tmp_path, both).counts


@pytest.mark.slow
def test_an_interrupted_fit_goes_on_where_it_was(tmp_path: Path) -> None:
    pattern = write(tmp_path / "in", simulated())

    class Interrupted(Silence):
        def say(self, text: Sentence) -> None:
            super().say(text)
            if str(text).startswith("evaluation 1"):
                raise KeyboardInterrupt

    expected = bulk(pattern, tmp_path / "straight").comparison.model
    kept = str(tmp_path / "kept")
    with pytest.raises(KeyboardInterrupt):
        bulk(pattern, tmp_path / "out", checkpoint=kept, listener=Interrupted())
    listener = Silence()
    done = bulk(pattern, tmp_path / "out", checkpoint=kept, listener=listener)
    assert any(text.startswith("going on after evaluation 1") for text in listener.said)
    assert done.comparison.model == expected
    assert rows_of(tmp_path / "out") == rows_of(tmp_path / "straight")


@pytest.mark.slow
def test_a_checkpoint_of_other_ratings_or_in_pieces_is_not_used(tmp_path: Path) -> None:
    pattern, kept = write(tmp_path / "in", simulated()), tmp_path / "kept"
    first = bulk(pattern, tmp_path / "one", checkpoint=str(kept)).comparison.model
    other = write(tmp_path / "other", simulated(seed=1))
    listener = Silence()
    bulk(other, tmp_path / "two", checkpoint=str(kept), listener=listener)
    assert any("the fit begins anew" in text for text in listener.said)
    (kept / CHECKPOINT).write_bytes((kept / CHECKPOINT).read_bytes()[:500])
    assert bulk(pattern, tmp_path / "three", checkpoint=str(kept)).comparison.model == first


def spoil(folder: Path, name: str, table: pa.Table) -> None:
    parquet.write_table(table, folder / name)


class TestRefusals:
    """Whatever does not fit together is said, and nothing is written."""

    @pytest.fixture
    def pattern(self, tmp_path: Path) -> str:
        return write(tmp_path / "in", simulated(candidates=40, interviewers=10))

    def refused(self, pattern: str, tmp_path: Path, **more: Any) -> InvalidRatings:
        with pytest.raises(InvalidRatings) as caught:
            bulk(pattern, tmp_path / "out", **more)
        assert not list((tmp_path / "out").rglob("*.parquet"))
        return caught.value

    def test_a_file_that_cannot_be_read(self, pattern: str, tmp_path: Path) -> None:
        (tmp_path / "in" / "part-9.parquet").write_bytes(b"PAR1 no more")
        found = self.refused(pattern, tmp_path)
        assert [(each.code, each.location and each.location.file) for each in found.findings] == [
            ("not-parquet", "part-9.parquet")
        ]

    def test_a_file_whose_data_are_spoilt(self, pattern: str, tmp_path: Path) -> None:
        path = tmp_path / "in" / "part-1.parquet"
        data = bytearray(path.read_bytes())
        data[40:400] = bytes(360)
        path.write_bytes(data)
        assert "part-1.parquet" in str(self.refused(pattern, tmp_path))

    def test_a_column_that_only_some_files_have(self, pattern: str, tmp_path: Path) -> None:
        table = simulated(candidates=5, interviewers=5).drop_columns(["weight"])
        spoil(tmp_path / "in", "part-9.parquet", table)
        (found,) = self.refused(pattern, tmp_path).findings
        assert (found.code, found.path) == ("missing-column", "weight")

    def test_a_required_column_that_is_not_there(self, pattern: str, tmp_path: Path) -> None:
        spoil(tmp_path / "in", "part-9.parquet", pa.table({"candidate": ["a"], "rating": [1]}))
        assert {each.code for each in self.refused(pattern, tmp_path).findings} == {"missing-column"}

    def test_a_file_on_another_scale(self, pattern: str, tmp_path: Path) -> None:
        table = simulated(seed=9, candidates=5, interviewers=5)
        high = pa.array(["80"] * table.num_rows)
        spoil(tmp_path / "in", "part-9.parquet", table.set_column(3, "rating", high))
        found = self.refused(pattern, tmp_path).findings
        assert {(each.code, each.location.file) for each in found if each.location} == {
            ("rating-off-scale", "part-9.parquet")
        }

    def test_a_rating_that_two_files_have(self, pattern: str, tmp_path: Path) -> None:
        spoil(tmp_path / "in", "part-9.parquet", parquet.read_table(tmp_path / "in" / "part-0.parquet"))
        with pytest.raises(Refused, match="repeats the candidate, interviewer and question"):
            bulk(pattern, tmp_path / "out")

    def test_a_file_that_changes_meanwhile(self, pattern: str, tmp_path: Path) -> None:
        class Writer(Silence):
            def begin(self, what: Sentence, steps: int) -> None:
                super().begin(what, steps)
                if str(what) == "scoring":
                    table = parquet.read_table(tmp_path / "in" / "part-1.parquet")
                    rating = pa.array(["3"] * table.num_rows)
                    spoil(tmp_path / "in", "part-1.parquet", table.set_column(3, "rating", rating))

        with pytest.raises(Refused, match=r"part-1\.parquet has other ratings now"):
            bulk(pattern, tmp_path / "out", listener=Writer())

    def test_ratings_of_several_openings(self, tmp_path: Path) -> None:
        table = simulated(candidates=40, interviewers=10)
        openings = pa.array([f"opening {at % 2}" for at in range(table.num_rows)])
        pattern = write(tmp_path / "in", table.append_column("opening", openings))
        with pytest.raises(Refused, match="several openings: opening 0, opening 1"):
            bulk(pattern, tmp_path / "out")

    def test_no_scale_no_files_and_other_effects(self, pattern: str, tmp_path: Path) -> None:
        with pytest.raises(UsageProblem, match="need a scale"):
            bulk(pattern, tmp_path / "out", scale=None)
        with pytest.raises(NotFound, match="no Parquet file"):
            bulk(str(tmp_path / "none" / "*.parquet"), tmp_path / "out")
        with pytest.raises(UsageProblem, match="in shards the effects are"):
            bulk(pattern, tmp_path / "out", options=ScoringOptions(effects=("candidate", "question")))

    def test_ratings_that_carry_no_model(self, tmp_path: Path) -> None:
        one = simulated(candidates=1, interviewers=10)
        with pytest.raises(Refused, match="there is one candidate only"):
            bulk(write(tmp_path / "in", one, 1), tmp_path / "out")

    def test_results_that_are_there_already(self, pattern: str, tmp_path: Path) -> None:
        bulk(pattern, tmp_path / "out")
        with pytest.raises(Refused, match="holds results already"):
            bulk(pattern, tmp_path / "out")


@pytest.mark.slow
def test_an_end_of_the_scale_that_holds_most_ratings_is_said_as_on_one_machine(tmp_path: Path) -> None:
    table = simulated(candidates=120, interviewers=20)
    packed = pa.array([word if word in "12" else "5" for word in words_of(table, "rating")])
    table = table.set_column(3, "rating", packed)
    done = bulk(write(tmp_path / "in", table), tmp_path / "out")
    said = [each for each in done.comparison.findings if each.code == "ceiling"]
    assert said == [each for each in whole(tmp_path, table).findings if each.code == "ceiling"]
    assert len(said) == 1


def test_panels_that_share_nobody_are_not_ranked_together(tmp_path: Path) -> None:
    one = simulated(candidates=60, interviewers=12)
    other = simulated(seed=2, candidates=60, interviewers=12)
    for at, name in enumerate(("candidate", "interviewer")):
        other = other.set_column(at, name, pa.array([f"{word} of others" for word in other.column(name).to_pylist()]))
    done = bulk(write(tmp_path / "in", pa.concat_tables([one, other])), tmp_path / "out")
    assert [each.code for each in done.comparison.findings] == ["disconnected"]
    assert {row["rank"] for row in rows_of(tmp_path / "out").values()} == {None}
