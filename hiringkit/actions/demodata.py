"""The people and ratings of the demo. All invented; any likeness is chance.

Interviewers sit in pairs: one pair rates the answers to the first kit, another those to the second. Marcus
Webb is strict and saw only two of the four candidates; Chen Zhiyuan missed one interview and stood in for
Marcus at two others.
"""

from hiringkit.domain.people import Candidate, Interviewer
from hiringkit.domain.sentence import Sentence

OPENING = "demo"
RUBRIC = "sales-operations-manager"

_NOTE = Sentence("Invented for the demo / 演示用虚构人物")

CANDIDATES = (
    Candidate("amara", "Amara Osei", "amara.osei@candidates.example", _NOTE),
    Candidate("wenjing", "李文静", "li.wenjing@candidates.example", _NOTE),
    Candidate("tomas", "Tomás Rivera", "tomas.rivera@candidates.example", _NOTE),
    Candidate("priya", "Priya Raman", "priya.raman@candidates.example", _NOTE),
)
INTERVIEWERS = (
    Interviewer("helen", "Helen Brandt", "helen.brandt@firm.example"),
    Interviewer("zhiyuan", "陈志远", "chen.zhiyuan@firm.example"),
    Interviewer("sofia", "Sofia Lindqvist", "sofia.lindqvist@firm.example"),
    Interviewer("marcus", "Marcus Webb", "marcus.webb@firm.example"),
)
FIRST_KIT = (
    "process-resistance",
    "bottlenecks",
    "large-data",
    "tool-criteria",
    "competing-projects",
    "hub-conflict",
    "two-truths",
    "inherited-project",
)
SECOND_KIT = (
    "live-view",
    "weakest-link",
    "forecast-miss",
    "forecast-disagreement",
    "goal-rollout",
    "impossible-goal",
    "training-no-results",
    "ramp-time",
)
SCORECARDS = (
    # candidate, interviewer, kit, one sign a question (n not assessed, x no evidence), recommendation
    ("amara", "helen", FIRST_KIT, "45444544", "strong-yes"),
    ("wenjing", "helen", FIRST_KIT, "34434343", "yes"),
    ("tomas", "helen", FIRST_KIT, "44344434", "yes"),
    ("priya", "helen", FIRST_KIT, "33233332", "no"),
    ("amara", "zhiyuan", FIRST_KIT, "44543444", "yes"),
    ("tomas", "zhiyuan", FIRST_KIT + SECOND_KIT, "4444444344434444", "yes"),
    ("priya", "zhiyuan", FIRST_KIT + SECOND_KIT, "3233342333233323", "no"),
    ("amara", "sofia", SECOND_KIT, "44544544", "strong-yes"),
    ("wenjing", "sofia", SECOND_KIT, "43434434", "yes"),
    ("tomas", "sofia", SECOND_KIT, "443444x4", "yes"),
    ("priya", "sofia", SECOND_KIT, "3332333n", "no"),
    ("amara", "marcus", SECOND_KIT, "33432333", "yes"),
    ("wenjing", "marcus", SECOND_KIT, "22332322", "no"),
)
OUTSTANDING = ("tomas", "marcus", SECOND_KIT)
"""Planned and not yet held."""

EVIDENCE = {
    ("amara", "helen", "bottlenecks"): "Timed every stage for a month; found quotes waiting 6 days for one approver; "
    "raised the approval limit and saw the wait fall to 1 day.",
    ("wenjing", "sofia", "forecast-miss"): "说清了为什么漏掉两笔大单：阶段定义不一致；之后每周和销售经理核对一次。",
    ("tomas", "sofia", "training-no-results"): "Asked twice; spoke about budgets only.",
    ("amara", "marcus", "goal-rollout"): "Shared targets by e-mail. Could not say how reps reacted.",
}
