"""What the columns and words of another program's file mean here."""

from collections.abc import Iterable, Mapping
from unicodedata import normalize

from attrs import field, frozen

from hiringkit.domain.columns import fold_column
from hiringkit.domain.imported import ImportedScorecard
from hiringkit.domain.interview import Mark
from hiringkit.domain.level import LevelNumber, read_level, write_level
from hiringkit.domain.rating_table import read_mark

MAP_COLUMNS = (
    "candidate",
    "first_name",
    "last_name",
    "email",
    "interviewer",
    "interviewer_email",
    "question",
    "rating",
    "evidence",
    "recommendation",
    "notes",
    "submitted_at",
    "scorecard",
    "opening",
)
"""What a column may be."""
ABSENT = ""
"""Stands for a cell in which nothing is rated."""


@frozen
class ImportMap:
    """A map as its file has it."""

    columns: Mapping[str, str] = field(factory=dict)
    """The file's name of a column, by one of `MAP_COLUMNS`."""
    raters: Mapping[str, str] = field(factory=dict)
    """Columns that hold the ratings of one interviewer each, and who that is."""
    items: Mapping[str, str] = field(factory=dict)
    """Columns that hold the ratings of one criterion or question each, and which."""
    question: str = "overall"
    """What is rated in a file with a column for each rater."""
    levels: Mapping[str, LevelNumber] = field(factory=dict)
    """What words are worth on the scale."""
    not_assessed: tuple[str, ...] = ()
    """Words for: the question was not asked."""
    no_evidence: tuple[str, ...] = ()
    """Words for: it was asked, and nothing was shown."""
    absent: tuple[str, ...] = ()
    """Words for: not yet rated."""
    criteria: Mapping[str, str] = field(factory=dict)
    """Ids of criteria or questions, by what the source calls what it rates."""
    leave_out: tuple[str, ...] = ()
    """What the source rates and is not imported."""
    recommendations: Mapping[str, str] = field(factory=dict)
    """strong-yes, yes, no or strong-no, or nothing, by the source's words for them."""
    dates: str = ""
    """How dates are written, such as `%d/%m/%Y %H:%M`; ISO 8601 unless given."""

    def read_label(self, label: str, levels: tuple[LevelNumber, ...] | None) -> str | None:
        """Return a rating as files here have it: a number, `not-assessed`, `no-evidence`, or nothing.

        Args:
            label: The source's word.
            levels: Those of the scale; None where any number may be a level.

        Returns:
            None where nothing says what the word means.
        """
        word = fold_word(label)
        if not word:
            return ABSENT
        known = self._words()
        if word in known:
            return known[word]
        if levels is not None:
            level = read_level(label, levels)
            if level is not None:
                return write_level(level)
        elif _is_number(label):
            return label.strip()
        read = read_mark(label)
        if read is None:
            return None
        return {1: Mark.NOT_ASSESSED.value, 2: Mark.NO_EVIDENCE.value}.get(read.status, ABSENT)

    def _words(self) -> dict[str, str]:
        return {
            **{fold_word(word): write_level(level) for word, level in self.levels.items()},
            **{fold_word(word): Mark.NOT_ASSESSED.value for word in self.not_assessed},
            **{fold_word(word): Mark.NO_EVIDENCE.value for word in self.no_evidence},
            **{fold_word(word): ABSENT for word in self.absent},
        }

    def read_recommendation(self, label: str) -> str | None:
        """Return a recommendation in our words, nothing for none; None where nothing says what it means."""
        known = {fold_word(word): meant for word, meant in self.recommendations.items()}
        word = fold_word(label)
        if not word or word in known:
            return known.get(word, "")
        plain = word.replace(" ", "-")
        if plain in ("strong-yes", "yes", "no", "strong-no"):
            return plain
        read = read_mark(label)
        return None if read is None else ""

    def read_attribute(self, attribute: str, known: Mapping[str, str]) -> str | None:
        """Return the id of what was rated, nothing where it is left out.

        Args:
            attribute: The source's name of it.
            known: Ids of criteria and questions by their folded ids and names; empty where any name will do.

        Returns:
            None where nothing says what it is.
        """
        folded = fold_column(attribute)
        if folded in map(fold_column, self.leave_out):
            return ""
        mapped = {fold_column(name): identity for name, identity in self.criteria.items()}
        if folded in mapped:
            return mapped[folded]
        return known.get(folded) if known else attribute


def fold_word(word: str) -> str:
    """Return a word without what nobody minds: case, width, underscores, runs of blanks."""
    return " ".join(normalize("NFKC", word).casefold().replace("_", " ").split())


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def words_of(scorecards: Iterable[ImportedScorecard]) -> dict[str, None]:
    """Return the words for ratings that scorecards use, in order of their appearance."""
    return dict.fromkeys(rating.label for card in scorecards for rating in card.ratings if rating.label.strip())
