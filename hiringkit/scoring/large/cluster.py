"""Shards on a Dask cluster.

A shard is a future whose worker can be lost: the scheduler then computes it anew elsewhere, from the file on, which
gives the same numbers. Vectors that all shards need are sent to every worker; where they are lost with it, the
computation that needs them is repeated. Sums are taken worker by worker and then here.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from sys import version_info
from typing import Any, TypeVar

import numpy as np

import hiringkit
from hiringkit.errors import Refused
from hiringkit.scoring.large.executors import Shared, add_up
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

LOCAL = "local"
SMALL = 1_000_000
"""Bytes up to which an array is sent along with what is to be computed."""
TRIES = 5
"""How many times a computation is begun whose vectors or workers were lost."""
T = TypeVar("T")
_ENVIRONMENT = "distributed.nanny.pre-spawn-environ"
KEPT_MEMORY = {f"{_ENVIRONMENT}.MALLOC_MMAP_MAX_": 0, f"{_ENVIRONMENT}.MALLOC_TRIM_THRESHOLD_": 1 << 33}
"""Processes keep what they free: the next column is as long as the last one, and to ask for its memory anew can take as
long as to compute it."""

NO_DASK = Sentence("A cluster needs dask and distributed, which are not installed")
NO_CLUSTER = Sentence("no cluster answers at {address}")
NOT_STARTED = Sentence("the processes cannot be started: {reason}")
ADDRESS_HINT = Sentence("local, local:4, or the address of a scheduler such as tcp://10.0.0.1:8786")
GONE = Sentence("the cluster's scheduler does not answer any more")
DIED = Sentence("workers died over and over at the same work")
DIED_HINT = Sentence("most likely for want of memory: give more workers, or files with smaller row groups")
RESUME = Sentence("start the cluster and run the same command again; with --checkpoint it goes on where it was")
UNLIKE = Sentence("the worker {worker} has {theirs}, and here is {ours}")
UNLIKE_HINT = Sentence("install the same versions on all workers: pip install hiringkit[cluster]")


def local_workers(address: str) -> int | None:
    """Return how many workers to start on this machine; None for a cluster that runs already, 0 for one a core."""
    name, colon, count = address.partition(":")
    if name != LOCAL:
        return None
    if colon and not (count.isdecimal() and int(count)):
        raise Refused(Sentence("{address} is no number of workers").format(address=address), hint=ADDRESS_HINT)
    return int(count) if count else 0


@contextmanager
def connect(address: str) -> Iterator["DaskExecutor"]:
    """Start a cluster of processes on this machine, or connect to one.

    Args:
        address: `local`, `local:N`, or where a scheduler is.

    Raises:
        Refused: Dask is not installed, nobody answers, or the scheduler is lost on the way.
    """
    try:
        import dask  # noqa: PLC0415 - an extra
        import distributed as package  # noqa: PLC0415 - likewise
    except ImportError:
        raise Refused(NO_DASK, hint="pip install hiringkit[cluster]") from None
    distributed: Any = package  # it has few types
    count, cluster = local_workers(address), None
    if count is not None:
        try:
            with dask.config.set(KEPT_MEMORY):
                cluster = distributed.LocalCluster(
                    n_workers=count or None,
                    threads_per_worker=1,
                    processes=True,
                    dashboard_address="127.0.0.1:0",
                    silence_logs=50,
                )
        except (OSError, RuntimeError) as error:
            raise Refused(NOT_STARTED.format(reason=clean_line(str(error)))) from error
    try:
        client = distributed.Client(address if cluster is None else cluster, set_as_default=False)
    except (OSError, ValueError, distributed.comm.CommClosedError) as error:
        raise Refused(NO_CLUSTER.format(address=address), hint=ADDRESS_HINT) from error
    try:
        executor = DaskExecutor(client)
        if cluster is None:
            executor.check_versions()
        yield executor
    finally:
        client.close(timeout=1)
        if cluster is not None:
            cluster.close(timeout=10)


class DaskExecutor:
    """Computes on the workers of a cluster."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.workers = sorted(self._at(client.scheduler_info, n_workers=-1)["workers"])
        if not self.workers:
            raise Refused(Sentence("the cluster has no workers"), hint="start some: dask worker ADDRESS")
        self.moved = 0
        """Bytes of vectors and sums sent to and from workers."""
        self._grouped: tuple[Any, list[list[Any]]] = (None, [])
        self.sums = 0
        """How many times sums over all shards were taken."""
        self.done: Callable[[], None] = lambda: None
        """Called for each shard that is brought here."""

    def check_versions(self) -> None:
        """Refuse workers with other versions, which might compute something else.

        Raises:
            Refused: There are such workers.
        """
        ours = versions()
        for worker, theirs in self.client.run(versions, on_error="return").items():
            if theirs != ours:
                found = theirs if isinstance(theirs, str) else clean_line(str(theirs))
                raise Refused(UNLIKE.format(worker=worker, theirs=found, ours=ours), hint=UNLIKE_HINT)

    def spread(self, function: Callable[..., Any], inputs: Sequence[Sequence[Any]], *shared: Any) -> list[Any]:
        """Begin a shard of each input, whose entries are the function's arguments, on whatever worker is free."""
        given = self._shared(shared)
        return [self.client.submit(function, *each, *given, pure=False) for each in inputs]

    def each(self, function: Callable[..., Any], shards: Sequence[Any], *shared: Any) -> Sequence[Any]:
        """Begin to compute where the shards are."""
        return [self.client.submit(function, shard, *self._shared(shared), pure=False) for shard in shards]

    def total(self, function: Callable[..., tuple[Any, ...]], shards: Sequence[Any], *shared: Any) -> Any:
        """Add up worker by worker, then here."""

        def begun() -> Any:
            self.sums += 1
            given = self._shared(shared)
            parts = [self.client.submit(_added, function, group, *given, pure=False) for group in self._groups(shards)]
            return add_up(self._counted(self.client.gather(parts)))

        return self._at(self._again, begun)

    def gathered(self, function: Callable[..., Any], shards: Sequence[Any], *shared: Any) -> list[Any]:
        """Bring results here one after the other."""

        def begun() -> list[Any]:
            import distributed as package  # noqa: PLC0415 - an extra

            distributed: Any = package
            given = self._shared(shared)
            futures = [self.client.submit(function, shard, *given, pure=False) for shard in shards]
            place = {future.key: at for at, future in enumerate(futures)}
            found: list[Any] = [None] * len(futures)
            for future in distributed.as_completed(futures, loop=self.client.loop):
                found[place[future.key]] = future.result()
                self.done()
            return self._counted(found)

        found: list[Any] = self._at(self._again, begun)
        return found

    def one_by_one(self, shards: Sequence[Any]) -> Iterator[Any]:
        """Bring shards here one at a time, in their order, and forget each where it was."""
        for future in shards:
            yield self._at(self._again, future.result)
            self.done()

    def _groups(self, shards: Sequence[Any]) -> list[list[Any]]:
        """Return the shards by the worker that has them, as it was when these were first asked for."""
        if self._grouped[0] is not shards:
            import distributed as package  # noqa: PLC0415 - an extra

            distributed: Any = package
            list(distributed.as_completed(shards, loop=self.client.loop))  # waits until all are there
            where, found = self.client.who_has(shards), dict[str, list[Any]]()
            for shard in shards:
                found.setdefault(next(iter(where.get(shard.key, ())), ""), []).append(shard)
            self._grouped = shards, list(found.values())
        return self._grouped[1]

    def _shared(self, shared: Sequence[Any]) -> list[Any]:
        """Send large vectors to all workers."""
        out = []
        for each in shared:
            size = each.nbytes if isinstance(each, np.ndarray | Shared) else 0
            self.moved += size * len(self.workers)
            if size > SMALL:
                out.append(self.client.scatter([each], broadcast=True, hash=False)[0])
            else:
                out.append(each)
        return out

    def _counted(self, found: list[Any]) -> list[Any]:
        for each in found:
            entries = each if isinstance(each, tuple) else (each,)
            self.moved += sum(entry.nbytes for entry in entries if isinstance(entry, np.ndarray))
        return found

    def again(self, function: Callable[[], T]) -> T:
        """Compute in several steps, and begin again with the first where something was lost."""
        found: T = self._at(self._again, function)
        return found

    def _again(self, function: Callable[[], T]) -> T:
        """Compute, and begin again where vectors were lost with a worker."""
        from concurrent.futures import CancelledError  # noqa: PLC0415 - what distributed raises

        for _ in range(TRIES):
            try:
                return function()
            except CancelledError:
                self._grouped = (None, [])
                if self.client.status != "running":
                    raise
        return function()

    def _at(self, function: Callable[..., T], *given: Any, **named: Any) -> T:
        """Call a function that waits for the cluster, and say what is wrong with it in words."""
        from concurrent.futures import CancelledError  # noqa: PLC0415 - what distributed raises

        import distributed as package  # noqa: PLC0415 - an extra

        distributed: Any = package
        try:
            return function(*given, **named)
        except distributed.KilledWorker as error:
            raise Refused(DIED, hint=DIED_HINT) from error
        except (distributed.comm.CommClosedError, CancelledError, OSError) as error:
            raise Refused(GONE, hint=RESUME) from error


def versions() -> str:
    """Return the versions that have to be the same everywhere."""
    return (
        f"hiringkit {hiringkit.__version__}, Python {version_info.major}.{version_info.minor}, NumPy {np.__version__}"
    )


def _added(function: Callable[..., tuple[Any, ...]], shards: Sequence[Any], *shared: Any) -> tuple[Any, ...]:
    return add_up(function(shard, *shared) for shard in shards)
