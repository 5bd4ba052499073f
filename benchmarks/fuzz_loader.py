"""Byte-level fuzzing of everything that reads a rubric or a bank: load, review, structure score, dump, schema.

Run `python benchmarks/fuzz_loader.py [--minutes 10] [--seed 1] [--finds DIR]`. Inputs are shipped files and hostile
seeds, mutated by bytes, lines, tokens and splices; those that reach code that none before reached are kept and mutated
further. A child process does the work, so that a crash of libyaml or a hang is a find and not the end. A find is a
traceback, a crash, more than two seconds of processor time, or a load that gives nothing and does not say why.
"""

import argparse
import hashlib
import multiprocessing
import random
import sys
import time
import traceback
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType

from hiringkit.domain.finding import has_errors
from hiringkit.domain.rubric import Rubric
from hiringkit.library import documents
from hiringkit.library.catalog import Library
from hiringkit.library.review import review_text
from hiringkit.library.yaml.write import dump_rubric

HOME = Path(__file__).parents[1]
LONGEST = 2.0
"""Seconds that one input may take."""
MOST_KEPT = 4000
LARGEST = 200_000

HOSTILE = [
    b"", b"\xff\xfe", b"\x00", b"[" * 5000, b"{" * 5000, b"- " * 5000, b"? " * 3000, b"a: &a [*a]", b"&a a: *a",
    b"!!python/object:os.system x", b"%YAML 9.9\n---\n", b"---\n---\n", b"<<: {a: 1}", b'"\\ud800"', b"\xed\xa0\x80",
    b"hiringkit: rubric/1\nid: " + b"9" * 3000, b"hiringkit: rubric/1\ncriteria:\n" + b"  - {weight: 1e308}\n" * 300,
    b"hiringkit: question-bank/1\nquestions:\n" + b"  - {id: a, anchors: {1: good, 2: good}}\n" * 500,
    b"scale: {levels: [{value: -99999999999999999999999999999999999999}]}", b"key: |\n  text\n\ttab", b"a: !<tag:> b",
    "hiringkit：rubric/1".encode(), "title: {en: \u202e\u2066, zh: \ufeff}".encode(), b"a: 1:30\nb: 0o7\nc: .inf",
]  # fmt: skip
TOKENS = [
    b"hiringkit: rubric/1\n", b"hiringkit: question-bank/1\n", b"null", b"~", b"true", b"no", b"1e999", b"-0", b"0x1F",
    b"{}", b"[]", b"{en: x}", b"&a ", b"*a", b"!!int ", b"<<: ", b"? ", b"|", b">-", b"'", b'"', b"\t", b"\r\n", b"#",
    b"\xe2\x80\xa8", b"\xc2\x85", b"\x1b]0;x\x07", b"{{", b"%s{0}{x!r}", b"1" * 400, b": ", b"- ", b",", b"\\x00",
    b"\\ud800", b"99999999999", "？".encode(), "怎么，怎么".encode(), b"use: [a, a]", b"bank: sales-operations",
    b"and how ", b"your age", b"anchors: ", b"policy: {panel: {minimum: 3}, interview_minutes: 60}",
]  # fmt: skip


def seeds() -> list[bytes]:
    """Return the shipped files, pieces of them, and hostile inputs."""
    shipped = [
        path.read_bytes() for folder in ("rubrics", "question_banks") for path in (HOME / folder).rglob("*.yaml")
    ]
    pieces = [b"\n".join(data.split(b"\n")[:lines]) for data in shipped for lines in (30, 120)]
    return [*HOSTILE, *pieces, *shipped]


def mutate(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """Change an input in one to eight places."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 8))):
        _mutate_once(changed, others, chance)
    return bytes(changed[:LARGEST])


def _mutate_once(data: bytearray, others: list[bytes], chance: random.Random) -> None:
    start = chance.randrange(len(data) + 1)
    end = min(len(data), start + chance.choice((1, 1, 2, 8, 40, 400)))
    piece = bytes(data[start:end])
    match chance.randrange(9):
        case 0:
            data[start:end] = b""
        case 1:
            data[start:end] = chance.randbytes(len(piece))
        case 2:
            data[start:start] = chance.choice(TOKENS)
        case 3:
            data[start:end] = chance.choice(TOKENS)
        case 4:
            data[start:start] = piece * chance.choice((1, 2, 50))
        case 5 if piece:
            data[start] ^= 1 << chance.randrange(8)
        case 6:
            other = chance.choice(others)
            cut = chance.randrange(len(other) + 1)
            data[start:end] = other[cut : cut + chance.choice((10, 100, 2000))]
        case _:
            _mutate_line(data, chance)


def _mutate_line(data: bytearray, chance: random.Random) -> None:
    """Drop, double, move or indent a line."""
    lines = bytes(data).split(b"\n")
    at = chance.randrange(len(lines))
    line = lines.pop(at)
    match chance.randrange(4):
        case 1:
            lines[at:at] = [line, line]
        case 2:
            lines.insert(chance.randrange(len(lines) + 1), line)
        case 3:
            lines.insert(at, b" " * chance.choice((1, 2, 4)) + line)
    data[:] = b"\n".join(lines)


class Broken(Exception):  # noqa: N818 - a promise, not an error
    """A promise of the loader was broken."""


def check(data: bytes, library: Library) -> None:
    """Do with an input everything that the program does with a file.

    Raises:
        Broken: A load gave nothing and did not say why, or what it gave does not read back.
    """
    review = review_text(library, data)
    "\n".join(map(str, review.findings)).encode()
    for kind in documents.Kind:
        value, findings = documents.result_of(documents.draft(data, "-", kind))
        if (value is None) is not has_errors(findings):
            raise Broken("a load that gives nothing must say why, and only that")
        if isinstance(value, Rubric) and documents.parse_rubric(dump_rubric(value))[0] != value:
            raise Broken("a rubric must read back equal")


class Tracer:
    """Remembers which steps from line to line of the library were taken."""

    def __init__(self) -> None:
        self.reached: set[tuple[str, int, int]] = set()
        self.last = 0

    def __call__(self, frame: FrameType, event: str, arg: object) -> "Tracer | None":
        """Take a line; the shape is that of `sys.settrace`."""
        if "hiringkit/library" not in frame.f_code.co_filename:
            return None
        self.reached.add((frame.f_code.co_filename, self.last, frame.f_lineno))
        self.last = frame.f_lineno
        return self


def serve(pipe: Connection) -> None:
    """Check inputs until there are no more; answer whether new code was reached, and what went wrong if anything."""
    library, tracer = Library([HOME]), Tracer()
    for data in iter(pipe.recv, None):
        known, large = len(tracer.reached), len(data) > 20_000  # noqa: PLR2004 - tracing would take minutes
        seconds, fault = attempt(data, library, None if large else tracer)
        if seconds > LONGEST and not fault:
            seconds, fault = attempt(data, library, None)
        if seconds > LONGEST and not fault:
            fault = f"more than {LONGEST:g} s"
        pipe.send((len(tracer.reached) > known, fault))


def attempt(data: bytes, library: Library, tracer: Tracer | None) -> tuple[float, str]:
    """Return the processor seconds that an input takes, and the traceback if there is one."""
    start = time.process_time()
    sys.settrace(tracer)
    try:
        check(data, library)
    except Exception:  # noqa: BLE001 - whatever it is, it is a find
        return 0, traceback.format_exc()
    finally:
        sys.settrace(None)
    return time.process_time() - start, ""


class Worker:
    """A child process, started anew when it dies or hangs."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Start the child."""
        self.pipe, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.Process(target=serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def run(self, data: bytes, limit: float) -> tuple[bool, str]:
        """Return whether an input reached new code, and what went wrong."""
        try:
            self.pipe.send(data)
            if self.pipe.poll(limit):
                answer: tuple[bool, str] = self.pipe.recv()
                return answer
            fault = f"no answer in {limit:g} s"
        except (EOFError, OSError):
            self.process.join()
            fault = f"the process died: exit code {self.process.exitcode}"
        self.process.kill()
        self.process.join()
        self.start()
        return True, fault


def generate(corpus: list[bytes], chance: random.Random) -> Iterator[bytes]:
    """Yield the corpus as it is, then mutations of it for ever."""
    yield from list(corpus)
    while True:
        # newer ones reached new code, so they are tried more often
        pool = corpus[-100:] if chance.randrange(2) else corpus
        base = min(chance.choices(pool, k=2), key=len)  # small ones are quick, and no poorer
        yield mutate(base, corpus, chance)


def main() -> None:
    """Fuzz, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--finds", type=Path, default=Path("fuzz-finds"))
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311 - mutations, not secrets
    corpus, worker, kinds, count = seeds(), Worker(), dict[str, str](), 0
    start = time.monotonic()
    for data in generate(corpus, chance):
        if time.monotonic() - start > options.minutes * 60:
            break
        count += 1
        new, fault = worker.run(data, 60 * LONGEST)  # a machine that does other work too may be that slow
        if fault:
            kind = fault.strip().splitlines()[-1][:200]
            name = hashlib.sha256(data).hexdigest()[:12]
            if kind not in kinds:
                kinds[kind] = name
                options.finds.mkdir(exist_ok=True)
                (options.finds / f"{name}.yaml").write_bytes(data)
                (options.finds / f"{name}.txt").write_text(fault, encoding="utf-8")
                print(f"FIND {name}: {kind}", flush=True)
        elif new and len(corpus) < MOST_KEPT:
            corpus.append(data)
    print(f"{count} inputs in {time.monotonic() - start:.0f} s, {len(corpus)} kept, {len(kinds)} kinds of finds")
    sys.exit(1 if kinds else 0)


if __name__ == "__main__":
    main()
