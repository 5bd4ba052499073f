"""An earlier moment, as somebody names it, and what the audit log says was there."""

from collections.abc import Iterator
from datetime import datetime, time

from hiringkit.actions.lookup import Tx
from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Finding, Severity
from hiringkit.errors import Refused, UsageProblem
from hiringkit.store import audit
from hiringkit.store.past import Past, last_event, past
from hiringkit.text.sentence import Sentence
from hiringkit.timezone import local, zone

AS_OF = Sentence("as of event {sequence} of the audit log ({when})")
NOT_YET = Sentence("opening {opening_id!r} was not there as of {given!r}")
NOT_YET_HINT = Sentence("hiringkit audit log --opening {opening_id} lists what was done, with numbers and times")
NEITHER = Sentence("{given!r} is neither a day or time nor an event")
NEITHER_HINT = Sentence(
    "a day such as 2026-03-01, a time such as 2026-03-01T14:00, or the number of an event of the log"
)
_LONGEST_NUMBER = 15
_DAY = len("2026-03-01")


def as_of(tx: Tx, given: str, opening_id: str) -> Past:
    """Return what was there at a moment that somebody names.

    Args:
        tx: A transaction.
        given: A day, whose end is meant, or a time, in the time zone in use; an event's number; or an event that was
            noted, `SEQUENCE:HASH`.
        opening_id: The opening that is asked about.

    Raises:
        UsageProblem: It is none of these.
        Refused: The opening was not there yet, or the event is not the one that was noted.
    """
    number, _, noted = given.strip().partition(":")
    if number.isascii() and number.isdigit() and (not noted or len(noted) == len(audit.GENESIS)):
        sequence = int(number) if len(number) <= _LONGEST_NUMBER else 0
        if noted and (problems := audit.verify_head(tx, sequence, noted.lower())):
            raise Refused(problems[0].message, hint=problems[0].hint)
    else:
        sequence = last_event(tx, _moment(given.strip()))
    sequence = min(sequence, audit.head(tx)[0])
    found = past(tx, sequence) if sequence else None
    if found is None or opening_id not in found.openings:
        message = NOT_YET.format(opening_id=opening_id, given=given)
        raise Refused(message, hint=NOT_YET_HINT.format(opening_id=opening_id))
    return found


def _moment(given: str) -> datetime:
    try:
        at = datetime.fromisoformat(given)
    except ValueError:
        raise UsageProblem(NEITHER.format(given=given), hint=NEITHER_HINT) from None
    if len(given) <= _DAY:
        at = datetime.combine(at, time.max)
    return at if at.tzinfo else at.replace(tzinfo=zone())


def as_of_findings(then: Past | None) -> Iterator[Finding]:
    """Yield a finding that says as of when something is; none where it is as of now."""
    if then is not None:
        when = f"{local(then.at):%Y-%m-%d %H:%M}"
        yield Finding(Code.AS_OF, AS_OF.format(sequence=then.sequence, when=when), Severity.INFO)
