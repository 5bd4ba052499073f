"""What every screen is given: the database, who acts, the language, and which names are hidden."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from attrs import define, evolve, field, frozen

from hiringkit.actions.audit import Actor
from hiringkit.domain.columns import NO_SYNONYMS, Synonyms
from hiringkit.domain.people import Candidate
from hiringkit.errors import HiringKitError
from hiringkit.library.catalog import Library
from hiringkit.locale import _
from hiringkit.settings import speak
from hiringkit.store.store import Store
from hiringkit.text.language import LANGUAGES
from hiringkit.text.sentence import Sentence

OpenStore = Callable[[], Store]


@frozen
class OwnFiles:
    """Where a person's own self-assessments and practice are kept, and what they draw on."""

    library: Library
    """Rubrics to assess oneself against, and banks to practise with."""
    attempts: Path
    """The folder of self-assessments."""
    practices: Path
    """The folder of practice sessions."""
    columns: Synonyms = NO_SYNONYMS
    """What else columns of files are called."""


@define(eq=False)
class TuiSession:
    """One run of the interface; the screens share it."""

    actor: Actor
    """Who acts, with the clock."""
    own_store: Store | None = None
    """The user's database; None where there is none yet."""
    language: str = "en"
    make_demo: OpenStore | None = None
    """Makes and opens a database with the demo in it."""
    own: OwnFiles | None = None
    """None where self-assessment and practice are left out."""
    keymap: Mapping[str, str] = field(factory=dict)
    """The user's own keys, by the ids of `tui/keys`."""
    make_store: OpenStore | None = None
    """Makes the user's database, where there is none yet."""
    only: bool = False
    """Whether there is nothing to go to but the interview that it began with."""
    demo_store: Store | None = None
    own_actor: Actor | None = None
    """Who acts outside of the demo, while one looks at it."""
    masks: dict[str, dict[str, int]] = field(factory=dict)
    """Openings whose candidates' names are hidden: numbers that stand for the names."""

    def __attrs_post_init__(self) -> None:
        """Speak the language."""
        speak(self.language)

    @property
    def store(self) -> Store | None:
        """The database at hand: the demo's while one looks at it."""
        return self.demo_store or self.own_store

    def store_to_write(self) -> Store:
        """Return the database at hand; where there is none yet, make it.

        Raises:
            HiringKitError: It cannot be made.
        """
        if self.store is None:
            if self.make_store is None:
                raise HiringKitError(Sentence("there is no database here"), hint="hiringkit opening create")
            self.own_store = self.make_store()
        return self.store or self.store_to_write()

    def switch_language(self) -> None:
        """Switch between English and Chinese."""
        codes = list(LANGUAGES)
        self.language = codes[(codes.index(self.language) + 1) % len(codes)]
        speak(self.language)

    def toggle_demo(self) -> bool:
        """Look at the demo, or return from it; True when that is done.

        Raises:
            HiringKitError: It cannot be made.
        """
        self.masks.clear()
        if self.demo_store is not None:
            self.demo_store.close()
            self.demo_store = None
            self.actor, self.own_actor = self.own_actor or self.actor, None
        elif self.make_demo is not None:
            self.demo_store = self.make_demo()
            # nobody in the demo is known by one's own name
            self.own_actor, self.actor = self.actor, evolve(self.actor, who="")
        else:
            raise HiringKitError(Sentence("there is no demo here"), hint="hiringkit demo")
        return True

    def name_of(self, opening: str, candidate: str, name: str) -> str:
        """Return a candidate's name, or what stands for it while names are hidden."""
        if opening not in self.masks:
            return name
        return _("Candidate {n}").format(n=self.masks[opening].get(candidate, "?"))

    def known_of(self, opening: str, candidate: Candidate) -> tuple[str, ...]:
        """Return what was noted about a candidate, the résumé in one line first; nothing while names are hidden."""
        told = (candidate.resume_line, candidate.note)
        return () if opening in self.masks else tuple(each for each in told if each)

    def unnamed(self, text: str) -> str:
        """Return a message with what stands for the ids of candidates while names are hidden."""
        for opening, numbers in self.masks.items():
            for candidate in numbers:
                text = re.sub(rf"(?<![\w-]){re.escape(candidate)}(?![\w-])", self.name_of(opening, candidate, ""), text)
        return text
