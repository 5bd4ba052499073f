"""Scorecards of another program, brought into an opening: all that is understood, or nothing."""

import gc
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from attrs import evolve

from hiringkit.actions.audit import Actor, record, record_all
from hiringkit.actions.lookup import Tx, find_opening, pinned_rubric, require_open
from hiringkit.actions.people import added_person
from hiringkit.actions.schedule import interview_id
from hiringkit.actions.visibility import require_recruiter, visible_interview, visible_opening
from hiringkit.domain.audit import Via
from hiringkit.domain.codes import Code
from hiringkit.domain.columns import fold_column
from hiringkit.domain.conduct import Unrated
from hiringkit.domain.finding import Finding, FindingList, Severity, shown
from hiringkit.domain.import_map import ImportMap
from hiringkit.domain.imported import ImportedPerson, ImportedRating, ImportedScorecard, ImportReport
from hiringkit.domain.interview import Interview, InterviewState, Mark, Rating, Scorecard
from hiringkit.domain.level import LevelNumber, read_level
from hiringkit.domain.people import Candidate, Interviewer, id_from_name
from hiringkit.domain.rating_table import same_person
from hiringkit.domain.rubric import Rubric
from hiringkit.errors import FindingsError
from hiringkit.store import imports, interviews, people
from hiringkit.store.audit import Salts
from hiringkit.store.imports import ImportedRecord
from hiringkit.store.states import States, interview_state, scorecard_states
from hiringkit.store.store import Store
from hiringkit.text.clean import clean_line, clean_text
from hiringkit.text.json_text import json_writer
from hiringkit.text.sentence import Sentence
from hiringkit.text.similarity import nearest

Records = Iterable[ImportedScorecard | Finding]
SamePerson = Callable[[str, ImportedPerson, str], bool | None]
"""Says whether somebody in the file is the one of an id, given which kind of person it is; None for: ask."""

NOT_IMPORTED = Sentence("nothing was imported from {file}")
UNKNOWN_WORD = Sentence("nothing says what the rating {shown} means")
UNKNOWN_WORD_HINT = Sentence("name it in the map, under levels, not_assessed, no_evidence or absent")
UNKNOWN_RECOMMENDATION = Sentence("nothing says what the recommendation {shown} means")
UNKNOWN_RECOMMENDATION_HINT = Sentence("name it in the map, under recommendations")
UNKNOWN_ATTRIBUTE = Sentence("the rubric has no criterion or question {shown}")
UNKNOWN_ATTRIBUTE_HINT = Sentence("name it in the map, under criteria or leave_out")
NOT_IN_RUBRIC = Sentence("the map makes {shown} of {name}, which the rubric has not")
TWICE = Sentence("{shown} is rated twice in one scorecard")
NOBODY = Sentence("the scorecard does not say who the {kind} is")
SAME_NAME = Sentence("{name} has the name of {identity}, who is there already: is it the same person?")
SAME_NAME_HINT = Sentence("--same-names yes takes them for one person, --same-names no for two")
BEING_HELD = Sentence("{interview} is being held: what was rated there would be lost")
BEING_HELD_HINT = Sentence("submit it, or cancel it: hiringkit interview cancel {interview}")
UNRATED = Sentence("{interview} has questions that the file does not rate: {names}")
UNRATED_HINT = Sentence("rate them, or write not-assessed or no-evidence")
CHANGED = Sentence("{interview} changed: {changes}")
_BATCH = 2_000
_written = json_writer(json.JSONEncoder(ensure_ascii=False))


class _Undo(Exception):  # noqa: N818 - ends a transaction that was only to show what it would do
    pass


def import_scorecards(
    store: Store,
    actor: Actor,
    opening_id: str,
    records: Records,
    given: ImportMap,
    *,
    source: str,
    file: str,
    same: SamePerson = lambda _kind, _person, _identity: None,
    write: bool = True,
) -> ImportReport:
    """Bring scorecards into an opening, in one transaction.

    A scorecard is known again by its source and the source's id; one that has not changed stays as it is, a changed
    one becomes an amendment. A person is known again by the source's id, else by e-mail address, else `same` is asked.

    Args:
        store: Where they are kept.
        actor: Who imports.
        opening_id: The opening.
        records: Scorecards in the source's words, and what is wrong with the file.
        given: What the words mean.
        source: The kind of source.
        file: What the user calls the file.
        same: Whether two people of one name are one.
        write: Whether it is to be done, or only shown.

    Raises:
        NotFound: No such opening.
        Refused: The opening is closed, or one acts as an interviewer.
        FindingsError: Something is not understood; nothing was changed.
    """
    done: ImportReport | None = None
    actor = evolve(actor, via=Via.IMPORT)
    try:
        with store.write() as tx, _nothing_collected():
            require_recruiter(tx, actor.who)
            opening = find_opening(tx, opening_id)
            require_open(opening)
            importing = _Importing(tx, actor, opening.id, pinned_rubric(tx, opening), given, source, same)
            importing.take_all(records)
            done = importing.report()
            if any(finding.severity is Severity.ERROR for finding in done.findings):
                raise FindingsError(NOT_IMPORTED.format(file=file), done.findings)
            if not write:
                raise _Undo  # noqa: TRY301 - it is for the transaction to end without a trace
            if done.added or done.changed or done.candidates or done.interviewers:
                counts: dict[str, Any] = {"added": done.added, "changed": len(done.changed), "ratings": done.ratings}
                record(tx, actor, "opening.import", {"opening": opening.id}, source=source, **counts)
    except _Undo:
        pass
    assert done is not None  # noqa: S101 - the block ran to its end
    return evolve(done, written=write)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Keep the garbage collector from looking again and again through all that is held, a quarter of the time.

    Nothing that an import makes refers to itself, so what it drops is freed at once all the same.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


class _Importing:
    """One import as it goes on."""

    def __init__(
        self, tx: Tx, actor: Actor, opening: str, rubric: Rubric, given: ImportMap, source: str, same: SamePerson
    ) -> None:
        self.tx, self.actor, self.opening, self.rubric, self.given = tx, actor, opening, rubric, given
        self.source, self.same = source, same
        self.salts = Salts(tx, make=True)
        self.findings = FindingList()
        self.complained: set[str] = set()
        self.recommendations: dict[str, str | None] = {}
        self.meant: dict[tuple[str, str], tuple[str, LevelNumber | Mark | None, tuple[str, str]]] = {}
        self.levels = rubric.scale.values
        self.attributes: dict[str, str | None] = {}
        self.known = known_names(rubric)
        self.targets = {*(c.id for c in rubric.criteria), *(q.id for q in rubric.asked)}
        self.before = imports.records(tx, opening, source)
        self.candidates = _People(
            "candidate",
            [(each.id, each.name, each.email) for each in people.candidates(tx, opening)],
            {each.candidate: each.interview.split("/")[1] for each in self.before.values() if each.candidate},
        )
        self.interviewers = _People(
            "interviewer",
            [(each.id, each.name, each.email) for each in people.interviewers(tx)],
            {each.interviewer: each.interview.split("/")[2] for each in self.before.values() if each.interviewer},
        )
        outlines = visible_opening(tx, actor.who, opening).outlines()
        self.rounds = Counter((each.candidate, each.interviewer) for each in outlines)
        self.planned = {(each.candidate, each.interviewer): each for each in outlines if each.owed}
        self.new: list[tuple[Interview, ImportedRecord]] = []
        self.changes: list[str] = []
        self.added = self.unchanged = self.ratings = self.empty = 0
        self.marks: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.now = actor.now()

    def take_all(self, records: Records) -> None:
        """Take everything in, batch by batch."""
        for each in records:
            if isinstance(each, Finding):
                self.findings.add(each)
            else:
                self._take(each)
            if len(self.new) >= _BATCH:
                self._flush()
        self._flush()

    def _take(self, card: ImportedScorecard) -> None:
        ratings, words = self._ratings(card)
        recommendation = self._recommendation(card.recommendation)
        if recommendation is None:
            self._wrong(card, UNKNOWN_RECOMMENDATION, card.recommendation, UNKNOWN_RECOMMENDATION_HINT)
        candidate = self._who(card, card.candidate, self.candidates)
        interviewer = self._who(card, card.interviewer, self.interviewers)
        if candidate is None or interviewer is None or recommendation is None or ratings is None:
            return
        scorecard = Scorecard(
            number=1,
            submitted_at=card.submitted_at or self.now,
            ratings=tuple(ratings.values()),
            recommendation=recommendation,
            summary=clean_line(card.notes),
            by=interviewer,
        )
        source_id = card.source_id or f"{candidate}/{interviewer}"
        digest = _digest(card, scorecard)
        kept = self.before.get(source_id)
        made = ImportedRecord(
            "", self.source, source_id, card.candidate.source_id, card.interviewer.source_id, digest, words
        )
        if kept is None and not recommendation and all(rating.value is None for rating in scorecard.ratings):
            self.empty += 1
        elif kept is None and (planned := self.planned.pop((candidate, interviewer), None)):
            self._fill(card, planned, scorecard, made)
        elif kept is None:
            self._add(candidate, interviewer, scorecard, made)
        elif kept.digest == digest:
            self.unchanged += 1
        else:
            self._amend(evolve(made, interview=kept.interview), scorecard, whole=bool(card.source_id))

    def _add(self, candidate: str, interviewer: str, scorecard: Scorecard, made: ImportedRecord) -> None:
        self.rounds[candidate, interviewer] += 1
        round_ = self.rounds[candidate, interviewer]
        identity = interview_id(self.opening, candidate, interviewer, round_)
        interview = Interview(
            id=identity,
            opening=self.opening,
            candidate=candidate,
            interviewer=interviewer,
            kit=tuple(rating.question for rating in scorecard.ratings),
            state=InterviewState.SUBMITTED,
            ratings=scorecard.ratings,
            scorecards=(scorecard,),
            round=round_,
        )
        self.before[made.source_id] = _named(made, identity, {})
        self.new.append((interview, _named(made, identity, made.words)))
        self.added += 1
        self._count(scorecard)

    def _fill(self, card: ImportedScorecard, planned: Interview, scorecard: Scorecard, made: ImportedRecord) -> None:
        """Hand in the scorecard of an interview that was planned here."""
        rated = {rating.question: rating for rating in scorecard.ratings}
        missing = [q for q in planned.kit if q not in rated or rated[q].value is None]
        message = hint = ""
        if planned.state is not InterviewState.SCHEDULED:
            message = BEING_HELD.format(interview=planned.id)
            hint = BEING_HELD_HINT.format(interview=planned.id)
        elif missing and self.rubric.policy.unrated is Unrated.BLOCK:
            message, hint = UNRATED.format(interview=planned.id, names=", ".join(missing)), UNRATED_HINT
        if message:
            finding = Finding(Code.IMPORT_INTERVIEW, message, hint=hint, path=card.path, location=card.place)
            self.findings.add(finding)
            return
        self._flush()
        for question in rated:
            if question not in planned.kit:
                interviews.add_question(self.tx, planned.id, question)
        kit = dict.fromkeys([*planned.kit, *rated])
        whole = evolve(scorecard, ratings=tuple(rated.get(question, Rating(question)) for question in kit))
        interviews.add_scorecard(self.tx, planned.id, whole)
        asked = {"interview": (interview_state(planned), interview_state(evolve(planned, kit=tuple(kit))))}
        self._record([(planned, asked | dict(scorecard_states(None, whole)))])
        made = evolve(made, interview=planned.id)
        imports.keep(self.tx, self.opening, [made], self.now)
        self.before[made.source_id] = made
        self.added += 1
        self._count(scorecard)

    def _amend(self, made: ImportedRecord, scorecard: Scorecard, *, whole: bool) -> None:
        """Keep a scorecard that the source has changed as an amendment of the one that is there.

        Where the source gives scorecards no ids, another file may hold other questions of the same two people: what
        this one does not say stays as it was.

        Args:
            made: What the source has now.
            scorecard: The same in our words.
            whole: Whether the source gives all of the scorecard, so that what it does not have is gone.
        """
        self._flush()
        there, _opening = visible_interview(self.tx, self.actor.who, made.interview)
        before = there.scorecards[-1]
        said = imports.words(self.tx, made.interview)
        if not whole:
            made = evolve(made, words={**said, **made.words})
            scorecard = evolve(
                scorecard,
                recommendation=scorecard.recommendation or before.recommendation,
                summary=scorecard.summary or before.summary,
            )
        silent = [question for question in there.kit if all(question != each.question for each in scorecard.ratings)]
        left = tuple(Rating(question) if whole else there.rating(question) for question in silent)
        changes = [
            f"{question} {said.get(question, ('', '-'))[1] or '-'} → {made.words.get(question, ('', '-'))[1] or '-'}"
            for question in dict.fromkeys([*said, *made.words])
            if said.get(question) != made.words.get(question)
        ]
        amended = evolve(
            scorecard,
            number=before.number + 1,
            submitted_at=self.now,
            ratings=(*scorecard.ratings, *left),
            reason=str(Sentence("changed in the source")),
        )
        if _said(amended) == _said(before):
            self.unchanged += 1
            return
        for rating in scorecard.ratings:
            if rating.question not in there.kit:
                interviews.add_question(self.tx, there.id, rating.question)
        interviews.add_scorecard(self.tx, there.id, amended)
        after = evolve(there, kit=tuple(dict.fromkeys([*there.kit, *(each.question for each in scorecard.ratings)])))
        asked = {"interview": (interview_state(there), interview_state(after))}
        self._record([(there, asked | dict(scorecard_states(before, amended)))])
        imports.replace(self.tx, made, self.now)
        what = ", ".join(changes) or Sentence("evidence, recommendation or notes")
        self.changes.append(CHANGED.format(interview=there.id, changes=what))
        self._count(scorecard)

    def _record(self, done: Sequence[tuple[Interview, States]]) -> None:
        subjects = (
            ({"opening": each.opening, "candidate": each.candidate, "interview": each.id}, states)
            for each, states in done
        )
        self._record_all("interview.import", subjects)

    def _record_all(self, action: str, done: Iterable[tuple[Mapping[str, str], States]]) -> None:
        record_all(self.tx, self.actor, action, done, salts=self.salts)

    def _count(self, scorecard: Scorecard) -> None:
        for rating in scorecard.ratings:
            self.ratings += rating.value is not None
            if isinstance(rating.value, Mark):
                self.marks[rating.value.value] += 1

    def _ratings(self, card: ImportedScorecard) -> tuple[dict[str, Rating] | None, dict[str, tuple[str, str]]]:
        ratings: dict[str, Rating] = {}
        words: dict[str, tuple[str, str]] = {}
        sound = True
        at = card.submitted_at or self.now
        for each in card.ratings:
            meant = self.meant.get((each.attribute, each.label)) or self._meaning(each)
            if meant is None:
                sound = False
                continue
            target, value, said = meant
            if target == "":
                self.left_out[each.attribute] += 1
            elif target in ratings:
                self._wrong(each, TWICE, each.attribute, UNKNOWN_ATTRIBUTE_HINT)
                sound = False
            else:
                evidence = clean_text(each.evidence).strip() if each.evidence else ""
                given = value is not None or evidence
                ratings[target] = Rating(target, value, evidence, rated_at=at if given else None)
                words[target] = said
        return (ratings if sound else None), words

    def _meaning(self, each: ImportedRating) -> tuple[str, LevelNumber | Mark | None, tuple[str, str]] | None:
        """Return what is rated, how, and what the source calls both; None, with a finding, where nothing says that."""
        if each.attribute not in self.attributes:
            self.attributes[each.attribute] = self.given.read_attribute(each.attribute, self.known)
        target = self.attributes[each.attribute]
        if target == "":
            return "", None, ("", "")
        if target is None or target not in self.targets:
            self._wrong_attribute(each, target)
            return None
        label = self.given.read_label(each.label, self.levels)
        if label is None:
            self._wrong(each, UNKNOWN_WORD, each.label, UNKNOWN_WORD_HINT)
            return None
        said = clean_line(each.attribute), clean_line(each.label)
        self.meant[each.attribute, each.label] = meant = target, _value(label, self.levels), said
        return meant

    def _recommendation(self, label: str) -> str | None:
        if label not in self.recommendations:
            self.recommendations[label] = self.given.read_recommendation(label)
        return self.recommendations[label]

    def _wrong_attribute(self, each: ImportedRating, target: str | None) -> None:
        if each.attribute in self.complained:
            return
        self.complained.add(each.attribute)
        if target is not None:
            message = NOT_IN_RUBRIC.format(shown=shown(target), name=shown(each.attribute))
        else:
            message = UNKNOWN_ATTRIBUTE.format(shown=shown(each.attribute))
        near = nearest(fold_column(target or each.attribute), self.known)
        hint = Sentence("did you mean {near!r}?").format(near=self.known[near]) if near else UNKNOWN_ATTRIBUTE_HINT
        self.findings.add(Finding(Code.IMPORT_ATTRIBUTE, message, hint=hint, path=each.path, location=each.place))

    def _wrong(self, each: ImportedRating | ImportedScorecard, message: Sentence, word: str, hint: str) -> None:
        told = message.format(shown=shown(word))
        self.findings.add(Finding(Code.IMPORT_WORD, told, hint=hint, path=each.path, location=each.place))

    def _who(self, card: ImportedScorecard, person: ImportedPerson, known: "_People") -> str | None:
        if not person.label:
            message = NOBODY.format(kind=Sentence(known.kind))
            self.findings.add(Finding(Code.IMPORT_PERSON, message, path=card.path, location=card.place))
            return None
        found = known.find(person)
        if found is None and (likely := known.of_name(person)):
            answer = self.same(known.kind, person, likely)
            if answer is None:
                if (known.kind, likely) not in known.asked:
                    known.asked.add((known.kind, likely))
                    message = SAME_NAME.format(name=shown(person.label), identity=likely)
                    hint = SAME_NAME_HINT
                    self.findings.add(
                        Finding(Code.IMPORT_PERSON, message, hint=hint, path=card.path, location=card.place)
                    )
                return None
            if answer:
                found = likely
                known.learn(person, likely)
        return found or known.add(person)

    def _flush(self) -> None:
        """Write what is new so far; people first."""
        if new := self.candidates.take_new():
            people_new = [Candidate(i, clean_line(p.label), clean_line(p.email)) for i, p in new]
            people.insert_candidates(self.tx, self.opening, people_new)
            subjects = [({"opening": self.opening, "candidate": each.id}, added_person(each)) for each in people_new]
            self._record_all("candidate.add", subjects)
        if new := self.interviewers.take_new():
            raters = [Interviewer(i, clean_line(p.label), clean_line(p.email)) for i, p in new]
            people.insert_interviewers(self.tx, raters)
            self._record_all("interviewer.add", [({"interviewer": each.id}, added_person(each)) for each in raters])
        if self.new:
            interviews.insert(self.tx, [interview for interview, _made in self.new], self.now)
            imports.keep(self.tx, self.opening, [made for _interview, made in self.new], self.now)
            self._record([(each, _imported(each)) for each, _made in self.new])
            self.new.clear()

    def report(self) -> ImportReport:
        """Return what was done."""
        return ImportReport(
            opening=self.opening,
            source=self.source,
            candidates=tuple(self.candidates.added),
            known_candidates=self.candidates.known_used(),
            interviewers=tuple(self.interviewers.added),
            known_interviewers=self.interviewers.known_used(),
            added=self.added,
            changed=tuple(self.changes),
            unchanged=self.unchanged,
            ratings=self.ratings,
            marks=dict(self.marks),
            left_out=dict(self.left_out),
            empty=self.empty,
            findings=tuple(self.findings.in_order()),
        )


def _named(made: ImportedRecord, interview: str, words: Mapping[str, tuple[str, str]]) -> ImportedRecord:
    """Return the record of an interview, without what `evolve` takes to find the fields."""
    people = made.candidate, made.interviewer
    return ImportedRecord(interview, made.source, made.source_id, *people, made.digest, words)


def _imported(interview: Interview) -> States:
    planned = {"interview": (None, interview_state(interview))}
    return planned | dict(scorecard_states(None, interview.scorecards[0]))


class _People:
    """Candidates or interviewers: those that are there, and those that the file brings."""

    def __init__(self, kind: str, known: Sequence[tuple[str, str, str]], sources: Mapping[str, str]) -> None:
        self.kind = kind
        self.asked: set[tuple[str, str]] = set()
        self.added: list[str] = []
        self._taken = {identity for identity, _name, _email in known}
        self._by_source = dict(sources)
        self._by_email = {email.casefold(): identity for identity, _name, email in known if email}
        self._by_id = {identity: identity for identity in self._taken}
        self._by_name: dict[str, str] = {}
        for identity, name, _email in known:
            self._by_name.setdefault(same_person(name), identity)
        self._seen: dict[tuple[str, str, str], str] = {}
        self._certain: dict[ImportedPerson, str] = {}
        self._used: set[str] = set()
        self._new: list[tuple[str, ImportedPerson]] = []
        self._ours: set[str] = set()

    def find(self, person: ImportedPerson) -> str | None:
        """Return who it is, as far as that is certain."""
        if certain := self._certain.get(person):
            return certain
        found = (
            self._seen.get(_traits(person))
            or (person.source_id and self._by_source.get(person.source_id))
            or (person.email and self._by_email.get(person.email.casefold()))
            or (not person.email and self._by_id.get(person.name.casefold()))
        )
        if found:
            self.learn(person, found)
            return found
        return None

    def of_name(self, person: ImportedPerson) -> str | None:
        """Return who has the same name and no other address, where that was not the file's doing."""
        likely = self._by_name.get(same_person(person.name)) if person.name else None
        return likely if likely and likely not in self._ours else None

    def learn(self, person: ImportedPerson, identity: str) -> None:
        """Remember who somebody in the file is."""
        self._certain[person] = self._seen[_traits(person)] = identity
        self._used.add(identity)
        if person.source_id:
            self._by_source[person.source_id] = identity

    def add(self, person: ImportedPerson) -> str:
        """Take in somebody new."""
        identity = id_from_name(person.label, self._taken, self.kind)
        self._taken.add(identity)
        self._ours.add(identity)
        self._new.append((identity, person))
        self.added.append(clean_line(person.label))
        if person.email:
            self._by_email[person.email.casefold()] = identity
        self.learn(person, identity)
        return identity

    def take_new(self) -> list[tuple[str, ImportedPerson]]:
        """Return those who are not yet written, once."""
        new, self._new = self._new, []
        return new

    def known_used(self) -> int:
        """Return how many of those who were there the file speaks of."""
        return len(self._used - self._ours)


def _traits(person: ImportedPerson) -> tuple[str, str, str]:
    return person.source_id, person.email.casefold(), same_person(person.name)


def known_names(rubric: Rubric) -> dict[str, str]:
    """Return the ids of criteria and questions by their folded ids, names and titles."""
    names: dict[str, str] = {}
    for question in rubric.asked:
        for text in (question.title,) if question.title else ():
            names.update({fold_column(wording): question.id for wording in text.by_language.values()})
    for criterion in rubric.criteria:
        names.update({fold_column(wording): criterion.id for wording in criterion.name.by_language.values()})
    names.update({fold_column(criterion.id): criterion.id for criterion in rubric.criteria})
    names.update({fold_column(question.id): question.id for question in rubric.asked})
    return names


def _value(label: str, levels: tuple[LevelNumber, ...]) -> LevelNumber | Mark | None:
    if not label:
        return None
    return Mark(label) if label in set(Mark) else read_level(label, levels)


def _digest(card: ImportedScorecard, scorecard: Scorecard) -> str:
    """Return a digest of what an import keeps of a scorecard."""
    content = [
        card.submitted_at.isoformat() if card.submitted_at else "",
        scorecard.recommendation,
        scorecard.summary,
        [[rating.question, str(rating.value), rating.evidence] for rating in scorecard.ratings],
    ]
    return sha256(_written(content).encode()).hexdigest()


def _said(scorecard: Scorecard) -> tuple[object, ...]:
    """Return what a scorecard says, without when and by whom."""
    ratings = {
        each.question: (each.value, each.evidence)
        for each in scorecard.ratings
        if each.value is not None or each.evidence
    }
    return scorecard.recommendation, scorecard.summary, ratings


def unexplained(
    cards: Iterable[ImportedScorecard], given: ImportMap, rubric: Rubric
) -> tuple[dict[str, None], dict[str, str], dict[str, None]]:
    """Return what a map does not explain: words for ratings, what is rated with the nearest id, recommendations."""
    known = known_names(rubric)
    words: dict[str, None] = {}
    attributes: dict[str, str] = {}
    recommendations: dict[str, None] = {}
    for card in cards:
        if given.read_recommendation(card.recommendation) is None:
            recommendations[card.recommendation] = None
        for each in card.ratings:
            if given.read_label(each.label, rubric.scale.values) is None:
                words[each.label] = None
            if each.attribute not in attributes and given.read_attribute(each.attribute, known) is None:
                near = nearest(fold_column(each.attribute), known)
                attributes[each.attribute] = known[near] if near else ""
    return words, attributes, recommendations
