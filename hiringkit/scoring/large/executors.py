"""Who computes on shards: this process, its threads, or a cluster. Nothing else differs between them."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from typing import Any, Protocol


class Executor(Protocol):
    """Computes functions of shards, which stay where they are; all else that they are given is shared by all."""

    def each(self, function: Callable[..., Any], shards: Sequence[Any], *shared: Any) -> Sequence[Any]:
        """Return what the function makes of each shard: further shards, which stay where they are."""

    def total(self, function: Callable[..., tuple[Any, ...]], shards: Sequence[Any], *shared: Any) -> Any:
        """Return the sums, over all shards in their order, of the entries of the tuples that the function returns."""

    def gathered(self, function: Callable[..., Any], shards: Sequence[Any], *shared: Any) -> list[Any]:
        """Return what the function makes of each shard, brought here."""


def add_up(found: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    """Add tuples entry by entry, in their order; None is nothing."""
    return reduce(lambda one, other: tuple(map(_plus, one, other)), found)


def _plus(one: Any, other: Any) -> Any:
    return other if one is None else one if other is None else one + other


class InProcess:
    """Computes one shard after the other in this process."""

    def each(self, function: Callable[..., Any], shards: Sequence[Any], *shared: Any) -> Sequence[Any]:
        """Compute at once."""
        return [function(shard, *shared) for shard in shards]

    def total(self, function: Callable[..., tuple[Any, ...]], shards: Sequence[Any], *shared: Any) -> Any:
        """Add up as they are computed."""
        return add_up(function(shard, *shared) for shard in shards)

    def gathered(self, function: Callable[..., Any], shards: Sequence[Any], *shared: Any) -> list[Any]:
        """Compute at once."""
        return [function(shard, *shared) for shard in shards]


class Threads:
    """Computes several shards at a time in this process; NumPy and SciPy let each other go on meanwhile."""

    def __init__(self, count: int) -> None:
        self._pool = ThreadPoolExecutor(count)

    def each(self, function: Callable[..., Any], shards: Sequence[Any], *shared: Any) -> Sequence[Any]:
        """Compute at once."""
        return self.gathered(function, shards, *shared)

    def total(self, function: Callable[..., tuple[Any, ...]], shards: Sequence[Any], *shared: Any) -> Any:
        """Add up in the order of the shards."""
        return add_up(self._pool.map(lambda shard: function(shard, *shared), shards))

    def gathered(self, function: Callable[..., Any], shards: Sequence[Any], *shared: Any) -> list[Any]:
        """Compute at once."""
        return list(self._pool.map(lambda shard: function(shard, *shared), shards))
