"""Ratings that were given or changed after seeing others': whether they count, and how that is told."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from hiringkit.domain.codes import Code
from hiringkit.domain.conduct import AfterSeeing
from hiringkit.domain.finding import Finding, Severity
from hiringkit.domain.profile import FitProfile
from hiringkit.scoring.ratings import Ratings, without_late
from hiringkit.text.sentence import Sentence

TOLD = {
    AfterSeeing.COUNT: Sentence("{name} gave or changed ratings after seeing others', which count: {ratings}"),
    AfterSeeing.EXCLUDE: Sentence(
        "{name} gave or changed ratings after seeing others', which the rubric's policy leaves out: {ratings}"
    ),
}
_SHOWN = 5


@frozen
class LateRatings:
    """How many ratings were given after seeing others', and what the policy makes of them."""

    policy: AfterSeeing
    counts: Mapping[tuple[str, str], int]
    """By the ids of interviewer and candidate."""

    def flagged(self, profiles: Sequence[FitProfile]) -> tuple[FitProfile, ...]:
        """Return profiles, with a flag on those of candidates who have such ratings."""
        candidates = {candidate for _interviewer, candidate in self.counts}
        return tuple(
            evolve(each, flags=(*each.flags, Code.AFTER_SEEING.value)) if each.candidate in candidates else each
            for each in profiles
        )

    def findings(
        self, hint: str, interviewer_names: Mapping[str, str] | None = None, names: Mapping[str, str] | None = None
    ) -> Iterator[Finding]:
        """Say of each interviewer how many such ratings they gave, and of whom.

        Args:
            hint: Where each of them can be found.
            interviewer_names: By id; an interviewer who is not in it is called by the id.
            names: Of candidates, likewise.
        """
        for who in dict.fromkeys(interviewer for interviewer, _candidate in self.counts):
            rated = [(candidate, count) for (by, candidate), count in self.counts.items() if by == who]
            parts = [f"{(names or {}).get(candidate, candidate)} {count}" for candidate, count in rated[:_SHOWN]]
            if len(rated) > _SHOWN:
                parts.append("…")
            message = TOLD[self.policy].format(name=(interviewer_names or {}).get(who, who), ratings=", ".join(parts))
            yield Finding(Code.AFTER_SEEING, message, Severity.WARNING, hint)


def late_ratings(ratings: Ratings, policy: AfterSeeing) -> LateRatings:
    """Count the ratings that were given after seeing others'."""
    if ratings.after_seeing is None or not ratings.after_seeing.any():
        return LateRatings(policy, {})
    late = ratings.take(ratings.after_seeing)
    pairs = zip(late.interviewer.tolist(), late.candidate.tolist(), strict=True)
    counts = Counter((ratings.interviewers[by], ratings.candidates[of]) for by, of in pairs)
    return LateRatings(policy, counts)


def counted(ratings: Ratings, policy: AfterSeeing) -> Ratings:
    """Return the ratings that count under the policy."""
    return without_late(ratings) if policy is AfterSeeing.EXCLUDE else ratings
