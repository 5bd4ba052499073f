"""Priors on ratios of standard deviations: how large an effect is beside the residual, before any rating."""

from collections.abc import Mapping

import numpy as np
from attrs import frozen

from hiringkit.domain.sentence import Sentence
from hiringkit.errors import UsageProblem
from hiringkit.scoring.ratings import Floats


@frozen
class LogNormal:
    """A ratio that is as likely to be above its median as below, and by factors rather than by points."""

    median: float
    spread: float
    """Standard deviation of the ratio's logarithm."""

    def log_density(self, logs: Floats) -> Floats:
        """Return the log density of the ratio's logarithm, up to a constant."""
        return np.asarray(-0.5 * ((logs - np.log(self.median)) / self.spread) ** 2)

    def __str__(self) -> str:
        return f"lognormal(median {self.median:g}, log sd {self.spread:g})"


@frozen
class HalfT:
    """A ratio that may well be zero (Gelman 2006)."""

    freedom: float
    scale: float

    @property
    def median(self) -> float:
        """Where to begin a search."""
        return self.scale

    def log_density(self, logs: Floats) -> Floats:
        """Return the log density of the ratio's logarithm, up to a constant."""
        squared = (np.exp(logs) / self.scale) ** 2
        return logs - 0.5 * (self.freedom + 1) * np.log1p(squared / self.freedom)

    def __str__(self) -> str:
        return f"half-t({self.freedom:g} df, scale {self.scale:g})"


Ratio = LogNormal | HalfT


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


INTERVIEW = Prior(
    "interview",
    {
        "candidate": LogNormal(0.8, 0.6),
        "interviewer": LogNormal(0.5, 0.5),
        "candidate:interviewer": LogNormal(0.5, 0.7),
        "candidate:criterion": LogNormal(0.5, 0.6),
        "interviewer:criterion": LogNormal(0.3, 0.6),
    },
    LogNormal(0.4, 0.8),
)
VAGUE = Prior("vague", {}, HalfT(3, 1.0))
PRIORS = {prior.name: prior for prior in (INTERVIEW, VAGUE)}


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
