"""Practice as plain values, in full: what `-f json` writes."""

from hiringkit.domain.practice import PracticeLog, PracticeRecord
from hiringkit.report.values import plain


def log_document(log: PracticeLog) -> dict[str, object]:
    """Return all sessions of somebody with a bank."""
    change = log.change
    return {
        "sessions": [_record(record) for record in log.records],
        "change": change and {**plain(change), "clear": change.clear},
    }


def _record(record: PracticeRecord) -> dict[str, object]:
    session = record.session
    return {
        "number": session.number,
        "started_at": plain(session.started_at),
        "accuracy": plain(record.accuracy),
        "answers": plain(session.answers),
    }
