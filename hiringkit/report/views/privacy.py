"""A candidate's personal record, what an erasure left, and how long records are kept."""

from collections.abc import Iterator, Sequence

from hiringkit.domain.interview import InterviewText
from hiringkit.domain.level import write_level
from hiringkit.domain.people import Candidate
from hiringkit.domain.privacy import (
    PRESETS,
    Erasure,
    PersonalAnswer,
    PersonalDecision,
    PersonalInterview,
    PersonalRecord,
    PersonalScorecard,
    RetainedOpening,
)
from hiringkit.locale import _, say
from hiringkit.report.model import Block, Cell, Column, Facts, Lines, Notes, Number, Report, Table, Tone, Word, plain
from hiringkit.report.words import day, moment, outcome_word, rating_cell, recommendation_word, state_word, zoned
from hiringkit.text.language import Text


def personal_report(record: PersonalRecord, language: str) -> Report:
    """Show all that is known about a candidate, to be handed to them."""
    candidate, opening = record.candidate, record.opening
    facts: list[tuple[str, Cell]] = [
        (_("Name"), candidate.name),
        (_("E-mail"), candidate.email or "-"),
        (_("Applied for"), opening.title),
        (_("Résumé in one line"), candidate.resume_line or "-"),
        (_("Note"), candidate.note or "-"),
        (_("Outcome"), outcome_word(candidate)),
        *(
            [(_("Withdrawn"), candidate.withdrawn_reason or day(candidate.withdrawn_at))]
            if candidate.withdrawn_at
            else []
        ),
        (_("Kept until"), Word(day(record.keep_until)) if record.keep_until else Word(_("not decided"), Tone.QUIET)),
        *([(_("On hold"), candidate.held_reason)] if candidate.held_at else []),
        *(
            [(", ".join(record.demographics), _("your answer is kept apart and only counted, never shown beside you"))]
            if record.demographics
            else []
        ),
    ]
    blocks: list[Block] = [Facts(tuple(facts))]
    for interview in record.interviews:
        blocks.extend(_interview_blocks(interview, language))
    for decision in record.decisions:
        blocks.extend(_decision_blocks(decision, language))
    if record.needs:
        needs = tuple((expectation, Number(level, 0)) for expectation, level in record.needs.items())
        blocks.append(Facts(needs, _("What you need from the team, from 1 to 5")))
    columns = (Column("at", zoned(_("When"))), Column("action", _("What")))
    rows = tuple((Word(moment(each.at)), Word(each.action)) for each in record.events)
    blocks.append(Table(columns, rows, _("What was done with this record")))
    return Report(
        title=_("What is kept about {name}").format(name=candidate.name),
        blocks=tuple(blocks),
        document={
            "schema": "hiringkit/personal/1",
            "opening": {"id": opening.id, "title": opening.title},
            "candidate": plain(candidate),
            "keep_until": plain(record.keep_until),
            "interviews": [plain(each) for each in record.interviews],
            "needs": plain(record.needs),
            "events": [plain(each) for each in record.events],
            "decisions": [plain(each) for each in record.decisions],
            "demographics": list(record.demographics),
        },
        data=lambda: _data(record, language),
    )


def _interview_blocks(interview: PersonalInterview, language: str) -> list[Block]:
    name = _("Interview with interviewer {number}").format(number=interview.interviewer)
    if interview.round > 1:
        name = _("{interview}, round {round}").format(interview=name, round=interview.round)
    facts: list[tuple[str, Cell]] = [
        (_("State"), state_word(interview.state)),
        *([(zoned(_("Planned for")), Word(moment(interview.scheduled_at)))] if interview.scheduled_at else []),
        *([(_("Place"), interview.location)] if interview.location else []),
        *([(_("Cancelled"), interview.cancelled_reason)] if interview.cancelled_reason else []),
        *([(_("Imported from"), interview.source)] if interview.source else []),
        *[(_part(part), text) for part, text in interview.texts.items()],
    ]
    last = interview.scorecards[-1].answers if interview.scorecards else ()
    tables = [_answers(interview.answers, language)] if interview.answers != last else []
    cards = [block for card in interview.scorecards for block in _card_blocks(card, language)]
    return [Facts(tuple(facts), name), *tables, *cards]


def _decision_blocks(decision: PersonalDecision, language: str) -> Iterator[Block]:
    """Show the votes on the candidate, and what was said about them."""
    outcome = {True: _("decided for you"), False: _("decided for somebody else, or for nobody"), None: _("not decided")}
    facts: list[tuple[str, Cell]] = [
        (zoned(_("Opened")), Word(moment(decision.opened_at))),
        (_("Outcome"), outcome[decision.chosen]),
        *([(zoned(_("Closed")), Word(moment(decision.decided_at)))] if decision.decided_at else []),
        *([(_("Votes that are still sealed"), Number(decision.sealed, 0))] if decision.sealed else []),
    ]
    yield Facts(tuple(facts), _("Decision {number}").format(number=decision.number))
    columns = (
        Column("criterion", _("Criterion"), wrap=True),
        Column("round", _("Round")),
        Column("voter", _("Voter")),
        Column("level", _("Level")),
        Column("reason", _("Reason"), wrap=True),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            each.name.in_language(language) if each.name else _("Holistic judgement"),
            Number(each.round, 0),
            _("interviewer {number}").format(number=each.voter),
            Word(_("abstains"), Tone.QUIET) if each.level is None else Word(write_level(each.level)),
            each.reason,
        )
        for each in decision.votes
    ]
    yield Table(columns, tuple(rows), _("Votes about you"), _("No vote about you is revealed."))
    if decision.said:
        yield Notes(decision.said, _("Said about you when it was decided"))


def _part(part: InterviewText) -> str:
    return {
        InterviewText.RECOMMENDATION: _("Recommendation"),
        InterviewText.SUMMARY: _("In one line"),
        InterviewText.NOTES: _("Notes"),
        InterviewText.HANDOVER: _("Left for others"),
    }[part]


def _card_blocks(card: PersonalScorecard, language: str) -> list[Block]:
    facts: list[tuple[str, Cell]] = [
        (zoned(_("Submitted")), Word(moment(card.submitted_at))),
        (_("Recommendation"), recommendation_word(card.recommendation)),
        *([(_("In one line"), card.summary)] if card.summary else []),
        *([(_("Why it was amended"), card.reason)] if card.reason else []),
    ]
    return [Facts(tuple(facts), _("Scorecard {n}").format(n=card.number)), _answers(card.answers, language)]


def _answers(answers: Sequence[PersonalAnswer], language: str) -> Table:
    columns = (
        Column("question", _("Question"), wrap=True),
        Column("rating", _("Rating")),
        Column("evidence", _("Evidence"), wrap=True),
    )
    rows = tuple((_question(each, language), rating_cell(each.rating), each.evidence) for each in answers)
    return Table(columns, rows)


def _question(answer: PersonalAnswer, language: str) -> str:
    return answer.text.in_language(language) if isinstance(answer.text, Text) else answer.text


def _data(record: PersonalRecord, language: str) -> Table:
    """List the answers, one a row, for files."""
    names = ("interviewer", "round", "scorecard", "question", "text", "rating", "evidence", "rated_at")
    rows: list[tuple[Cell, ...]] = []
    for interview in record.interviews:
        cards = [("", interview.answers), *((str(card.number), card.answers) for card in interview.scorecards)]
        rows += [
            (
                Number(interview.interviewer, 0),
                Number(interview.round, 0),
                number,
                answer.question,
                _question(answer, language),
                "" if answer.rating is None else str(answer.rating),
                answer.evidence,
                answer.rated_at.isoformat() if answer.rated_at else "",
            )
            for number, answers in cards
            for answer in answers
        ]
    return Table(tuple(Column(name, name) for name in names), tuple(rows))


def erasures_report(erasures: Sequence[Erasure]) -> Report:
    """Say who has a pseudonym now, and what an erasure could not reach."""
    columns = (Column("opening", _("Opening")), Column("pseudonym", _("Pseudonym")))
    rows = tuple((Word(each.opening), Word(each.pseudonym)) for each in erasures)
    blocks: list[Block] = [Table(columns, rows, empty=_("Nobody is due."))]
    unswept = [each for each in erasures if not each.swept]
    if unswept:
        again = f"hiringkit candidate erase {unswept[-1].opening} {unswept[-1].pseudonym}"
        told = _(
            "The server's files hold the old rows until it has cleaned up. The owner of the tables has them written"
            " anew at once: {again}"
        )
        blocks.append(Notes((told.format(again=again),)))
    backups = {str(copy.path): copy for each in erasures for copy in each.backups}
    if backups:
        lines = tuple(
            path if copy.readable else _("{path} (cannot be read)").format(path=path) for path, copy in backups.items()
        )
        blocks.append(Lines(lines, _("Backups that still hold them; delete them, or let them run out")))
    mentions = tuple(
        _("{table}.{column} of {key}").format(table=mention.table, column=mention.column, key=mention.key)
        for each in erasures
        for mention in each.mentions
    )
    if mentions:
        blocks.append(Notes(mentions, _("The name still stands in what was written about others")))
    logs = tuple(str(path) for each in erasures for path in each.crash_logs)
    if logs:
        blocks.append(Lines(logs, _("Crash logs that named them, and were deleted")))
    return Report(
        title=_("Erased"),
        blocks=tuple(blocks),
        document={
            "schema": "hiringkit/erasures/1",
            "erased": [
                {
                    "opening": each.opening,
                    "pseudonym": each.pseudonym,
                    "backups": [{"path": str(copy.path), "readable": copy.readable} for copy in each.backups],
                    "mentions": [plain(mention) for mention in each.mentions],
                    "crash_logs": [str(path) for path in each.crash_logs],
                    "swept": each.swept,
                }
                for each in erasures
            ],
        },
    )


def retention_report(kept: Sequence[RetainedOpening], *, due_only: bool) -> Report:
    """List how long what is known about candidates is kept, or who is due."""
    if due_only:
        blocks: tuple[Block, ...] = (_due_table(kept),)
    else:
        laws = tuple(_("{name}: {law}").format(name=each.name, law=say(each.law)) for each in PRESETS)
        blocks = (_kept_table(kept), Notes(laws, _("Presets, and what they answer; ask whoever counsels you")))
    return Report(
        title=_("How long records are kept"),
        blocks=blocks,
        document={
            "schema": "hiringkit/retention/1",
            "openings": [
                {
                    "opening": each.opening.id,
                    "title": each.opening.title,
                    "retention_months": each.opening.retention_months,
                    "closed_at": plain(each.opening.closed_at),
                    "due_at": plain(each.due_at),
                    "due": [{"id": person.id, "name": person.name} for person in each.due],
                    "held": [
                        {"id": person.id, "name": person.name, "reason": person.held_reason} for person in each.held
                    ],
                }
                for each in kept
            ],
            "presets": [{"name": each.name, "months": each.months, "law": say(each.law)} for each in PRESETS],
        },
    )


def _kept_table(kept: Sequence[RetainedOpening]) -> Table:
    columns = (
        Column("opening", _("Opening")),
        Column("retention", _("Kept for")),
        Column("closed_at", _("Closed")),
        Column("due_at", _("Due")),
        Column("due", _("Due now")),
        Column("held", _("On hold")),
    )
    rows = tuple(
        (
            Word(each.opening.id),
            _time_kept(each.opening.retention_months),
            Word(day(each.opening.closed_at)),
            Word(day(each.due_at)),
            Number(len(each.due), 0),
            Number(len(each.held), 0),
        )
        for each in kept
    )
    return Table(columns, rows, empty=_("No openings yet."))


def _time_kept(months: int | None) -> Word:
    if months is None:
        return Word(_("not decided"), Tone.CAUTION)
    return Word(_("{months} months").format(months=months))


def _due_table(kept: Sequence[RetainedOpening]) -> Table:
    columns = (
        Column("opening", _("Opening")),
        Column("candidate", _("Candidate")),
        Column("name", _("Name")),
        Column("due_at", _("Due")),
        Column("state", _("State")),
    )

    def row(each: RetainedOpening, person: Candidate) -> tuple[Cell, ...]:
        held = _("on hold: {reason}").format(reason=person.held_reason) if person.held_at else ""
        state = Word(held, Tone.QUIET) if held else Word(_("to be erased"), Tone.CAUTION)
        return Word(each.opening.id), Word(person.id), person.name, Word(day(each.due_at)), state

    rows = tuple(row(each, person) for each in kept for person in (*each.due, *each.held))
    return Table(columns, rows, empty=_("Nobody is due."))
