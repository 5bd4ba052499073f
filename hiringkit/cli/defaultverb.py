"""A noun that can be called without a verb: `hiringkit need RUBRIC` beside `hiringkit need list`."""

from typing import Any

import click

from hiringkit.cli.base import Group


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
