"""A panel's practice: who gave which level to the same answers, and where they part."""

from hiringkit.domain.practice import PanelAnswer, PanelOutcome
from hiringkit.domain.question import QuestionBank
from hiringkit.locale import _
from hiringkit.report.model import Cell, Column, Facts, Notes, Number, Report, Table, Tone, Word, plain
from hiringkit.report.words import moment, zoned
from hiringkit.text.language import LANGUAGES


def panel_report(outcome: PanelOutcome, bank: QuestionBank, language: str = "en") -> Report:
    """Show every answer with everybody's level, those first on which they part most."""
    session, alpha = outcome.session, outcome.alpha
    table = _answers(outcome, bank, language)
    return Report(
        title=_("Practice of a panel: {title}").format(title=bank.title.in_language(language)),
        blocks=(
            Facts(
                (
                    (_("Session"), Number(session.number, 0)),
                    (zoned(_("Held")), Word(moment(session.started_at))),
                    (_("Interviewers"), LANGUAGES[language].comma.join(session.raters)),
                    (_("Answers"), Number(len(session.answers), 0)),
                    (_("Agreement, Krippendorff's alpha"), Number(alpha.estimate, 2)),
                )
            ),
            table,
            _severity(outcome),
            Notes((_talk(outcome),)),
        ),
        document={
            "schema": "hiringkit/practice-panel/1",
            "bank": session.bank,
            "number": session.number,
            "started_at": plain(session.started_at),
            "interviewers": list(session.raters),
            "alpha": plain(alpha),
            "severity": plain(outcome.severity),
            "answers": [{**plain(answer), "spread": answer.spread} for answer in session.answers],
        },
        data=table,
    )


def _answers(outcome: PanelOutcome, bank: QuestionBank, language: str) -> Table:
    raters = outcome.session.raters
    columns = (
        Column("question", _("Question"), wrap=True),
        Column("candidate", _("Candidate")),
        Column("reasoned", _("Reasoned level")),
        *(Column(f"level_{number}", name) for number, name in enumerate(raters, 1)),
        Column("apart", _("Apart by")),
    )

    def row(answer: PanelAnswer) -> tuple[Cell, ...]:
        question = bank.question(answer.question)
        levels = (Number(answer.levels[name], 0 if answer.levels[name] % 1 == 0 else 1) for name in raters)
        apart = Word(f"{answer.spread:g}", Tone.BAD if answer in outcome.parted else None)
        heading = question.heading(language) if question else answer.question
        return heading, Word(answer.sample.upper()), Number(answer.reasoned, 0), *levels, apart

    widest_first = sorted(outcome.session.answers, key=lambda answer: -answer.spread)
    return Table(columns, tuple(map(row, widest_first)), _("Where your levels part"), _("No answer was rated."))


def _severity(outcome: PanelOutcome) -> Table:
    columns = (Column("interviewer", _("Interviewer")), Column("severity", _("Severity")))
    rows = tuple((name, Number(value, 2, signed=True)) for name, value in outcome.severity.items())
    return Table(columns, rows, _("Stricter (+) or milder (-) than the reasoned levels"))


def _talk(outcome: PanelOutcome) -> str:
    if not outcome.session.answers:
        return _("Rate some answers together, then talk about those on which you part.")
    if outcome.parted:
        return _(
            "Talk before you interview about the answers on which you are two levels or more apart: each says which"
            " words of which anchor decided it. One apart is what anchors leave open."
        )
    return _("Nobody is two levels apart on any answer. With so few answers that is a good sign and no proof.")
