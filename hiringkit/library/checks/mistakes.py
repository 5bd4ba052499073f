"""The kinds of mistake that an author can make: one code each, with its sentences.

docs/findings.md lists them; a test keeps the two alike.
"""

from attrs import field, frozen

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Severity
from hiringkit.text.sentence import Sentence


@frozen
class Mistake:
    """One kind of mistake."""

    code: Code
    """Stable, lower-case words joined by `-`."""
    message: Sentence = field(converter=Sentence)
    """A sentence with named fields, without a final full stop."""
    hint: Sentence = field(default=Sentence(""), converter=Sentence)
    """How to mend it, with the same fields."""
    severity: Severity = Severity.ERROR


# The file as a whole
UNREADABLE = Mistake(Code.UNREADABLE, "the file cannot be read: {reason}")
TOO_LARGE = Mistake(
    Code.TOO_LARGE, "the file is larger than {limit} bytes", "split it, or see whether it is the right file"
)
ENCODING = Mistake(Code.ENCODING, "expected UTF-8 text, found {found}", "save the file as UTF-8")
BINARY = Mistake(
    Code.BINARY, "found a NUL character: this is not a text file", "save it as UTF-8 text, or name another file"
)
EMPTY_FILE = Mistake(
    Code.EMPTY_FILE, "the file says nothing", 'begin with "hiringkit: rubric/1" or "hiringkit: question-bank/1"'
)
TOO_MANY_FINDINGS = Mistake(
    Code.TOO_MANY_FINDINGS,
    "only the first {most} of a kind are shown",
    "mend these and check again",
    Severity.INFO,
)

# YAML
SYNTAX = Mistake(Code.YAML_SYNTAX, "this is not YAML: {problem}")
FORBIDDEN_CHARACTER = Mistake(Code.FORBIDDEN_CHARACTER, "YAML does not allow the character {character}", "delete it")
CONTROL_CHARACTER = Mistake(
    Code.CONTROL_CHARACTER,
    "invisible control characters were replaced by U+FFFD",
    "write the text without {character}",
    Severity.WARNING,
)
TOO_DEEP = Mistake(Code.TOO_DEEP, "values are nested more than {limit} deep", "look for brackets that are never closed")
TOO_MANY_VALUES = Mistake(Code.TOO_MANY_VALUES, "the file holds more than {limit} values", "split it")
SEVERAL_DOCUMENTS = Mistake(
    Code.SEVERAL_DOCUMENTS, "a second document begins here", "one file holds one; delete the ---"
)
ALIAS = Mistake(Code.ALIAS, 'the alias "*{name}" is not taken', "write the value out")
TAG = Mistake(Code.TAG, 'the tag "{tag}" is not taken', "delete the tag")
MERGE_KEY = Mistake(Code.MERGE_KEY, "the merge key << is not taken", "write the keys out")
DUPLICATE_KEY = Mistake(Code.DUPLICATE_KEY, 'the key "{key}" is in line {line} already', "keep one of the two")
KEY_NOT_TEXT = Mistake(
    Code.KEY_NOT_TEXT, "expected a word as key, found {found}", "put a text that begins with a bracket in quotes"
)

# The format
HEADER = Mistake(
    Code.HEADER,
    'expected "hiringkit: rubric/1" or "hiringkit: question-bank/1" as the first key, found {found}',
)
OTHER_KIND = Mistake(Code.OTHER_KIND, "expected a {expected}, found a {found}")
UNKNOWN_KEY = Mistake(Code.UNKNOWN_KEY, 'the key "{key}" is not known here')
MISSING_KEY = Mistake(Code.MISSING_KEY, 'the key "{key}" is missing', 'add "{key}:", {expected}')
WRONG_TYPE = Mistake(Code.WRONG_TYPE, "expected {expected}, found {found}")
UNKNOWN_VALUE = Mistake(Code.UNKNOWN_VALUE, 'expected one of {choices}, found "{found}"')
EMPTY_TEXT = Mistake(Code.EMPTY_TEXT, "expected a text, found an empty one", "write it, or leave the key out")
EMPTY_LIST = Mistake(Code.EMPTY_LIST, "expected at least {least}, found {found}")
UNKNOWN_LANGUAGE = Mistake(Code.UNKNOWN_LANGUAGE, '"{key}" is not a language of texts')
LEVEL_KEY = Mistake(Code.LEVEL_KEY, 'expected a level as key, a whole number, found "{key}"')

# What it says
ID_SHAPE = Mistake(Code.ID_SHAPE, 'expected lower-case words joined by "-", at most {most} characters, found "{id}"')
VERSION_SHAPE = Mistake(Code.VERSION_SHAPE, 'expected a semantic version such as 1.0.0, found "{version}"')
CURRENCY_SHAPE = Mistake(Code.CURRENCY_SHAPE, 'expected a currency of three capitals such as USD, found "{currency}"')
DUPLICATE_ID = Mistake(Code.DUPLICATE_ID, 'the {noun} "{id}" is in {first} already', "give one of them another id")
UNKNOWN_REFERENCE = Mistake(Code.UNKNOWN_REFERENCE, 'there is no {noun} "{id}"')
UNKNOWN_CRITERION_OF_BANK = Mistake(
    Code.UNKNOWN_REFERENCE,
    'there is no criterion "{id}", which the question "{question}" of the bank is evidence for',
)
LEVELS_ORDER = Mistake(
    Code.LEVELS_ORDER,
    "the level {value} comes after {before}; levels ascend",
    "put the levels in order, each once",
)
LEVELS_FEW = Mistake(Code.LEVELS_FEW, "expected at least two levels, found {count}")
ANCHOR_LEVEL = Mistake(Code.ANCHOR_LEVEL, "the scale has no level {level}", "its levels are {levels}")
ANCHOR_LEVEL_OF_BANK = Mistake(
    Code.ANCHOR_LEVEL,
    'the scale has no level {level}, which the question "{question}" of the bank names',
    "its levels are {levels}",
)
TOO_WIDE = Mistake(
    Code.TOO_WIDE,
    "expected at most {most} cells, found {cells}",
    "a letter takes one cell, a Chinese character two; lists cut what is wider",
)
GIST_WITHOUT_ANCHOR = Mistake(Code.GIST_WITHOUT_ANCHOR, "there is no anchor at level {level}, whose gist this could be")
SAMPLE_LEVEL = Mistake(Code.SAMPLE_LEVEL, "the level {level} is outside the question's anchors, {low} to {high}")
NOT_POSITIVE = Mistake(Code.NOT_POSITIVE, "expected a number above 0, found {value}")
OFF_SCALE = Mistake(
    Code.OFF_SCALE, "expected a number from {low} to {high}, found {value}", "those are the ends of the scale"
)
NOT_A_SHARE = Mistake(Code.NOT_A_SHARE, "expected a share from 0 to 1, found {value}", "80 % is 0.8")
NEGATIVE = Mistake(Code.NEGATIVE, "expected a number that is not negative, found {value}")
NOT_A_CERTAINTY = Mistake(
    Code.NOT_A_CERTAINTY,
    "expected a probability between 0.5 and 1, found {value}",
    "0.75 calls a bar passed from 75 %, failed from 25 % downwards",
)
BAR_MARGIN = Mistake(
    Code.BAR_MARGIN,
    "a margin of {value} makes a bar as low as the level below it, {step} down",
    "give less than a step of the scale, or lower the bars",
)
PAY_ORDER = Mistake(Code.PAY_ORDER, "the low end, {low}, is above the high end, {high}", "swap them")
RECOMMEND_ORDER = Mistake(
    Code.RECOMMEND_ORDER,
    "{word} begins at {value}, not above {lower_word} at {lower}",
    "strong-yes is above yes, yes above no",
)
RECOMMEND_PART = Mistake(
    Code.RECOMMEND_PART, "there is no threshold for {words}; what is below the last one counts as strong-no",
    "give strong-yes, yes and no", Severity.WARNING,
)  # fmt: skip
NOT_ASKED = Mistake(
    Code.CRITERION_NOT_ASKED,
    'no question is evidence for the criterion "{id}"',
    "ask one, or delete the criterion",
)
ASKED_TWICE = Mistake(Code.QUESTION_TWICE, 'the question "{id}" is asked already, in {first}', "ask it once")
IN_TWO_STAGES = Mistake(
    Code.QUESTION_IN_TWO_STAGES,
    'the question "{id}" is in the stage "{stage}" already',
    "ask it in one stage: the second answer adds nothing",
)
EXHIBIT_EMPTY = Mistake(
    Code.EXHIBIT_EMPTY, 'the exhibit "{id}" has neither a text nor a table', "add text:, table:, or both"
)
TABLE_ROW = Mistake(
    Code.TABLE_ROW,
    "expected {columns} cells, one for each column, found {cells}",
    'write "-" in a cell that is empty',
)
PARENT_UNUSABLE = Mistake(Code.PARENT_UNUSABLE, 'the rubric "{id}", which this one extends, has errors')
PARENT_ABSENT = Mistake(
    Code.PARENT_UNUSABLE,
    'the rubric "{id}", which this one extends, is not at hand here',
    "load it from a library that holds both",
)
EXTENDS_CYCLE = Mistake(
    Code.EXTENDS_CYCLE,
    "the rubrics extend each other in a circle: {chain}",
    "let one of them stand by itself, without extends:",
)
GATE_WITHOUT_BAR = Mistake(
    Code.GATE_WITHOUT_BAR,
    "a required criterion without a bar stops nobody",
    "add bar:, or required: false",
    Severity.WARNING,
)
TRANSLATION_MISSING = Mistake(Code.TRANSLATION_MISSING, "the text has no {missing}", "add it", Severity.WARNING)

# The library
DUPLICATE_FILE = Mistake(
    Code.DUPLICATE_ID, 'the {kind} "{id}" is in {other} already', "give one of them another id, or delete it"
)
SHADOWED = Mistake(
    Code.SHADOWED,
    'the {kind} "{id}" is taken from here, not from {other}',
    "the earlier folder wins",
    Severity.INFO,
)
BANK_UNUSABLE = Mistake(Code.BANK_UNUSABLE, 'the question bank "{id}" has errors', "see the findings in {file}")

# Files of answers and of facts about a company
NO_PAY_RANGE = Mistake(
    Code.NO_PAY_RANGE,
    "the rubric has no yearly or monthly pay range to compare a budget with",
    "answer in words instead",
)
OUT_OF_RANGE = Mistake(Code.OUT_OF_RANGE, "expected a number from {low} to {high}, found {value}")
DATE_SHAPE = Mistake(Code.DATE_SHAPE, 'expected a date, found "{found}"', "write it as 2026-03-01")
DATE_ORDER = Mistake(Code.DATE_ORDER, "the last day, {last}, is before the first, {first}")
TIME_SHAPE = Mistake(Code.TIME, 'expected a date and time, found "{found}"', "write it as 2026-03-02T09:30")
CONTRADICTION = Mistake(Code.CONTRADICTION, "{problem}")
COUNTRY_SHAPE = Mistake(Code.COUNTRY_SHAPE, 'expected a country as two capital letters, found "{found}"', "such as DE")
EXPRESSION_SHAPE = Mistake(
    Code.EXPRESSION_SHAPE,
    'expected words with "|" between alternatives, found "{found}"',
    'such as "set|agree quota|target": all parts, each by one of its alternatives; "-" joins words, "*" ends a stem',
)
EMAIL_SHAPE = Mistake(Code.EMAIL_SHAPE, 'expected an e-mail address, found "{found}"')
URL_SHAPE = Mistake(
    Code.URL_SHAPE, 'expected an address of the web, found "{found}"', "such as https://acme.example/jobs"
)

ALL = tuple(value for value in globals().values() if isinstance(value, Mistake))
