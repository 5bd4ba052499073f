"""The root of all commands: names and one line each, nothing imported."""

import click

import hiringkit
from hiringkit.cli.base import LazyGroup, Option
from hiringkit.locale import n_

NOUNS = {
    "demo": n_("See it work: an invented opening, rated, scored and compared."),
    "rubric": n_("What a role needs and how it is asked and rated."),
    "bank": n_("Question banks: list, read, search."),
    "opening": n_("One hire against one pinned rubric."),
    "candidate": n_("The candidates of an opening."),
    "interviewer": n_("Those who interview."),
    "interview": n_("Schedule, hold and submit interviews."),
    "panel": n_("Plan a panel: who asks what, and how many interviewers it takes."),
    "outstanding": n_("Scorecards that are still to come, over all openings."),
    "tui": n_("Hold interviews and compare, full screen."),
    "serve": n_("Interviews in a browser, for everybody on the panel."),
    "compare": n_("Fit profiles of an opening's candidates, side by side."),
    "next": n_("Which further interview would tell most about who is best."),
    "profile": n_("One candidate's fit profile."),
    "raters": n_("How interviewers rate beside each other."),
    "report": n_("The debrief of an opening: the decision, and what stands behind it."),
    "decision": n_("Decide by silent votes on each criterion, and put it on record."),
    "import": n_("Scorecards of other programs: sheets, exports of applicant-tracking systems."),
    "export": n_("The submitted ratings of an opening, as a file."),
    "score": n_("Score a file of ratings, without any database."),
    "agreement": n_("How far interviewers agree, in an opening or a file of ratings."),
    "comply": n_("For laws on automated decisions: card, notice, explanation, record of reviews."),
    "fairness": n_("How groups of candidates come out: impact ratios, tests and intervals."),
    "self": n_("Assess yourself against a role, and see what to work on."),
    "practice": n_("Rate invented answers and learn how your levels compare."),
    "noise": n_("A noise audit: several people rate the same invented answers, each alone."),
    "need": n_("Does the organisation need the role?"),
    "posting": n_("A job posting out of a rubric, and a check of one that exists."),
    "audit": n_("Who did what and when, and whether the log of it is whole."),
    "db": n_("The database: its state, backups, who may see what, and how long records are kept."),
    "schema": n_("The JSON Schema of what -f json writes."),
    "where": n_("Where everything is found, and why there."),
}


root = LazyGroup(
    "hiringkit",
    nouns=NOUNS,
    params=[],
    context_settings={"help_option_names": ["-h", "--help"]},
    help=n_("Structured interviews that an organisation can defend. Begin with: hiringkit demo"),
    epilog=n_("Documentation: docs/ in the source, and `--help` of every command."),
)
click.version_option(
    hiringkit.__version__, "--version", cls=Option, message="%(prog)s %(version)s", help=n_("Show the version.")
)(root)
