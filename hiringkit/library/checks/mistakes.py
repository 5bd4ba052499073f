"""The kinds of mistake that an author can make: one code each, with its sentences.

docs/findings.md lists them; a test keeps the two alike.
"""

from attrs import field, frozen

from hiringkit.domain.finding import Severity
from hiringkit.text.sentence import Sentence


@frozen
class Mistake:
    """One kind of mistake."""

    code: str
    """Stable, lower-case words joined by `-`."""
    message: Sentence = field(converter=Sentence)
    """A sentence with named fields, without a final full stop."""
    hint: Sentence = field(default=Sentence(""), converter=Sentence)
    """How to mend it, with the same fields."""
    severity: Severity = Severity.ERROR


# The file as a whole
UNREADABLE = Mistake("unreadable", "the file cannot be read: {reason}")
TOO_LARGE = Mistake(
    "too-large", "the file is larger than {limit} bytes", "split it, or see whether it is the right file"
)
ENCODING = Mistake("encoding", "expected UTF-8 text, found {found}", "save the file as UTF-8")
BINARY = Mistake(
    "binary", "found a NUL character: this is not a text file", "save it as UTF-8 text, or name another file"
)
EMPTY_FILE = Mistake(
    "empty-file", "the file says nothing", 'begin with "hiringkit: rubric/1" or "hiringkit: question-bank/1"'
)
TOO_MANY_FINDINGS = Mistake(
    "too-many-findings",
    "only the first {most} of a kind are shown",
    "mend these and check again",
    Severity.INFO,
)

# YAML
SYNTAX = Mistake("yaml-syntax", "this is not YAML: {problem}")
FORBIDDEN_CHARACTER = Mistake("forbidden-character", "YAML does not allow the character {character}", "delete it")
CONTROL_CHARACTER = Mistake(
    "control-character",
    "invisible control characters were replaced by U+FFFD",
    "write the text without {character}",
    Severity.WARNING,
)
TOO_DEEP = Mistake("too-deep", "values are nested more than {limit} deep", "look for brackets that are never closed")
TOO_MANY_VALUES = Mistake("too-many-values", "the file holds more than {limit} values", "split it")
SEVERAL_DOCUMENTS = Mistake("several-documents", "a second document begins here", "one file holds one; delete the ---")
ALIAS = Mistake("alias", 'the alias "*{name}" is not taken', "write the value out")
TAG = Mistake("tag", 'the tag "{tag}" is not taken', "delete the tag")
MERGE_KEY = Mistake("merge-key", "the merge key << is not taken", "write the keys out")
DUPLICATE_KEY = Mistake("duplicate-key", 'the key "{key}" is in line {line} already', "keep one of the two")
KEY_NOT_TEXT = Mistake(
    "key-not-text", "expected a word as key, found {found}", "put a text that begins with a bracket in quotes"
)

# The format
HEADER = Mistake(
    "header",
    'expected "hiringkit: rubric/1" or "hiringkit: question-bank/1" as the first key, found {found}',
)
OTHER_KIND = Mistake("other-kind", "expected a {expected}, found a {found}")
UNKNOWN_KEY = Mistake("unknown-key", 'the key "{key}" is not known here')
MISSING_KEY = Mistake("missing-key", 'the key "{key}" is missing', 'add "{key}:", {expected}')
WRONG_TYPE = Mistake("wrong-type", "expected {expected}, found {found}")
UNKNOWN_VALUE = Mistake("unknown-value", 'expected one of {choices}, found "{found}"')
EMPTY_TEXT = Mistake("empty-text", "expected a text, found an empty one", "write it, or leave the key out")
EMPTY_LIST = Mistake("empty-list", "expected at least {least}, found {found}")
UNKNOWN_LANGUAGE = Mistake("unknown-language", '"{key}" is not a language of texts')
LEVEL_KEY = Mistake("level-key", 'expected a level as key, a whole number, found "{key}"')

# What it says
ID_SHAPE = Mistake("id-shape", 'expected lower-case words joined by "-", at most {most} characters, found "{id}"')
VERSION_SHAPE = Mistake("version-shape", 'expected a semantic version such as 1.0.0, found "{version}"')
CURRENCY_SHAPE = Mistake("currency-shape", 'expected a currency of three capitals such as USD, found "{currency}"')
DUPLICATE_ID = Mistake("duplicate-id", 'the {noun} "{id}" is in {first} already', "give one of them another id")
UNKNOWN_REFERENCE = Mistake("unknown-reference", 'there is no {noun} "{id}"')
UNKNOWN_CRITERION_OF_BANK = Mistake(
    "unknown-reference",
    'there is no criterion "{id}", which the question "{question}" of the bank is evidence for',
)
LEVELS_ORDER = Mistake(
    "levels-order",
    "the level {value} comes after {before}; levels ascend",
    "put the levels in order, each once",
)
LEVELS_FEW = Mistake("levels-few", "expected at least two levels, found {count}")
ANCHOR_LEVEL = Mistake("anchor-level", "the scale has no level {level}", "its levels are {levels}")
ANCHOR_LEVEL_OF_BANK = Mistake(
    "anchor-level",
    'the scale has no level {level}, which the question "{question}" of the bank names',
    "its levels are {levels}",
)
TOO_WIDE = Mistake(
    "too-wide",
    "expected at most {most} cells, found {cells}",
    "a letter takes one cell, a Chinese character two; lists cut what is wider",
)
GIST_WITHOUT_ANCHOR = Mistake("gist-without-anchor", "there is no anchor at level {level}, whose gist this could be")
SAMPLE_LEVEL = Mistake("sample-level", "the level {level} is outside the question's anchors, {low} to {high}")
NOT_POSITIVE = Mistake("not-positive", "expected a number above 0, found {value}")
OFF_SCALE = Mistake(
    "off-scale", "expected a number from {low} to {high}, found {value}", "those are the ends of the scale"
)
NOT_A_SHARE = Mistake("not-a-share", "expected a share from 0 to 1, found {value}", "80 % is 0.8")
NEGATIVE = Mistake("negative", "expected a number that is not negative, found {value}")
NOT_A_CERTAINTY = Mistake(
    "not-a-certainty",
    "expected a probability between 0.5 and 1, found {value}",
    "0.75 calls a bar passed from 75 %, failed from 25 % downwards",
)
BAR_MARGIN = Mistake(
    "bar-margin",
    "a margin of {value} makes a bar as low as the level below it, {step} down",
    "give less than a step of the scale, or lower the bars",
)
PAY_ORDER = Mistake("pay-order", "the low end, {low}, is above the high end, {high}", "swap them")
RECOMMEND_ORDER = Mistake(
    "recommend-order",
    "{word} begins at {value}, not above {lower_word} at {lower}",
    "strong-yes is above yes, yes above no",
)
RECOMMEND_PART = Mistake(
    "recommend-part", "there is no threshold for {words}; what is below the last one counts as strong-no",
    "give strong-yes, yes and no", Severity.WARNING,
)  # fmt: skip
NOT_ASKED = Mistake(
    "criterion-not-asked",
    'no question is evidence for the criterion "{id}"',
    "ask one, or delete the criterion",
)
ASKED_TWICE = Mistake("question-twice", 'the question "{id}" is asked already, in {first}', "ask it once")
GATE_WITHOUT_BAR = Mistake(
    "gate-without-bar",
    "a required criterion without a bar stops nobody",
    "add bar:, or required: false",
    Severity.WARNING,
)
TRANSLATION_MISSING = Mistake("translation-missing", "the text has no {missing}", "add it", Severity.WARNING)

# The library
DUPLICATE_FILE = Mistake(
    "duplicate-id", 'the {kind} "{id}" is in {other} already', "give one of them another id, or delete it"
)
SHADOWED = Mistake(
    "shadowed",
    'the {kind} "{id}" is taken from here, not from {other}',
    "the earlier folder wins",
    Severity.INFO,
)
BANK_UNUSABLE = Mistake("bank-unusable", 'the question bank "{id}" has errors', "see the findings in {file}")

# Files of answers and of facts about a company
NO_PAY_RANGE = Mistake(
    "no-pay-range", "the rubric has no yearly or monthly pay range to compare a budget with", "answer in words instead"
)
OUT_OF_RANGE = Mistake("out-of-range", "expected a number from {low} to {high}, found {value}")
DATE_SHAPE = Mistake("date-shape", 'expected a date, found "{found}"', "write it as 2026-03-01")
DATE_ORDER = Mistake("date-order", "the last day, {last}, is before the first, {first}")
COUNTRY_SHAPE = Mistake("country-shape", 'expected a country as two capital letters, found "{found}"', "such as DE")
EXPRESSION_SHAPE = Mistake(
    "expression-shape",
    'expected words with "|" between alternatives, found "{found}"',
    'such as "set|agree quota|target": all parts, each by one of its alternatives; "-" joins words, "*" ends a stem',
)
EMAIL_SHAPE = Mistake("email-shape", 'expected an e-mail address, found "{found}"')
URL_SHAPE = Mistake("url-shape", 'expected an address of the web, found "{found}"', "such as https://acme.example/jobs")

ALL = tuple(value for value in globals().values() if isinstance(value, Mistake))
