"""Priors on ratios of standard deviations: how large an effect is relative to the residual, before any rating."""

from collections.abc import Mapping

import numpy as np
from attrs import evolve, frozen

from hiringkit.errors import UsageProblem
from hiringkit.scoring.arrays import Floats
from hiringkit.scoring.effects import HALO, OWN, SHARED
from hiringkit.text.sentence import Sentence


@frozen
class TwoPiece:
    """A ratio whose logarithm is about normal, with a long tail upwards.

    Below the centre the logarithm is normal: no effect is believed to be exactly zero. Above it is t, so that ratings
    which clearly show a larger effect prevail.
    """

    center: float
    """The likeliest ratio, on the scale of logarithms; about the median."""
    spread: float
    """Scale of the logarithm on both sides."""
    freedom: float = 4.0
    """Of the upper side."""

    def log_density(self, logs: Floats) -> Floats:
        """Return the log density of the ratio's logarithm, up to a constant."""
        squared = ((logs - np.log(self.center)) / self.spread) ** 2
        upper = -0.5 * (self.freedom + 1) * np.log1p(squared / self.freedom)
        return np.asarray(np.where(logs < np.log(self.center), -0.5 * squared, upper))

    def __str__(self) -> str:
        tails = f"normal below, t with {self.freedom:g} df above"
        return f"log ratio about log {self.center:g}, scale {self.spread:g}; {tails}"


@frozen
class HalfT:
    """A half-t ratio, which may well be zero (Gelman 2006)."""

    freedom: float
    scale: float

    @property
    def center(self) -> float:
        """Starting point of a search."""
        return self.scale

    def log_density(self, logs: Floats) -> Floats:
        """Return the log density of the ratio's logarithm, up to a constant."""
        squared = (np.exp(logs) / self.scale) ** 2
        return logs - 0.5 * (self.freedom + 1) * np.log1p(squared / self.freedom)

    def __str__(self) -> str:
        return f"half-t({self.freedom:g} df, scale {self.scale:g})"


Ratio = TwoPiece | HalfT


@frozen
class Prior:
    """Independent priors on the ratios σ_effect/σ_residual."""

    name: str
    ratios: Mapping[str, Ratio]
    """By effect."""
    otherwise: Ratio
    """For effects that are not named."""

    def of(self, effect: str) -> Ratio:
        """Return the prior of an effect's ratio."""
        return self.ratios.get(effect, self.otherwise)

    def log_density(self, effects: tuple[str, ...], logs: Floats) -> Floats:
        """Return the (M,) log density of (M, K) log ratios, up to a constant."""
        parts = [self.of(effect).log_density(logs[:, k]) for k, effect in enumerate(effects)]
        return np.asarray(np.sum(parts, axis=0))

    def describe(self, effects: tuple[str, ...]) -> dict[str, str]:
        """Say the prior of each effect in words."""
        return {effect: str(self.of(effect)) for effect in effects}

    def for_interviews(self, asked: float) -> "Prior":
        """Return the prior where an interview has so many ratings on average."""
        del asked
        return self


@frozen
class InterviewPrior(Prior):
    """A prior on an interview as a whole: how reliable it is, and how much of its error is halo.

    Studies report how well interviews of one candidate agree, not how a question's residual compares with anything.
    So the candidate and interviewer ratios are relative to the error of an interview's mean, √(halo² +
    residual²/questions), and halo is relative to the part of that error which more questions would remove.
    """

    asked: float = 1.0
    """Ratings of an interview, on average."""

    def for_interviews(self, asked: float) -> "InterviewPrior":
        """Return the prior where an interview has so many ratings on average."""
        return evolve(self, asked=asked)

    def describe(self, effects: tuple[str, ...]) -> dict[str, str]:
        """Say the prior of each effect in words, and what its standard deviation is beside."""
        beside = {
            "candidate": "an interview's error",
            "interviewer": "an interview's error",
            HALO: "what an interview's residuals leave in its mean",
        }
        told = super().describe(effects)
        if HALO not in effects:
            return told
        return {each: f"{text}; beside {beside[each]}" if each in beside else text for each, text in told.items()}

    def log_density(self, effects: tuple[str, ...], logs: Floats) -> Floats:
        """Return the (M,) log density of (M, K) log ratios, up to a constant."""
        logs = np.array(logs)
        if HALO in effects:
            halo = effects.index(HALO)
            error = 0.5 * np.log(np.exp(2.0 * logs[:, halo]) + 1.0 / self.asked)
            logs[:, halo] += 0.5 * np.log(self.asked)
            for effect in {"candidate", "interviewer"} & set(effects):
                logs[:, effects.index(effect)] -= error
        return super().log_density(effects, logs)


INTERVIEW = InterviewPrior(
    "interview",
    {
        "candidate": TwoPiece(1.0, 0.6),
        "interviewer": TwoPiece(0.75, 0.5),
        HALO: TwoPiece(2.0, 0.8),
        OWN: TwoPiece(0.5, 0.6),
        SHARED: TwoPiece(0.3, 0.6),
    },
    TwoPiece(0.4, 0.8),
)
VAGUE = InterviewPrior("vague", {HALO: HalfT(3, 2.0)}, HalfT(3, 1.0))
PRIORS = {prior.name: prior for prior in (INTERVIEW, VAGUE)}


def another(prior: Prior) -> Prior:
    """Return the prior to compare a fit under this one with: the vague one, or the default for that."""
    return INTERVIEW if prior.name == VAGUE.name else VAGUE


def find_prior(name: str | None) -> Prior:
    """Return the named prior, or the default one for None.

    Raises:
        UsageProblem: There is no prior of that name.
    """
    if name is None:
        return INTERVIEW
    if name not in PRIORS:
        raise UsageProblem(
            Sentence("no prior called {name!r}").format(name=name),
            hint=Sentence("known priors: {names}").format(names=", ".join(PRIORS)),
        )
    return PRIORS[name]
