"""Whether every text is there in both languages."""

from collections.abc import Sequence

from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import Text
from hiringkit.library.mistakes import TRANSLATION_MISSING
from hiringkit.library.nodes import Path
from hiringkit.library.problems import Problem, Problems


def check_translations(texts: Sequence[tuple[Path, Text]]) -> Problems:
    """Yield each text in one language only; plain ones too where the file otherwise has both."""
    both = any(text.en and text.zh for _, text in texts)
    for path, text in texts:
        if text.missing:
            yield _without(text.missing[0], path)
        elif both and text.plain:
            fields = {"missing": Sentence("translation, and others of the file have one")}
            yield Problem(TRANSLATION_MISSING, path, fields, hint="write {en: …, zh: …}")


def _without(language: str, path: Path) -> Problem:
    fields = {"missing": Sentence("{language} version").format(language=language)}
    hint = Sentence("add {language}: …").format(language=language)
    return Problem(TRANSLATION_MISSING, path, fields, [(*path, language)], hint=hint)
