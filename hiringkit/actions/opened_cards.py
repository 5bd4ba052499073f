"""A card filled in with the program instead of a browser: its interview in a database of its own, its file beside it.

Everything is in the file before it counts as saved. The database is there for as long as the card is open.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from attrs import evolve, frozen

from hiringkit.actions.audit import Actor
from hiringkit.actions.cards import EDITED, take_in
from hiringkit.actions.lookup import Tx, find_opening
from hiringkit.domain.card import CARD_ENDING, MOST_BYTES, CardPage, CardRating, CardState, FilledCard
from hiringkit.domain.interview import Interview, InterviewState, InterviewText, Opening, Rating
from hiringkit.errors import NotFound, Refused
from hiringkit.exchange.cards import SAVE_AGAIN, TOO_LARGE, format_card, read_card
from hiringkit.files import read_plainly, write_file
from hiringkit.library.documents import parse_rubric
from hiringkit.library.yaml.write import digest_rubric
from hiringkit.store import interviews, openings, people
from hiringkit.store.store import Store, open_store
from hiringkit.text.sentence import Sentence

UNREADABLE_KIT = Sentence("the questions of the card cannot be read: {problem}")
UNREADABLE_KIT_HINT = Sentence("have a new card handed out")
OTHER_CARD = Sentence("{file} was saved from another card, and is not overwritten")
OTHER_CARD_HINT = Sentence("move it elsewhere, or open the card in a folder of its own")
NO_HANDOVER = Sentence("a card takes nothing along for the candidate's next interviewers")
NO_HANDOVER_HINT = Sentence("write it to whoever sent you the card, or into your notes")
SHORTEN = Sentence("shorten notes and evidence")
ELSEWHERE = Sentence("{file} was changed by another program meanwhile, and is not overwritten")
ELSEWHERE_HINT = Sentence("close the card in one of the two windows, and open it again")


@frozen
class OpenedCard:
    """A card that is being filled in."""

    store: Store
    """Holds this one interview."""
    actor: Actor
    """Its interviewer."""
    interview: str
    file: Path
    """What is written: to be sent to whoever handed the card out."""


def saved_beside(card: Path, interview: str) -> Path:
    """Return where what is saved from a card stands, as a browser would name it; no id has a `_`."""
    return card.parent / f"{interview.replace('/', '_')}{CARD_ENDING}"


@contextmanager
def opened_card(page: CardPage, file: Path, actor: Actor) -> Iterator[OpenedCard]:
    """Open a card, as far as it was filled in before.

    Args:
        page: The card.
        file: Where it is saved.
        actor: Its clock and front end are used; who acts is the card's interviewer.

    Raises:
        Refused: Its questions cannot be read, or what is saved there is not as this card saved it.
    """
    earlier = _saved_before(page, file)
    actor = evolve(actor, who=page.interviewer.id)
    with (
        tempfile.TemporaryDirectory(prefix="hiringkit-card-") as folder,
        open_store(str(Path(folder) / "card.db"), create=True) as store,
    ):
        kit = _put(store, page)
        if earlier is not None:
            with store.write() as tx:
                take_in(tx, actor, earlier, _held(tx, page), find_opening(tx, page.about.opening))
        mirror = _Mirror(page, file, actor, earlier or _empty(page, kit))
        yield OpenedCard(evolve(store, on_write=mirror.write), actor, page.about.interview, file)


def _empty(page: CardPage, kit: Sequence[str]) -> FilledCard:
    return FilledCard(page.about, CardState.DRAFT, page.about.issued_at, tuple(map(CardRating, kit)))


def _saved_before(page: CardPage, file: Path) -> FilledCard | None:
    try:
        saved = read_card(str(file))
    except NotFound:
        return None
    if saved.card.about.card != page.about.card:
        raise Refused(OTHER_CARD.format(file=file.name), hint=OTHER_CARD_HINT)
    if not saved.is_signed_with(page.key) or saved.card.about != page.about:
        raise Refused(EDITED, hint=SAVE_AGAIN)
    return saved.card


def _put(store: Store, page: CardPage) -> tuple[str, ...]:
    """Put a card's interview into an empty database, and return its questions."""
    rubric, findings = parse_rubric(page.kit, source="the card")
    if rubric is None:
        raise Refused(UNREADABLE_KIT.format(problem=findings[0].message), hint=UNREADABLE_KIT_HINT)
    about, kit = page.about, tuple(each.id for each in rubric.asked)
    opening = Opening(about.opening, page.title, rubric.id, rubric.version, digest_rubric(rubric), about.issued_at)
    interview = Interview(about.interview, about.opening, about.candidate, about.interviewer, kit)
    with store.write() as tx:
        openings.insert(tx, opening, page.kit)
        people.insert_candidates(tx, about.opening, [page.candidate])
        people.insert_interviewers(tx, [page.interviewer])
        interviews.insert(tx, [interview], about.issued_at)
    return kit


def _held(tx: Tx, page: CardPage) -> Interview:
    found = interviews.find(tx, page.about.interview)
    if found is None:
        raise AssertionError("the interview of an opened card is in its database")
    return found


class _Mirror:
    """Writes the file with every change."""

    def __init__(self, page: CardPage, file: Path, actor: Actor, written: FilledCard) -> None:
        self.page, self.file, self.actor = page, file, actor
        self.written = written
        self.there = self._on_disk()

    def _on_disk(self) -> bytes | None:
        with read_plainly(self.file):
            return self.file.read_bytes() if self.file.exists() else None

    def write(self, tx: Tx) -> None:
        """Write what the database is about to hold, where that is something else than the file does.

        Raises:
            Refused: It cannot be written, is more than a card takes, or somebody else has written there.
        """
        interview, texts = _held(tx, self.page), interviews.texts(tx, self.page.about.interview)
        submitted = interview.state is InterviewState.SUBMITTED
        card = interview.scorecards[-1] if interview.scorecards else None
        filled = FilledCard(
            about=self.page.about,
            state=CardState.SUBMITTED if submitted else CardState.DRAFT,
            saved_at=self.written.saved_at,
            ratings=tuple(_card_rating(interview.rating(each.question)) for each in self.written.ratings),
            recommendation=card.recommendation if card else texts.get(InterviewText.RECOMMENDATION, ""),
            summary=card.summary if card else texts.get(InterviewText.SUMMARY, ""),
            notes=texts.get(InterviewText.NOTES, ""),
        )
        if texts.get(InterviewText.HANDOVER):
            raise Refused(NO_HANDOVER, hint=NO_HANDOVER_HINT)
        if filled == self.written:
            return
        if self._on_disk() not in (None, self.there):
            raise Refused(ELSEWHERE.format(file=self.file.name), hint=ELSEWHERE_HINT)
        filled = evolve(filled, saved_at=_later(self.actor.now(), filled.saved_at))
        data = format_card(filled, self.page.key)
        if len(data) > MOST_BYTES:
            raise Refused(TOO_LARGE.format(most=MOST_BYTES), hint=SHORTEN)
        write_file(self.file, data, private=True)
        self.written, self.there = filled, data


def _card_rating(rating: Rating) -> CardRating:
    return CardRating(rating.question, rating.value, rating.evidence, rating.probes, rating.rated_at)


def _later(now: datetime, before: datetime) -> datetime:
    """Return a time that is later than the last save: what is received tells by it which of two comes first."""
    return max(now, before + timedelta(milliseconds=1))
