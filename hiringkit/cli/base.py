"""The shape of every command: global options, examples, lazy nouns, help that lines up in any script."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from keyword import iskeyword
from typing import Any, cast

import click

from hiringkit.locale import _, n_
from hiringkit.report.formats import FORMATS
from hiringkit.text.cells import cell_width, wrap


class Formatter(click.HelpFormatter):
    """click's formatter, measuring in cells."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is typed."""
        super().write_usage(prog, args, _("Usage: ") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write what stands above a list."""
        self.write(" " * self.current_indent + _("{heading}:").format(heading=heading) + "\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs, wrapped."""
        indent = " " * self.current_indent
        paragraphs = [p for p in re.split(r"\n\s*\n", text) if p.strip()]
        self.write("\n\n".join("\n".join(indent + line for line in self._wrapped(p)) for p in paragraphs) + "\n")

    def _wrapped(self, paragraph: str) -> Iterator[str]:
        yield from wrap(" ".join(paragraph.split()), max(self.width - self.current_indent, 20))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms and their explanations in two columns."""
        rows = list(rows)
        first = min(max((cell_width(term) for term, _ in rows), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, explanation in rows:
            lines = wrap(" ".join(explanation.split()), max(self.width - first - self.current_indent, 20))
            if cell_width(term) + col_spacing <= first:
                self.write(f"{indent}{term}{' ' * (first - cell_width(term))}{lines.pop(0)}".rstrip() + "\n")
            else:
                self.write(f"{indent}{term}\n")
            for line in lines:
                self.write(f"{indent}{' ' * first}{line}".rstrip() + "\n")


_GIVEN = "hiringkit.given"

click.Context.formatter_class = Formatter


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Keep a global option wherever it stood; the innermost one wins."""
    if value is not None and value is not False:
        ctx.meta.setdefault(_GIVEN, {})[param.name] = value


class Option(click.Option):
    """An option whose help speaks the user's language."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the two columns of its help."""
        record = super().get_help_record(ctx)
        return record and (record[0], record[1].replace(self.help or "", _(self.help or ""), 1))


@cache
def _global_options(*, hidden: bool = False) -> tuple[click.Option, ...]:
    # the same for all commands: a noun with twenty verbs would make two hundred
    def option(*names: str, text: str, **more: Any) -> click.Option:
        return Option(names, help=text, expose_value=False, callback=_remember, hidden=hidden, **more)

    return (
        option("--db", metavar="FILE|URL", text=n_("The database: a file or an SQLAlchemy URL.")),
        option("--library", metavar="DIRS", text=n_("Extra folders that hold rubrics/ and question_banks/.")),
        option("--lang", metavar="[en|zh]", text=n_("Language of all that is shown.")),
        option("--as", "user", metavar="WHO", text=n_("The e-mail or id to act as.")),
        option("-f", "--format", "format_", type=click.Choice(FORMATS), text=n_("How tables are written.")),
        option("-o", "--output", metavar="FILE", text=n_("Write to a file instead of the terminal.")),
        option("-q", "quiet", is_flag=True, default=None, text=n_("Say nothing but the result and errors.")),
        option("-v", "verbose", is_flag=True, default=None, text=n_("Say more about what is done.")),
        option("--no-color", "no_colour", is_flag=True, default=None, text=n_("No colour.")),
    )


class Command(click.Command):
    """A verb: takes the global options too and shows examples in its help."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), calendar: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = tuple(examples)
        self.calendar = calendar
        """Whether its result can be written as a calendar."""
        self.own_params = len(self.params)
        self.params.extend(_global_options())

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the description in the user's language."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_(self.help or ""))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's own options, then the global ones on one line, then the examples."""
        # arguments speak for themselves in the usage line
        own = [*(p for p in self.params[: self.own_params] if isinstance(p, click.Option)), self.get_help_option(ctx)]
        records = [record for param in own if param and (record := param.get_help_record(ctx))]
        with formatter.section(_("Options")):
            formatter.write_dl(records)
        formatter.write_paragraph()
        names = " ".join(param.opts[0] for param in self.params[self.own_params :])
        formatter.write_text(_("Global options, explained by `hiringkit --help`: {names}").format(names=names))
        _write_examples(formatter, self.examples)

    def get_short_help_str(self, limit: int = 70) -> str:
        """Return the first sentence of the help, for the list of verbs."""
        return _first_sentence(_(self.help or ""))


class Group(click.Group):
    """A noun: its verbs are `Command`s."""

    command_class = Command
    shows_global_options = False
    """Whether its help explains them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(_global_options(hidden=not self.shows_global_options))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the description in the user's language."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_(self.help or ""))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the first example of each verb."""
        verbs = [verb for verb in self.commands.values() if isinstance(verb, Command)]
        _write_examples(formatter, [verb.examples[0] for verb in verbs if verb.examples])


class LazyGroup(Group):
    """The root: knows every noun by a line of text and imports its file when it is called."""

    shows_global_options = True

    def __init__(self, *args: Any, nouns: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nouns = nouns

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the nouns, in the order in which they are shown."""
        return list(self.nouns)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one noun."""
        if cmd_name not in self.nouns:
            return None
        name = cmd_name.replace("-", "_") + ("_" if iskeyword(cmd_name) else "")
        module = import_module(f"hiringkit.cli.{name}")
        return cast("click.Command", module.command)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the last line in the user's language."""
        formatter.write_paragraph()
        formatter.write_text(_(self.epilog or ""))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the nouns without importing any."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(summary)) for name, summary in self.nouns.items()])


def given(ctx: click.Context) -> dict[str, Any]:
    """Return the global options that were given, by parameter name."""
    return cast("dict[str, Any]", ctx.meta.setdefault(_GIVEN, {}))


def option(*names: str, **more: Any) -> Callable[..., Any]:
    """Declare an option of one command; `help` is marked with `n_`."""
    return click.option(*names, cls=Option, **more)


def _first_sentence(text: str) -> str:
    for stop in (". ", "。", ".\n"):
        text = text.partition(stop)[0]
    return text.strip().removesuffix(".")


def _write_examples(formatter: click.HelpFormatter, examples: Sequence[str]) -> None:
    if examples:
        formatter.write_paragraph()
        formatter.write_heading(_("Examples"))
        for example in examples:
            formatter.write(f"  {example}\n")


class DefaultVerbGroup(Group):
    """A noun whose words go to one of its verbs where they name none.

    Args:
        default: The verb that is meant.
    """

    def __init__(self, *args: Any, default: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.default = default

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default verb in front of words that name none."""
        asks_for_help = args and args[0] in ctx.help_option_names
        if args and not asks_for_help and not set(args) & set(self.commands):
            args = [self.default, *args]
        return super().parse_args(ctx, args)
