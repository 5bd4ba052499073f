"""`hiringkit schema`."""

import json

import click

from hiringkit.cli.base import Command
from hiringkit.cli.session import Session, with_session
from hiringkit.locale import n_


@click.command(
    "schema",
    cls=Command,
    help=n_(
        "Print the JSON Schema (2020-12) of a document that -f json writes; without a NAME list the documents. Every"
        " key named there is always written; more may be added."
    ),
    examples=["hiringkit schema", "hiringkit schema comparison -o comparison.schema.json"],
)
@click.argument("name", required=False, default="")
@with_session
def command(session: Session, name: str) -> None:
    """List the documents, or print one schema."""
    from hiringkit.errors import NotFound
    from hiringkit.report import schemas
    from hiringkit.report.views.settings import schemas_report
    from hiringkit.text.sentence import Sentence
    from hiringkit.text.similarity import nearest

    if not name:
        session.emit(schemas_report(list(schemas.DOCUMENTS)))
        return
    try:
        found = schemas.json_schema(name)
    except KeyError:
        near = nearest(name, schemas.names())
        raise NotFound(
            Sentence("no document {name!r}").format(name=name),
            hint=Sentence("did you mean {near!r}?").format(near=near)
            if near
            else Sentence("known: {names}").format(names=", ".join(schemas.names())),
        ) from None
    session.write(json.dumps(found, indent=2, ensure_ascii=False))
