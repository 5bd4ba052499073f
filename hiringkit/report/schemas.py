"""The documents that `-f json` writes, each as a JSON Schema (2020-12): the keys that programs may rely on.

Every key named here is always there; further keys may be added at any time, so none forbids others.
"""

from collections.abc import Mapping
from typing import Any

from hiringkit.domain.access import LoginRole
from hiringkit.domain.card import CardState
from hiringkit.domain.conduct import RankingPolicy
from hiringkit.domain.decision import DecisionState, ExceptionKind, StatementKind, VotingStage
from hiringkit.domain.fairness import RateMeasure, RateState
from hiringkit.domain.finding import Severity
from hiringkit.domain.law import ReviewResult
from hiringkit.domain.links import LinkState
from hiringkit.domain.people import HiringOutcome
from hiringkit.domain.profile import BarState, Method
from hiringkit.domain.selection import ReliabilitySource
from hiringkit.domain.shape import RECOMMENDATIONS

Schema = dict[str, Any]

PREFIX = "hiringkit/"
TEXT: Schema = {"type": "string"}
INTEGER: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
FLAG: Schema = {"type": "boolean"}
ANY: Schema = {}


def _or_null(schema: Schema) -> Schema:
    kind = schema.get("type")
    return {**schema, "type": [kind, "null"]} if isinstance(kind, str) else {"anyOf": [schema, {"type": "null"}]}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _map(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}


def _object(keys: Mapping[str, Schema], more: Mapping[str, Schema] | None = None) -> Schema:
    """Return the schema of an object.

    Args:
        keys: Those that are always there.
        more: Those that may be missing.
    """
    return {"type": "object", "required": list(keys), "properties": {**keys, **(more or {})}}


def _words(*words: str) -> Schema:
    return {"type": "string", "enum": list(words)}


TEXT_OR_NULL, NUMBER_OR_NULL, INTEGER_OR_NULL = _or_null(TEXT), _or_null(NUMBER), _or_null(INTEGER)
TEXTS = _list(TEXT)
MOMENT: Schema = {"type": "string", "format": "date-time"}
MOMENT_OR_NULL = _or_null(MOMENT)
INTERVAL = _or_null({"type": "array", "prefixItems": [NUMBER_OR_NULL, NUMBER_OR_NULL], "minItems": 2, "maxItems": 2})
LOCALISED: Schema = {"anyOf": [TEXT, _map(TEXT)]}
"""A text of a rubric or bank: a string, or one for each language."""
LEVEL: Schema = {"anyOf": [NUMBER, TEXT, {"type": "null"}]}
"""A level, `not-assessed`, `no-evidence`, or null where there is no rating yet."""

FINDING = _object(
    {
        "code": TEXT,
        "severity": _words(*Severity),
        "message": TEXT,
        "hint": TEXT,
        "path": TEXT,
        "file": TEXT_OR_NULL,
        "line": INTEGER_OR_NULL,
        "column": INTEGER_OR_NULL,
    }
)
FINDINGS = _list(FINDING)
RUBRIC_REF = _object({"id": TEXT, "version": TEXT, "digest": TEXT})
VARIANCE = _object({"estimate": NUMBER_OR_NULL, "interval": INTERVAL})
BASIS: Mapping[str, Schema] = {
    "rubric": _or_null(RUBRIC_REF),
    "method": _words(*Method),
    "ranking": _words(*RankingPolicy),
    "level": NUMBER,
    "scale": _object({"low": NUMBER, "high": NUMBER, "source": _words("rubric", "option", "data")}),
    "counts": _object(
        dict.fromkeys(
            ("ratings", "not_assessed", "no_evidence", "candidates", "interviewers", "questions"),
            INTEGER,
        )
    ),
    "criteria": _list(_object({"criterion": TEXT, "name": TEXT})),
    "model": _or_null(
        _object(
            {
                "effects": TEXTS,
                "estimator": TEXT,
                "converged": FLAG,
                "connected": FLAG,
                "mean": NUMBER_OR_NULL,
                "variances": _map(VARIANCE),
            }
        )
    ),
}
RECOMMENDED = _words("", *RECOMMENDATIONS, "strong-no")
SIDE = _object({"interviewer": TEXT, "score": NUMBER})
PROFILE = _object(
    {
        "candidate": TEXT,
        "name": TEXT,
        "overall": _object(
            {
                "score": NUMBER_OR_NULL,
                "interval": INTERVAL,
                "observed": NUMBER_OR_NULL,
                "ratings": INTEGER,
                "interviewers": INTEGER,
                "coverage": NUMBER,
            }
        ),
        "criteria": _list(
            _object(
                {
                    "criterion": TEXT,
                    "score": NUMBER_OR_NULL,
                    "interval": INTERVAL,
                    "observed": NUMBER_OR_NULL,
                    "ratings": INTEGER,
                    "below_bar": _or_null(FLAG),
                    "state": {"enum": [*BarState, None]},
                    "above_bar": NUMBER_OR_NULL,
                    "adjusted": NUMBER_OR_NULL,
                    "no_evidence": INTEGER,
                    "not_assessed": INTEGER,
                }
            )
        ),
        "rank": _object(
            {
                "position": INTEGER_OR_NULL,
                "interval": _or_null({"type": "array", "items": INTEGER, "minItems": 2, "maxItems": 2}),
                "p_best": NUMBER_OR_NULL,
                "not_separable_from": TEXTS,
                "ahead_of": _map(NUMBER),
            }
        ),
        "gates": _list(
            _object(
                {
                    "criterion": TEXT,
                    "bar": NUMBER,
                    "state": _words(*BarState),
                    "probability": NUMBER_OR_NULL,
                    "passed": _or_null(FLAG),
                }
            )
        ),
        "recommendation": _object({"policy": RECOMMENDED, "probability": _map(NUMBER)}),
        "flags": TEXTS,
        "panel": _list(_object({"interviewer": TEXT, "recommendation": RECOMMENDED, "reason": TEXT})),
        "disagreements": _list(
            _object(
                {
                    "criterion": TEXT_OR_NULL,
                    "lowest": SIDE,
                    "highest": SIDE,
                    "beyond_chance": FLAG,
                    "below": TEXTS,
                    "above": TEXTS,
                }
            )
        ),
    }
)
INTERVIEWER_EFFECT = _object(
    {"interviewer": TEXT, "name": TEXT, "severity": NUMBER_OR_NULL, "interval": INTERVAL, "ratings": INTEGER}
)
DESIGN = _object(
    {
        "interviewers": INTEGER,
        "questions": NUMBER,
        "phi": NUMBER_OR_NULL,
        "erho2": NUMBER_OR_NULL,
        "phi_interval": INTERVAL,
    }
)
LEFT_OUT: Mapping[str, Schema] = {
    "leaders": TEXTS,
    "lead": NUMBER_OR_NULL,
    "method": _words(*Method),
    "changed": _or_null(FLAG),
}
ROBUSTNESS = _or_null(
    _object(
        {
            "leader": TEXT_OR_NULL,
            "moved": NUMBER_OR_NULL,
            "moved_leader": TEXT_OR_NULL,
            "weights": _list(
                _object(
                    {
                        "criterion": TEXT,
                        "share": NUMBER,
                        "nearest": NUMBER_OR_NULL,
                        "alone": NUMBER_OR_NULL,
                        "alone_leader": TEXT_OR_NULL,
                    }
                )
            ),
            "leads": _list(_object({"candidate": TEXT, "share": NUMBER})),
            "concentration": NUMBER,
            "draws": INTEGER,
            "without_interviewer": _list(_object({"interviewer": TEXT, **LEFT_OUT})),
            "without_question": _list(_object({"question": TEXT, **LEFT_OUT})),
            "findings": FINDINGS,
        }
    )
)
PANEL_STRENGTH = _or_null(
    _object(
        {
            "interviewers": NUMBER,
            "of": INTEGER,
            "reliability": NUMBER,
            "chance_best": NUMBER,
            "band": INTERVAL,
            "one_more": NUMBER,
        }
    )
)
COEFFICIENT = _object({"estimate": NUMBER_OR_NULL, "interval": INTERVAL})
AGREEMENT_SET: Mapping[str, Schema] = {
    "icc": _object(dict.fromkeys(("1,1", "1,k", "2,1", "2,k", "3,1", "3,k"), COEFFICIENT)),
    "krippendorff_alpha": _object(dict.fromkeys(("nominal", "ordinal", "interval"), COEFFICIENT)),
    "gwet_ac1": COEFFICIENT,
    "gwet_ac2": COEFFICIENT,
    "fleiss_kappa": COEFFICIENT,
    "cohen_kappa_weighted": COEFFICIENT,
    "kendall_w": COEFFICIENT,
    "rwg_j": COEFFICIENT,
    "generalizability": _or_null(
        _object(
            {
                "components": _map(NUMBER_OR_NULL),
                "phi": NUMBER_OR_NULL,
                "erho2": NUMBER_OR_NULL,
                "d_study": _list(DESIGN),
                "target": NUMBER,
                "verdict": TEXT_OR_NULL,
                "cheapest": _or_null(DESIGN),
                "largest_error": TEXT_OR_NULL,
                "phi_interval": INTERVAL,
            }
        )
    ),
    "reliability": _map(COEFFICIENT),
}
SPLIT_SIDE = _object({"interviewer": TEXT, "level": NUMBER_OR_NULL, "evidence": TEXT})
INTERVIEW: Mapping[str, Schema] = {
    "id": TEXT,
    "opening": TEXT,
    "candidate": TEXT,
    "interviewer": TEXT,
    "state": TEXT,
    "kit": TEXTS,
    "questions": INTEGER,
    "rated": INTEGER_OR_NULL,
    "scheduled_at": MOMENT_OR_NULL,
    "location": TEXT,
    "round": INTEGER,
    "cancelled_at": MOMENT_OR_NULL,
    "cancelled_reason": TEXT,
    "owed": FLAG,
}
RATING = _object(
    {
        "question": TEXT,
        "rating": LEVEL,
        "evidence": TEXT,
        "probes": _list(INTEGER),
        "rated_at": MOMENT_OR_NULL,
        "after_seeing": FLAG,
    }
)
OPENING: Mapping[str, Schema] = {
    "id": TEXT,
    "title": TEXT,
    "rubric": TEXT,
    "version": TEXT,
    "digest": TEXT,
    "created_at": MOMENT,
    "closed_at": MOMENT_OR_NULL,
    "retention_months": INTEGER_OR_NULL,
    "ranking": {"enum": [*RankingPolicy, None]},
}
CANDIDATE: Mapping[str, Schema] = {
    "id": TEXT,
    "name": TEXT,
    "email": TEXT,
    "note": TEXT,
    "resume_line": TEXT,
    "withdrawn_at": MOMENT_OR_NULL,
    "withdrawn_reason": TEXT,
    "outcome": {"enum": [*HiringOutcome, None]},
    "outcome_reason": TEXT,
    "held_at": MOMENT_OR_NULL,
    "held_reason": TEXT,
    "erased_at": MOMENT_OR_NULL,
}
PERSONAL_ANSWERS = _list(
    _object(
        {
            "question": TEXT,
            "text": LOCALISED,
            "rating": LEVEL,
            "evidence": TEXT,
            "rated_at": MOMENT_OR_NULL,
            "source_words": TEXT,
        }
    )
)
INTERVIEWER = _object({"id": TEXT, "name": TEXT, "email": TEXT})
LINK: Mapping[str, Schema] = {
    "number": INTEGER,
    "interviewer": TEXT,
    "opening": TEXT_OR_NULL,
    "desk": FLAG,
    "created_at": MOMENT,
    "expires_at": MOMENT,
    "redeemed_at": MOMENT_OR_NULL,
    "revoked_at": MOMENT_OR_NULL,
}
DROPPED = _list(_object({"question": TEXT, "reason": TEXT}))
QUESTION: Mapping[str, Schema] = {"id": TEXT, "kind": TEXT, "text": LOCALISED, "criteria": _map(NUMBER)}
PRACTICE: Mapping[str, Schema] = {
    "sessions": _list(_object({"number": INTEGER, "started_at": MOMENT, "accuracy": ANY, "answers": _list(ANY)})),
    "change": ANY,
}
NEED: Mapping[str, Schema] = {"id": TEXT, "rubric": ANY, "result": TEXT}
NEED_SIDE: Mapping[str, Schema] = {"id": TEXT, "result": TEXT, "changed_at": MOMENT}
SELF_SCORE = _object({"criterion": TEXT, "score": NUMBER_OR_NULL})
IMPACT = _object(
    {
        "ratio": NUMBER,
        "ratio_interval": INTERVAL,
        "below_four_fifths": FLAG,
        "difference": NUMBER_OR_NULL,
        "difference_interval": INTERVAL,
        "z": NUMBER_OR_NULL,
        "p": NUMBER_OR_NULL,
        "fisher_two_sided": NUMBER,
        "fisher_one_sided": NUMBER,
        "fisher_mid_p": NUMBER,
    }
)
RATE_TABLE = _object(
    {
        "measure": _words(*RateMeasure),
        "name": TEXT,
        "label": TEXT,
        "by": TEXTS,
        "state": _words(*RateState),
        "groups": _list(
            _object(
                {
                    "group": TEXTS,
                    "applicants": INTEGER,
                    "selected": INTEGER,
                    "rate": NUMBER,
                    "interval": INTERVAL,
                    "impact": _or_null(IMPACT),
                }
            )
        ),
        **dict.fromkeys(("people", "unknown", "small_groups", "people_in_small"), INTEGER),
    }
)
CHECKED: Mapping[str, Schema] = {
    "checked": TEXTS,
    "counts": _object(dict.fromkeys(Severity, INTEGER)),
    "findings": FINDINGS,
}

DECISION_CLOSING = _object(
    {
        "number": INTEGER,
        "at": MOMENT,
        "by": TEXT,
        "decided_by": TEXT,
        "candidate": TEXT_OR_NULL,
        "comparison": TEXT,
        "statements": _list(
            _object({"kind": _words(*StatementKind), "text": TEXT, "criterion": TEXT, "voter": TEXT}),
        ),
    }
)
VOTE = _or_null(NUMBER)
"""A level, or null for an abstention."""
DECISION: Mapping[str, Schema] = {
    "opening": TEXT,
    "number": INTEGER,
    "state": _words(*DecisionState),
    "revision": INTEGER,
    "opened_at": MOMENT,
    "opened_by": TEXT,
    "rubric": RUBRIC_REF,
    "holistic": NUMBER,
    "comparison": _object({"opened": TEXT, "now": TEXT_OR_NULL}),
    "criteria": _list(
        _object(
            {
                "criterion": TEXT,
                "name": TEXT,
                "weight": NUMBER,
                "stage": _words(*VotingStage),
                "revealed": INTEGER,
                "rounds": INTEGER,
                "means": _list(_object({"candidate": TEXT, "first": NUMBER_OR_NULL, "final": NUMBER_OR_NULL})),
            }
        )
    ),
    "candidates": _list(
        _object(
            {
                "candidate": TEXT,
                "name": TEXT,
                "withdrawn": FLAG,
                "first": NUMBER_OR_NULL,
                "final": NUMBER_OR_NULL,
                "comparison": _or_null(_object({"score": NUMBER_OR_NULL, "position": INTEGER_OR_NULL})),
            }
        )
    ),
    "voters": _list(_object({"voter": TEXT, "name": TEXT})),
    "ballots": _list(
        _object(
            {
                "criterion": TEXT,
                "round": INTEGER,
                "voter": TEXT,
                "levels": _map(VOTE),
                "at": MOMENT,
                "reason": TEXT,
                "revision": INTEGER,
                "sealed": FLAG,
            }
        )
    ),
    "reveals": _list(_object({"criterion": TEXT, "round": INTEGER, "at": MOMENT, "by": TEXT})),
    "notes": _list(_object({"criterion": TEXT, "text": TEXT, "at": MOMENT, "by": TEXT})),
    "exceptions": _list(
        _object(
            {
                "kind": _words(*ExceptionKind),
                "reason": TEXT,
                "at": MOMENT,
                "by": TEXT,
                "criterion": TEXT,
                "subject": TEXT,
            }
        )
    ),
    "closing": _or_null(DECISION_CLOSING),
}

MEASURE: Mapping[str, Schema] = {
    "estimate": NUMBER_OR_NULL,
    "interval": INTERVAL,
    "n": INTEGER,
    "least": INTEGER,
    "peers": NUMBER_OR_NULL,
}

LOGIN_GRANT: Mapping[str, Schema] = {
    "login": TEXT,
    "role": _words(*LoginRole),
    "opening": TEXT_OR_NULL,
    "interviewer": TEXT_OR_NULL,
    "granted_at": MOMENT,
    "granted_by": TEXT,
}

DOCUMENTS: Mapping[str, Mapping[str, Schema]] = {
    "agreement/1": {
        "level": NUMBER,
        **AGREEMENT_SET,
        "per_criterion": _list(_object({"criterion": TEXT, "ratings": INTEGER, **AGREEMENT_SET})),
        "findings": FINDINGS,
    },
    "attempts/1": {"attempts": _list(_object({"rubric": ANY})), "findings": FINDINGS},
    "bank/1": {"bank": _object({"id": TEXT, "title": LOCALISED, "questions": _list(_object(QUESTION))})},
    "banks/1": {"banks": _list(_object({"id": TEXT, "title": LOCALISED, "questions": INTEGER, "file": TEXT}))},
    "bulk-scores/1": {
        **BASIS,
        "place": TEXT,
        "files": INTEGER,
        "shards": INTEGER,
        "workers": INTEGER,
        "moved": INTEGER,
        "sums": INTEGER,
        "findings": FINDINGS,
    },
    "candidate/1": {
        "opening": TEXT,
        "opening_title": TEXT,
        "candidate": _object(CANDIDATE),
        "interviews": _list(_object({**INTERVIEW, "interviewer_name": TEXT})),
    },
    "candidates/1": {
        "opening": TEXT,
        "candidates": _list(_object({**CANDIDATE, "interviews": INTEGER, "submitted": INTEGER})),
    },
    "card/1": {
        "card": TEXT,
        "interview": TEXT,
        "opening": TEXT,
        "candidate": TEXT,
        "interviewer": TEXT,
        "rubric": RUBRIC_REF,
        "issued_at": MOMENT,
        "state": _words(*CardState),
        "saved_at": MOMENT,
        "ratings": _list(
            _object(
                {
                    "question": TEXT,
                    "rating": LEVEL,
                    "evidence": TEXT,
                    "probes": _list(INTEGER),
                    "rated_at": MOMENT_OR_NULL,
                }
            )
        ),
        "recommendation": RECOMMENDED,
        "summary": TEXT,
        "notes": TEXT,
        "signature": TEXT,
    },
    "cards/1": {"cards": _list(_object({"interview": TEXT, "file": TEXT, "card": TEXT}))},
    "cards-received/1": {
        "written": FLAG,
        "received": INTEGER,
        "refused": INTEGER,
        "cards": _list(
            _object(
                {
                    "file": TEXT,
                    "accepted": FLAG,
                    "interview": TEXT_OR_NULL,
                    "state": {"enum": [*CardState, None]},
                    "rated": INTEGER_OR_NULL,
                    "questions": INTEGER_OR_NULL,
                    "reason": TEXT,
                    "hint": TEXT,
                }
            )
        ),
    },
    "comparison/1": {
        **BASIS,
        "profiles": _list(PROFILE),
        "interviewers": _list(INTERVIEWER_EFFECT),
        "robustness": ROBUSTNESS,
        "panel_reliability": PANEL_STRENGTH,
        "findings": FINDINGS,
    },
    "debrief/1": {
        "opening": _object({"id": TEXT, "title": TEXT}),
        "made_at": MOMENT,
        "audience": _words("panel", "hiring-manager", "file"),
        "blind": FLAG,
        "candidate": TEXT_OR_NULL,
        "decision": _object({"word": TEXT, "sentence": TEXT, "decided": FLAG}),
        "comparison": _object(
            {
                **BASIS,
                "profiles": _list(PROFILE),
                "interviewers": _list(INTERVIEWER_EFFECT),
                "robustness": ROBUSTNESS,
                "panel_reliability": PANEL_STRENGTH,
                "findings": FINDINGS,
            }
        ),
        "splits": _list(
            _object(
                {"candidate": TEXT, "question": TEXT, "criterion": TEXT, "lowest": SPLIT_SIDE, "highest": SPLIT_SIDE}
            )
        ),
        "answers": _list(
            _object({"candidate": TEXT, "interviewer": TEXT, "question": TEXT, "value": LEVEL, "evidence": TEXT})
        ),
        "interviews": _list(
            _object(
                {
                    "candidate": TEXT,
                    "interviewer": TEXT,
                    "state": TEXT,
                    "questions": INTEGER,
                    "rated": INTEGER_OR_NULL,
                    "scheduled_at": MOMENT_OR_NULL,
                }
            )
        ),
        "dropped": TEXTS,
        "withdrawn": INTEGER,
    },
    "audit-log/1": {
        "events": _list(
            _object(
                {
                    "sequence": INTEGER,
                    "at": MOMENT,
                    "actor": TEXT,
                    "via": TEXT,
                    "action": TEXT,
                    "subject": _map(TEXT),
                    "detail": _or_null(_map(ANY)),
                    "hash": TEXT_OR_NULL,
                    "states": _or_null(_map(ANY)),
                }
            )
        )
    },
    "audit-head/1": {"sequence": INTEGER, "hash": TEXT, "head": TEXT},
    "audit-check/1": {"whole": FLAG, "events": INTEGER, "head": TEXT, "findings": FINDINGS},
    "database/1": {
        "address": TEXT,
        "revision": TEXT_OR_NULL,
        "newest": TEXT,
        "current": FLAG,
        "size": INTEGER_OR_NULL,
        "library": TEXT,
        "encrypted": FLAG,
        "wal_reset_bug": FLAG,
    },
    "database-encryption/1": {"address": TEXT, "encrypted": FLAG, "in_keyring": FLAG, "unencrypted_copies": TEXTS},
    "database-check/1": {"whole": FLAG, "events": INTEGER, "head": TEXT, "findings": FINDINGS},
    "restored/1": {"address": TEXT, "kept": TEXT_OR_NULL, "erased": TEXTS},
    "copied/1": {"from": TEXT, "to": TEXT, "rows": INTEGER, "digest": TEXT},
    "decision/1": DECISION,
    "decision-memo/1": {
        "decision": _object(DECISION),
        "moves": _list(_object({"criterion": TEXT, "voter": TEXT, "candidate": TEXT, "before": VOTE, "after": VOTE})),
        "closings": _list(DECISION_CLOSING),
        "comparison": _or_null(
            _object(
                {
                    **BASIS,
                    "profiles": _list(PROFILE),
                    "interviewers": _list(INTERVIEWER_EFFECT),
                    "findings": FINDINGS,
                }
            )
        ),
        "replay": _object({"command": TEXT, "digest": TEXT_OR_NULL}),
    },
    "dropped-questions/1": {"opening": TEXT, "dropped_questions": DROPPED},
    "edit/1": {
        "file": TEXT,
        "line": INTEGER,
        "path": TEXT,
        "before": ANY,
        "after": ANY,
        "step": TEXT_OR_NULL,
    },
    "erasures/1": {
        "erased": _list(
            _object(
                {
                    "opening": TEXT,
                    "pseudonym": TEXT,
                    "backups": _list(_object({"path": TEXT, "readable": FLAG})),
                    "mentions": _list(_object({"table": TEXT, "column": TEXT, "key": TEXT})),
                    "crash_logs": TEXTS,
                    "swept": FLAG,
                }
            )
        )
    },
    "error/1": {
        "error": _object({"code": TEXT, "message": TEXT, "hint": TEXT, "exit": INTEGER}),
        "findings": FINDINGS,
    },
    "compliance/1": {
        "kind": _words("card", "notice", "explanation"),
        "opening": TEXT,
        "rubric": RUBRIC_REF,
        "disclaimer": TEXT,
        "warnings": TEXTS,
        "sections": _list(_object({"title": TEXT, "lines": TEXTS})),
        "jurisdictions": _list(
            _object(
                {
                    "id": TEXT,
                    "law": TEXT,
                    "since": TEXT,
                    "written": TEXT,
                    "stale": FLAG,
                    "sources": _list(_object({"url": TEXT, "dated": TEXT})),
                }
            )
        ),
    },
    "human-reviews/1": {
        "opening": TEXT,
        "reviews": _list(
            _object(
                {
                    "at": MOMENT,
                    "by": TEXT,
                    "reviewer": TEXT,
                    "opening": TEXT,
                    "candidate": TEXT,
                    "result": _words(*ReviewResult, ""),
                    "reason": TEXT,
                }
            )
        ),
    },
    "exhibits/1": {
        "question": TEXT,
        "exhibits": _list(_object({"id": TEXT, "title": LOCALISED, "text": ANY, "table": ANY})),
    },
    "fairness/1": {
        "openings": TEXTS,
        "minimum": INTEGER,
        "level": NUMBER,
        "people": _object(
            dict.fromkeys(("candidates", "withdrawn", "undecided", "not_in_file", "not_in_opening"), INTEGER)
        ),
        "comparisons": INTEGER,
        "tables": _list(RATE_TABLE),
        "findings": FINDINGS,
    },
    "findings/1": CHECKED,
    "interview/1": {
        **INTERVIEW,
        "hidden": FLAG,
        "candidate_note": TEXT,
        "notes": TEXT,
        "handover": TEXT,
        "handovers": _list(_object({"interviewer": TEXT, "text": TEXT})),
        "ratings": _or_null(_list(RATING)),
        "scorecards": _list(
            _object(
                {
                    "number": INTEGER,
                    "submitted_at": MOMENT,
                    "recommendation": TEXT,
                    "summary": TEXT,
                    "reason": TEXT,
                    "by": TEXT,
                    "ratings": _list(RATING),
                }
            )
        ),
        "amendments": _list(
            _object(
                {
                    "number": INTEGER,
                    "at": MOMENT,
                    "by": TEXT,
                    "part": TEXT,
                    "question": TEXT_OR_NULL,
                    "from": TEXT,
                    "to": TEXT,
                    "reason": TEXT,
                }
            )
        ),
    },
    "interviewer/1": {
        "interviewer": INTERVIEWER,
        "interviews": _list(_object({**INTERVIEW, "opening_title": TEXT, "candidate_name": TEXT})),
        "practice": ANY,
    },
    "interviewers/1": {"interviewers": _list(INTERVIEWER)},
    "interviews/1": {"interviews": _list(_object(INTERVIEW))},
    "links/1": {"links": _list(_object({**LINK, "state": _words(*LinkState)}))},
    "made-link/1": {"link": _object({**LINK, "interviewer_name": TEXT, "url": TEXT, "code": TEXT})},
    "matrix/1": {
        "ratings": _list(_object({"opening": TEXT, "candidate": TEXT, "interviewer": TEXT, "question": TEXT})),
        "levels": _list(LEVEL),
    },
    "mutual-fit/1": {"opening": TEXT, "candidate": TEXT_OR_NULL, "expectations": _list(ANY)},
    "near-duplicates/1": {
        "at_least": NUMBER,
        "pairs": _list(
            _object(
                {
                    "similarity": NUMBER,
                    "questions": _list(_object({"bank": TEXT, "id": TEXT, "text": LOCALISED})),
                }
            )
        ),
    },
    "need-comparison/1": {
        "rubric": TEXT,
        "before": _object(NEED_SIDE),
        "after": _object(NEED_SIDE),
        "changes": _list(ANY),
    },
    "need/1": {**NEED, "budget": ANY, "preconditions": _list(ANY), "signs": _list(ANY), "open": _list(ANY)},
    "needs/1": {"assessments": _list(_object(NEED))},
    "next/1": {
        "opening": TEXT,
        "leader": TEXT_OR_NULL,
        "wrong": NUMBER_OR_NULL,
        "regret": NUMBER_OR_NULL,
        "minutes": NUMBER,
        "further": _list(
            _object(
                {
                    "candidate": TEXT,
                    "interviewer": TEXT,
                    "questions": TEXTS,
                    "minutes": NUMBER,
                    "interview": TEXT,
                    "again": FLAG,
                    "wrong_drop": NUMBER,
                    "regret_drop": NUMBER,
                    "changes": NUMBER,
                }
            )
        ),
        "enough": _or_null(FLAG),
        "draws": INTEGER,
        "findings": FINDINGS,
    },
    "next-steps/1": {
        "attempt": TEXT,
        "rubric": ANY,
        "from_gaps": FLAG,
        "steps": _list(SELF_SCORE),
        "plan": _list(_object({"step": TEXT, "kind": TEXT, "criterion": TEXT_OR_NULL, "hours": NUMBER})),
        "not_rated": TEXTS,
        "requirements": _list(ANY),
    },
    "noise/1": {
        "audit": TEXT,
        "bank": TEXT,
        "raters": INTEGER,
        "complete": INTEGER,
        "answers": INTEGER,
        "repeated": INTEGER,
        "level": NUMBER,
        "bias": NUMBER_OR_NULL,
        "noise": _object(
            dict.fromkeys(
                ("system", "level", "pattern", "stable_pattern", "occasion"),
                _object({"deviation": NUMBER_OR_NULL, "interval": INTERVAL, "share": NUMBER_OR_NULL}),
            )
        ),
        "alpha": _or_null(COEFFICIENT),
        "levels": _list(
            _object({"question": TEXT, "sample": TEXT, "reasoned": NUMBER, "spread": NUMBER, "counts": _map(INTEGER)})
        ),
        "people": _list(
            _object(
                {
                    "label": TEXT,
                    "level": NUMBER,
                    "pattern": NUMBER,
                    "occasion": NUMBER_OR_NULL,
                    "distance": NUMBER,
                }
            )
        ),
        "feedback": ANY,
        "findings": FINDINGS,
    },
    "noise-audit/1": {
        "audit": TEXT,
        "bank": TEXT,
        "file": TEXT,
        "answers": _list(_object({"question": TEXT, "sample": TEXT})),
    },
    "noise-answers/1": {
        "audit": TEXT,
        "file": TEXT,
        "time": INTEGER,
        "rated": INTEGER,
        "answers": INTEGER,
    },
    "opening/1": {
        "opening": _object(OPENING),
        "candidates": _list(_object(CANDIDATE)),
        "interviewers": _list(INTERVIEWER),
        "interviews": _list(_object(INTERVIEW)),
        "dropped_questions": DROPPED,
    },
    "import/1": {
        "opening": TEXT,
        "source": TEXT,
        "written": FLAG,
        "scorecards": _object(dict.fromkeys(("added", "changed", "unchanged", "empty"), INTEGER)),
        "ratings": INTEGER,
        "marks": _map(INTEGER),
        "left_out": _map(INTEGER),
        "candidates": _object({"added": TEXTS, "known": INTEGER}),
        "interviewers": _object({"added": TEXTS, "known": INTEGER}),
        "changes": TEXTS,
    },
    "openings/1": {"openings": _list(_object({**OPENING, "interviews": INTEGER, "submitted": INTEGER}))},
    "outstanding/1": {
        "outstanding": _list(
            _object(
                {
                    **INTERVIEW,
                    "opening_title": TEXT,
                    "candidate_name": TEXT,
                    "interviewer_name": TEXT,
                    "interviewer_email": TEXT,
                    "overdue": FLAG,
                }
            )
        )
    },
    "pack/1": {
        "rubric": _object({"id": TEXT, "version": TEXT}),
        "minutes": NUMBER_OR_NULL,
        "questions": _list(_object(QUESTION)),
    },
    "panel-plan/1": {
        "opening": TEXT,
        "number": INTEGER,
        "made_at": MOMENT,
        "made_by": TEXT,
        "scheduled": FLAG,
        "margin": NUMBER,
        "gap": NUMBER,
        "kits": _list(_object({"id": TEXT, "questions": TEXTS, "minutes": NUMBER})),
        "interviews": _list(
            _object(
                {
                    "candidate": TEXT,
                    "interviewer": TEXT,
                    "kit": TEXT,
                    "questions": TEXTS,
                    "order": INTEGER,
                    "at": MOMENT_OR_NULL,
                    "state": TEXT_OR_NULL,
                }
            )
        ),
        "criteria": _list(
            _object(
                {
                    "criterion": TEXT,
                    "needed": INTEGER,
                    "interviewers": INTEGER,
                    "minutes": NUMBER,
                    "share": NUMBER,
                    "time_share": NUMBER,
                    "met": FLAG,
                }
            )
        ),
        "interviewers": _list(
            _object(
                {
                    "interviewer": TEXT,
                    "interviews": INTEGER,
                    "minutes": NUMBER_OR_NULL,
                    "at_least": INTEGER,
                    "at_most": INTEGER_OR_NULL,
                    "asks": TEXTS,
                    "apart": TEXTS,
                    "times": TEXTS,
                }
            )
        ),
        "predicted": _or_null(
            _object({"reliability": NUMBER, "lowest": NUMBER, "chance_best": NUMBER_OR_NULL, "prior": TEXT})
        ),
    },
    "panel-reliability/1": {
        "opening": TEXT_OR_NULL,
        "hire": INTEGER,
        "of": INTEGER,
        "minutes": NUMBER,
        "reliability": _object(
            {
                "single": NUMBER,
                "source": _words(*ReliabilitySource),
                "band": INTERVAL,
                "prior": TEXT,
                "candidates": INTEGER,
                "spread": NUMBER_OR_NULL,
            }
        ),
        "designs": _list(
            _object(
                {
                    "interviewers": INTEGER,
                    "reliability": NUMBER,
                    "chance_best": NUMBER,
                    "regret": NUMBER,
                    "true_positive_rate": NUMBER,
                    "false_positive_rate": NUMBER,
                    "false_negative_rate": NUMBER,
                    "chance_band": INTERVAL,
                    "regret_points": NUMBER_OR_NULL,
                    "minutes": NUMBER,
                    "minutes_per_point": NUMBER_OR_NULL,
                }
            )
        ),
        "target": NUMBER_OR_NULL,
        "cheapest": INTEGER_OR_NULL,
        "enough": INTEGER_OR_NULL,
    },
    "posting-check/1": {
        "rubric": ANY,
        "language": TEXT,
        "passages": INTEGER,
        "related": FLAG,
        "sought": _list(ANY),
        "lint": _list(
            _object({"word": TEXT, "kind": TEXT, "sentence": TEXT, "suggestion": TEXT, "reason": TEXT, "source": TEXT})
        ),
        "lacks": _list(TEXT),
        "must_haves": INTEGER,
    },
    "practice/1": {"bank": TEXT, **PRACTICE},
    "practice-panel/1": {
        "bank": TEXT,
        "number": INTEGER,
        "interviewers": TEXTS,
        "alpha": ANY,
        "severity": _map(NUMBER),
        "answers": _list(
            _object({"question": TEXT, "sample": TEXT, "reasoned": NUMBER, "levels": _map(NUMBER), "spread": NUMBER})
        ),
    },
    "profile/1": {**BASIS, "profile": PROFILE, "findings": FINDINGS},
    "questions/1": {"query": TEXT, "questions": _list(_object({"bank": TEXT, "score": NUMBER_OR_NULL, **QUESTION}))},
    "raters/1": {
        "opening": TEXT_OR_NULL,
        "openings": INTEGER,
        "level": NUMBER,
        "source": _words("model", "means", "peers"),
        "interviewers": _list(
            _object(
                {
                    "interviewer": TEXT,
                    "name": TEXT,
                    "interviews": INTEGER,
                    "ratings": INTEGER,
                    **dict.fromkeys(
                        (
                            *("severity", "spread", "central", "differentiation", "consistency"),
                            *("correlation", "drift", "before", "evidence", "hours"),
                        ),
                        _object(MEASURE),
                    ),
                    "bias": _list(_object({"criterion": TEXT, **MEASURE, "beyond_chance": FLAG})),
                }
            )
        ),
        "findings": FINDINGS,
    },
    "ratings/1": {
        "ratings": _list(
            _object(
                {
                    "opening": TEXT,
                    "candidate": TEXT,
                    "interviewer": TEXT,
                    "question": TEXT,
                    "rating": LEVEL,
                    "after_seeing": FLAG,
                }
            )
        )
    },
    "personal/1": {
        "opening": _object({"id": TEXT, "title": TEXT}),
        "candidate": _object(CANDIDATE),
        "keep_until": MOMENT_OR_NULL,
        "interviews": _list(
            _object(
                {
                    "interviewer": INTEGER,
                    "round": INTEGER,
                    "state": TEXT,
                    "scheduled_at": MOMENT_OR_NULL,
                    "location": TEXT,
                    "cancelled_at": MOMENT_OR_NULL,
                    "cancelled_reason": TEXT,
                    "source": TEXT,
                    "answers": PERSONAL_ANSWERS,
                    "texts": _map(TEXT),
                    "scorecards": _list(
                        _object(
                            {
                                "number": INTEGER,
                                "submitted_at": MOMENT,
                                "recommendation": TEXT,
                                "summary": TEXT,
                                "reason": TEXT,
                                "answers": PERSONAL_ANSWERS,
                            }
                        )
                    ),
                }
            )
        ),
        "needs": _map(INTEGER),
        "events": _list(_object({"at": MOMENT, "action": TEXT})),
        "decisions": _list(
            _object(
                {
                    "number": INTEGER,
                    "state": _words(*DecisionState),
                    "opened_at": MOMENT,
                    "votes": _list(
                        _object(
                            {
                                "criterion": TEXT,
                                "name": _or_null(LOCALISED),
                                "round": INTEGER,
                                "voter": INTEGER,
                                "level": NUMBER_OR_NULL,
                                "at": MOMENT,
                                "reason": TEXT,
                            }
                        )
                    ),
                    "sealed": INTEGER,
                    "chosen": _or_null(FLAG),
                    "decided_at": MOMENT_OR_NULL,
                    "said": TEXTS,
                }
            )
        ),
        "demographics": TEXTS,
    },
    "retention/1": {
        "openings": _list(
            _object(
                {
                    "opening": TEXT,
                    "title": TEXT,
                    "retention_months": INTEGER_OR_NULL,
                    "closed_at": MOMENT_OR_NULL,
                    "due_at": MOMENT_OR_NULL,
                    "due": _list(_object({"id": TEXT, "name": TEXT})),
                    "held": _list(_object({"id": TEXT, "name": TEXT, "reason": TEXT})),
                }
            )
        ),
        "presets": _list(_object({"name": TEXT, "months": INTEGER, "law": TEXT})),
    },
    "logins/1": {"login": TEXT, "administers": FLAG, "grants": _list(_object(LOGIN_GRANT))},
    "login-grants/1": {"grants": _list(_object(LOGIN_GRANT))},
    "rubric/1": {
        "rubric": _object(
            {
                "id": TEXT,
                "version": TEXT,
                "title": LOCALISED,
                "scale": _object({"levels": _list(_object({"value": NUMBER}))}),
                "criteria": _list(_object({"id": TEXT, "kind": TEXT, "name": LOCALISED, "weight": NUMBER})),
                "questions": _list(_object(QUESTION)),
            }
        )
    },
    "rubric-coverage/1": {
        "rubric": _object({"id": TEXT, "version": TEXT}),
        "minutes": NUMBER_OR_NULL,
        "gaps": INTEGER,
        "criteria": _list(_object({"criterion": TEXT, "share": NUMBER, "questions": _map(NUMBER), "gaps": TEXTS})),
        "questions": _list(_object({"question": TEXT, "criteria": _map(NUMBER), "gaps": TEXTS})),
        "tasks": _list(_object({"task": TEXT, "criteria": TEXTS, "questions": TEXTS, "gaps": TEXTS})),
        "stages": _list(_object({"stage": TEXT, "questions": TEXTS, "time_shares": _map(NUMBER), "gaps": TEXTS})),
    },
    "rubric-diff/1": {
        "before": RUBRIC_REF,
        "after": RUBRIC_REF,
        "step": TEXT,
        "version_step": TEXT,
        "enough": FLAG,
        "changes": _list(_object({"path": TEXT, "kind": TEXT, "step": TEXT, "why": TEXT, "before": ANY, "after": ANY})),
        "impact": _or_null(_list(ANY)),
    },
    "rubrics/1": {
        "rubrics": _list(
            _object(
                {
                    "id": TEXT,
                    "version": TEXT,
                    "title": LOCALISED,
                    "criteria": INTEGER,
                    "questions": INTEGER,
                    "file": TEXT,
                }
            )
        )
    },
    "schemas/1": {"schemas": _list(_object({"name": TEXT, "schema": TEXT}))},
    "self-report/1": {
        "attempt": TEXT,
        "rubric": ANY,
        "scale": _object({"low": NUMBER, "high": NUMBER}),
        "started_at": MOMENT,
        "changed_at": MOMENT,
        "overall": _object({"score": NUMBER_OR_NULL, "coverage": NUMBER}),
        "criteria": _list(SELF_SCORE),
        "strengths": TEXTS,
        "gaps": TEXTS,
        "not_rated": TEXTS,
        "requirements": _list(_object({"requirement": TEXT, "kind": TEXT, "standing": TEXT_OR_NULL})),
        "answers": _list(_object({"question": TEXT, "rating": LEVEL, "answer": TEXT, "evidence": TEXT})),
        "peers": _list(_object({"question": TEXT, "by": TEXT, "own": LEVEL, "theirs": NUMBER, "note": TEXT})),
    },
    "where/1": {"settings": _map(_object({"value": TEXT, "source": TEXT}))},
}
"""By name and version, as the document's own key `schema` has them after `hiringkit/`; keys in their order."""


def names() -> list[str]:
    """Return the documents' names, without versions."""
    return [name.partition("/")[0] for name in DOCUMENTS]


def json_schema(name: str) -> Schema:
    """Return the JSON Schema of a document.

    Args:
        name: Such as `comparison`, with or without its version.

    Raises:
        KeyError: There is no such document.
    """
    known = next((each for each in DOCUMENTS if name in (each, each.partition("/")[0])), name)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:hiringkit:{known.replace('/', ':')}",
        "title": PREFIX + known,
        **_object({"schema": {"const": PREFIX + known}, **DOCUMENTS[known]}),
    }
