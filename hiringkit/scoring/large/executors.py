"""Who computes on shards: this process, its threads, or a cluster. Nothing else differs between them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from typing import Any, Protocol, TypeVar

from attrs import frozen

T = TypeVar("T")


@frozen(eq=False)
class Shared:
    """Something large that all shards need, as it may be, and its size in bytes."""

    value: Any
    nbytes: int


class Executor(Protocol):
    """Computes functions of shards, which stay where they are; all else that they are given is shared by all."""

    done: Callable[[], None]
    """Called for each shard of which something was brought here."""

    def spread(self, function: Callable[..., Any], inputs: Sequence[Sequence[Any]], *shared: Any) -> Sequence[Any]:
        """Return what the function makes of each input, whose entries are its first arguments: shards."""

    def each(self, function: Callable[..., Any], shards: Sequence[Any], *shared: Any) -> Sequence[Any]:
        """Return what the function makes of each shard: further shards, which stay where they are."""

    def total(self, function: Callable[..., tuple[Any, ...]], shards: Sequence[Any], *shared: Any) -> Any:
        """Return the sums, over all shards in their order, of the entries of the tuples that the function returns."""

    def gathered(self, function: Callable[..., Any], shards: Sequence[Any], *shared: Any) -> list[Any]:
        """Return what the function makes of each shard, brought here."""

    def one_by_one(self, shards: Sequence[Any]) -> Iterator[Any]:
        """Bring the shards themselves here, one at a time."""

    def again(self, function: Callable[[], T]) -> T:
        """Compute in several steps, and begin again with the first where something was lost."""


def add_up(found: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    """Add tuples entry by entry, in their order; None is nothing."""
    return reduce(lambda one, other: tuple(map(_plus, one, other)), found)


def _plus(one: Any, other: Any) -> Any:
    return other if one is None else one if other is None else one + other


def _nothing() -> None:
    pass


class InProcess:
    """Computes in this process: one shard after the other, or several at a time.

    NumPy and SciPy let each other's threads go on.
    """

    def __init__(self, threads: int = 1) -> None:
        self._map: Any = map if threads == 1 else ThreadPoolExecutor(threads).map
        self.done: Callable[[], None] = _nothing

    def spread(self, function: Callable[..., Any], inputs: Sequence[Sequence[Any]], *shared: Any) -> Sequence[Any]:
        """Compute at once."""
        return list(self._map(lambda each: function(*each, *shared), inputs))

    def each(self, function: Callable[..., Any], shards: Sequence[Any], *shared: Any) -> Sequence[Any]:
        """Compute at once."""
        return list(self._map(lambda shard: function(shard, *shared), shards))

    def total(self, function: Callable[..., tuple[Any, ...]], shards: Sequence[Any], *shared: Any) -> Any:
        """Add up in the order of the shards."""
        return add_up(self._map(lambda shard: function(shard, *shared), shards))

    def gathered(self, function: Callable[..., Any], shards: Sequence[Any], *shared: Any) -> list[Any]:
        """Compute at once."""
        return list(self.one_by_one(self._map(lambda shard: function(shard, *shared), shards)))

    def one_by_one(self, shards: Iterable[Any]) -> Iterator[Any]:
        """Hand them on."""
        for shard in shards:
            yield shard
            self.done()

    def again(self, function: Callable[[], T]) -> T:
        """Compute: nothing is ever lost."""
        return function()
