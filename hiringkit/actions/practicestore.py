"""Interviewers' practice in the store: kept under their name, shown to themselves and to recruiters."""

from pathlib import Path

from attrs import frozen

from hiringkit.actions.lookup import find_interviewer
from hiringkit.actions.practising import FolderNotebook, Notebook, practice_logs
from hiringkit.actions.recording import Actor, record
from hiringkit.actions.viewing import viewer_id
from hiringkit.domain.practice import PracticeAnswer, PracticeLog, PracticeSession
from hiringkit.store import people, practices
from hiringkit.store.store import Store


@frozen
class StoreNotebook:
    """The sessions of one interviewer."""

    store: Store
    actor: Actor
    interviewer: str
    """The id."""

    def sessions(self) -> tuple[PracticeSession, ...]:
        """Return all sessions, oldest first."""
        with self.store.read() as tx:
            return practices.sessions_of(tx, self.interviewer)

    def next_number(self, bank: str) -> int:
        """Return the number of the next session with a bank."""
        return max((s.number for s in self.sessions() if s.bank == bank), default=0) + 1

    def keep(self, session: PracticeSession, answer: PracticeAnswer) -> None:
        """Keep an answer; it is on disk when this returns."""
        with self.store.write() as tx:
            practices.put_answer(tx, self.interviewer, session, answer)
            if not any((a.question, a.sample) == (answer.question, answer.sample) for a in session.answers):
                subject = {"interviewer": self.interviewer, "bank": session.bank, "question": answer.question}
                record(tx, self.actor, "practice.rate", subject, number=session.number, sample=answer.sample)


def open_notebook(store: Store, actor: Actor) -> StoreNotebook | None:
    """Return the notebook of the interviewer that one acts as, None for anybody else."""
    with store.read() as tx:
        found = people.find_interviewer(tx, actor.who) if actor.who else None
    return StoreNotebook(store, actor, found.id) if found else None


def choose_notebook(store: Store | None, actor: Actor, folder: Path) -> Notebook:
    """Return where somebody's sessions are kept: in the store for its interviewers, else in a folder of their own."""
    return (open_notebook(store, actor) if store else None) or FolderNotebook(folder)


def practice_of(store: Store, actor: Actor, who: str) -> dict[str, PracticeLog] | None:
    """Return how an interviewer has practised, by bank; None where the viewer may not know.

    It is shown to themselves and to whoever is no interviewer, such as a recruiter; not to other interviewers.

    Raises:
        NotFound: No such interviewer.
    """
    with store.read() as tx:
        found = find_interviewer(tx, who)
        viewer = viewer_id(tx, actor.who)
        if viewer not in (None, found.id):
            return None
        return practice_logs(practices.sessions_of(tx, found.id))
