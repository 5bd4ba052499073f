"""Interview cards as files: written for those who interview, and read when they come back."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hiringkit.actions.audit import Actor
from hiringkit.actions.cards import CardKit, issue_card, issue_cards, receive_cards
from hiringkit.actions.opened_cards import OpenedCard, opened_card, saved_beside
from hiringkit.cli.session import Session
from hiringkit.errors import HiringKitError, UsageProblem
from hiringkit.exchange.cards import header_document, read_card, read_card_page
from hiringkit.files import make_private_folders, write_file, write_plainly
from hiringkit.locale import _
from hiringkit.report.views.card import card_file, cards_report, receipts_report, render_card

if TYPE_CHECKING:
    from hiringkit.exchange.cards import SignedCard

_KEY_BYTES = 32
REFUSED = 1


def _make_key() -> str:
    return secrets.token_hex(_KEY_BYTES)


def write_card(session: Session, interview: str) -> None:
    """Hand out one interview; the page goes to standard output or to `--output`."""
    kit = issue_card(session.store(), session.actor, interview, make_key=_make_key)
    session.write(_page(session, kit))
    session.note(_("Send it to {who}. On the way back: hiringkit interview receive FILE").format(who=_address(kit)))


def write_cards(session: Session, opening: str) -> None:
    """Hand out every interview of an opening that is not begun, each as a file of the folder that `--output` names."""
    output = session.options.pop("output", None)
    if output is None or output == "-":
        raise UsageProblem("the cards need a folder", hint="-o DIR")
    folder = Path(str(output))
    with write_plainly(folder):
        make_private_folders(folder)
    written = []
    for kit in issue_cards(session.store(), session.actor, opening, make_key=_make_key):
        path = folder / f"{card_file(kit.about.interview)}.html"
        write_file(path, _page(session, kit).encode(), private=True)
        written.append((kit.about.interview, kit.about.card, str(path)))
    session.emit(cards_report(written))
    session.note(_("On the way back: hiringkit interview receive FILE…"))


def _page(session: Session, kit: CardKit) -> str:
    return render_card(
        header_document(kit.about),
        kit.key,
        kit.rubric,
        kit.questions,
        kit.candidate,
        kit.interviewer,
        title=kit.opening.title,
        kit=kit.text,
        complete=kit.complete,
        language=session.language,
    )


def _address(kit: CardKit) -> str:
    who = kit.interviewer
    return f"{who.name} <{who.email}>" if who.email else who.name


def is_card(given: str) -> bool:
    """Return whether what was given for an opening or interview names a card; no id has a full stop."""
    return Path(given).suffix.casefold() in {".html", ".htm"}


@contextmanager
def filling_in(session: Session, given: str, actor: Actor) -> Iterator[OpenedCard]:
    """Open a card, and say at the end where it is saved.

    Args:
        session: The command's.
        given: The card's file.
        actor: Its clock and front end are used.
    """
    path = Path(given)
    page = read_card_page(path)
    with opened_card(page, saved_beside(path, page.about.interview), actor) as card:
        yield card
    if card.file.exists():
        session.note(_("Saved as {file}. Send it to whoever sent you the card.").format(file=card.file))


def receive_files(session: Session, files: Sequence[str], *, dry_run: bool) -> int:
    """Take in filled cards, and return the exit code."""
    content = [(file, _read(file)) for file in files]
    receipts = receive_cards(session.store(), session.actor, content, write=not dry_run)
    session.emit(receipts_report(receipts, written=not dry_run))
    return 0 if all(each.accepted for each in receipts) else REFUSED


def _read(file: str) -> "SignedCard | HiringKitError":
    try:
        return read_card(file)
    except HiringKitError as error:
        return error
