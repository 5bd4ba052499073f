"""Where things are found, and which documents there are."""

from collections.abc import Sequence

from hiringkit.locale import _, n_
from hiringkit.report.model import Cell, Column, Notes, Report, Table, Word

SOURCES = {"option": n_("option"), "default": n_("default"), "checkout": n_("checkout"), "installed": n_("installed")}
"""Where a setting's value came from, where it is neither a variable nor a file."""


def settings_report(settings: Sequence[tuple[str, str, str]]) -> Report:
    """Show every setting.

    Args:
        settings: Name, value and where the value came from.
    """
    columns = (
        Column("name", _("Setting")),
        Column("source", _("From"), wrap=True),
        Column("value", _("Value"), wrap=True),
    )
    rows: list[tuple[Cell, ...]] = [
        (Word(name), _(SOURCES.get(source, source)), value) for name, value, source in settings
    ]
    return Report(
        title=_("Where things are found"),
        blocks=(Table(columns, tuple(rows)),),
        document={
            "schema": "hiringkit/where/1",
            "settings": {name: {"value": value, "source": source} for name, value, source in settings},
        },
    )


def schemas_report(documents: Sequence[str]) -> Report:
    """List the documents that `-f json` writes.

    Args:
        documents: Name and version of each, such as `comparison/1`.
    """
    rows = tuple((Word(each.partition("/")[0]), Word(f"hiringkit/{each}")) for each in documents)
    return Report(
        title=_("Documents"),
        blocks=(
            Table((Column("name", _("Name")), Column("schema", _("Schema"))), rows),
            Notes((_("The JSON Schema of one: hiringkit schema NAME"),)),
        ),
        document={
            "schema": "hiringkit/schemas/1",
            "schemas": [{"name": each.partition("/")[0], "schema": f"hiringkit/{each}"} for each in documents],
        },
    )
