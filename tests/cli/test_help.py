"""Every command explains itself, with an example, in the user's language; and the README names it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from hiringkit.cli.base import Command
from hiringkit.cli.root import NOUNS, root

Run = Callable[..., Any]


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every verb with the words that call it."""
    context = click.Context(root)
    for noun in NOUNS:
        found = root.get_command(context, noun)
        if isinstance(found, click.Group):
            yield from ((f"{noun} {verb}", found.commands[verb]) for verb in found.commands)
        elif found is not None:
            yield noun, found


EVERY = dict(commands())
CALLED = {*EVERY, *("need", "posting")}
"""What may stand behind `hiringkit`: verbs, and the nouns that mean one of theirs."""


@pytest.mark.parametrize("words", EVERY)
def test_help_says_what_it_does_and_shows_an_example(hk: Run, words: str) -> None:
    done = hk(*words.split(), "--help")
    assert done.code == 0
    assert f"Usage: hiringkit {words}" in done.out
    assert "Examples:" in done.out
    assert f"  hiringkit {words.split(maxsplit=1)[0]}" in done.out.partition("Examples:")[2] or "|" in done.out


@pytest.mark.parametrize("noun", sorted({words.split()[0] for words in EVERY if " " in words}))
def test_a_noun_shows_an_example_of_each_of_its_verbs(hk: Run, noun: str) -> None:
    shown = hk(noun, "--help").out.partition("Examples:")[2].splitlines()
    verbs = [command for words, command in EVERY.items() if words.split()[0] == noun]
    expected = [f"  {command.examples[0]}" for command in verbs if isinstance(command, Command)]
    assert [line for line in shown if line.strip()] == expected


@pytest.mark.parametrize("words", EVERY)
def test_every_example_is_a_command_that_there_is(words: str) -> None:
    command = EVERY[words]
    assert isinstance(command, Command)
    assert command.examples
    for example in command.examples:
        for part in re.findall(r"hiringkit ([a-z -]+)", example):
            assert any(part.startswith(known) for known in CALLED), example


@pytest.mark.parametrize("words", EVERY)
def test_every_option_and_argument_has_help(words: str) -> None:
    for parameter in EVERY[words].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{words} {parameter.name}"


def test_the_nouns_are_listed_without_importing_them(hk: Run) -> None:
    out = hk("--help").out
    for noun, summary in NOUNS.items():
        assert re.search(rf"^  {noun} +{re.escape(summary[:20])}", out, re.MULTILINE)


def test_global_options_stand_before_or_after_the_verb(hk: Run, tmp_path: Path) -> None:
    before = hk("-f", "json", "where")
    after = hk("where", "-f", "json")
    assert before.out == after.out
    assert hk("-f", "json", "where", "-f", "csv").out.startswith("name,")


def test_a_wrong_word_is_a_usage_error(hk: Run) -> None:
    assert hk("nonsense").code == 2
    assert hk("rubric", "nonsense").code == 2
    assert hk("where", "--nonsense").code == 2
    assert hk("where", "-f", "xml").code == 2
    assert hk("where", "--lang", "fr").code == 2


def test_version(hk: Run) -> None:
    assert re.fullmatch(r"hiringkit \d+\.\d+\.\d+\n", hk("--version").out)
