"""How long a rubric takes to be read and checked: ours beside PyYAML alone, in the same run.

Run `python benchmarks/library.py [--lines N]`. The rubric is generated, in two languages, in block style.
"""

import argparse
import subprocess
import sys
from collections.abc import Callable
from time import perf_counter

import yaml

from hiringkit.library.documents import parse_rubric

FRESH = """
from time import perf_counter
start = perf_counter()
from hiringkit.library.catalog import Library
print((perf_counter() - start) * 1e3)
"""


def both(text: str) -> str:
    """Write a text in both languages, at the length that real ones have."""
    english, chinese = (
        f"{text}, in a sentence of the length that such texts have",
        f"{text}，一句长短相当的中文",
    )
    return f'{{en: "{english}", zh: "{chinese}"}}'


def anchors() -> str:
    """Write five anchors, in six lines."""
    return "    anchors:\n" + "".join(f"      {level}: {both('Anchor')}\n" for level in range(1, 6))


def criterion(i: int) -> str:
    """Write a criterion of eleven lines."""
    texts = f"    name: {both('Name')}\n    definition: {both('Definition')}\n"
    return f"  - id: criterion-{i}\n    kind: competency\n{texts}    weight: {i + 1}\n{anchors()}"


def question(i: int) -> str:
    """Write a question of sixteen lines that asks for that criterion."""
    texts = f"    text: {both('Question')}\n    why: {both('Why')}\n    criteria: {{criterion-{i}: 2}}\n"
    lists = f"    probes:\n      - {both('Probe')}\n    look_for:\n      - {both('Sign')}\n"
    return f"  - id: question-{i}\n    kind: behavioural\n{texts}    minutes: 8\n{lists}{anchors()}"


def rubric_of(lines: int) -> str:
    """Return a rubric without a fault of at least so many lines."""
    numbers = range(-(-(lines - 6) // 27))
    head = f"hiringkit: rubric/1\nid: benchmark\nversion: 1.0.0\ntitle: {both('Title')}\n"
    criteria, questions = "".join(map(criterion, numbers)), "".join(map(question, numbers))
    return f"{head}criteria:\n{criteria}questions:\n{questions}"


def fastest(work: Callable[[], object], rounds: int = 50) -> float:
    """Return the milliseconds of the fastest round: what the work takes when nothing else runs."""
    best = float("inf")
    for _ in range(rounds):
        start = perf_counter()
        work()
        best = min(best, perf_counter() - start)
    return best * 1e3


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=500)
    text = rubric_of(parser.parse_args().lines)
    rubric, findings = parse_rubric(text)
    if rubric is None or findings:
        raise SystemExit("\n".join(map(str, findings)))
    ours = fastest(lambda: parse_rubric(text))
    peer = fastest(lambda: yaml.load(text, Loader=yaml.CSafeLoader))
    importing = min(
        float(subprocess.run([sys.executable, "-c", FRESH], check=True, capture_output=True, text=True).stdout)
        for _ in range(5)
    )
    print(f"rubric: {text.count(chr(10))} lines, {len(text.encode())} bytes")
    print(f"read and check:          {ours:6.2f} ms   (aim: 10 for 500 lines)")
    print(f"yaml.load, CSafeLoader:  {peer:6.2f} ms   ratio {ours / peer:.2f}")
    print(f"import of the library:   {importing:6.2f} ms, PyYAML and attrs included")


if __name__ == "__main__":
    main()
