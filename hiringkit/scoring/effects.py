"""The random effects of the mixed model: one row for each, from which names, defaults and parsing are made."""

from collections.abc import Sequence

from attrs import frozen

from hiringkit.errors import UsageProblem
from hiringkit.text.sentence import Sentence

CANDIDATE, INTERVIEWER, QUESTION, CRITERION = FACTORS = ("candidate", "interviewer", "question", "criterion")
"""What ratings are crossed by; effects are these and their pairs."""


@frozen
class RandomEffect:
    """One random effect."""

    factors: tuple[str, ...]
    """One or two of FACTORS, in their order."""
    usual: bool
    """Whether it is fitted by default, as far as the design supports it."""
    meaning: str
    """What its variance is."""

    @property
    def name(self) -> str:
        """Its name on the command line and in results, such as `candidate:interviewer`."""
        return ":".join(self.factors)


EFFECTS = (
    RandomEffect((CANDIDATE,), True, "differences between candidates: what a hire is about"),
    RandomEffect((INTERVIEWER,), True, "severity: some interviewers rate everybody lower"),
    RandomEffect((QUESTION,), False, "difficulty: some questions are rated lower for everybody"),
    RandomEffect((CRITERION,), False, "some criteria are rated lower for everybody"),
    RandomEffect((CANDIDATE, INTERVIEWER), True, "halo: what one interview has for all its questions"),
    RandomEffect((CANDIDATE, QUESTION), False, "a candidate's luck with a question"),
    RandomEffect((CANDIDATE, CRITERION), True, "strengths and weaknesses"),
    RandomEffect((INTERVIEWER, QUESTION), False, "how an interviewer rates a question"),
    RandomEffect((INTERVIEWER, CRITERION), True, "how an interviewer rates a criterion"),
    RandomEffect((QUESTION, CRITERION), False, "what a question asks of a criterion"),
)
"""Every effect that can be named."""
NAMES = tuple(effect.name for effect in EFFECTS)
DEFAULT_EFFECTS = tuple(effect.name for effect in EFFECTS if effect.usual)
HALO, OWN, SHARED = "candidate:interviewer", "candidate:criterion", "interviewer:criterion"
"""The pairs that code refers to by name."""


def parse_effects(names: Sequence[str]) -> tuple[str, ...]:
    """Bring names of random effects into their standard form and order, each once.

    Raises:
        UsageProblem: A name is unknown, or `candidate` is missing.
    """
    found = set()
    for name in names:
        parts = sorted(name.strip().split(":"), key=lambda f: FACTORS.index(f) if f in FACTORS else -1)
        effect = ":".join(parts)
        if effect not in NAMES:
            hint = Sentence("effects are {names} and their pairs, such as candidate:criterion").format(
                names=", ".join(FACTORS)
            )
            raise UsageProblem(Sentence("no effect called {name!r}").format(name=name), hint=hint)
        found.add(effect)
    if CANDIDATE not in found:
        raise UsageProblem("the effects leave out candidate, so there is nobody to score", hint="add candidate")
    return tuple(name for name in NAMES if name in found)
