"""Which wording a count takes in each language, and the line that says so to gettext tools.

Categories are CLDR's. Two things differ on purpose: `many` of Spanish, French and Portuguese (whole
millions) uses `other`, as translators' tools have two forms there; and Haitian Creole, for which CLDR has
no rule (Babel hands out the French one), has its own. Babel's own gettext line for Arabic has the last
two forms the wrong way round; the lines here are held equal to CLDR by a test.
"""

from dataclasses import dataclass
from functools import lru_cache

from babel import Locale


@dataclass(frozen=True, slots=True)
class PluralRule:
    """`forms` in the order of msgstr[0], msgstr[1] ...; `expression` is the C of the Plural-Forms header."""

    forms: tuple[str, ...]
    expression: str
    single: frozenset[str] = frozenset()
    """Forms that stand for one number only, so that they may spell it out ("one day")"""

    @property
    def header(self) -> str:
        """The value of the Plural-Forms header."""
        return f"nplurals={len(self.forms)}; plural={self.expression};"


_ONE_OTHER = PluralRule(("one", "other"), "(n != 1)", frozenset({"one"}))
_NONE_ONE_OTHER = PluralRule(("one", "other"), "(n > 1)")
_OTHER = PluralRule(("other",), "0")
_SLAVIC = PluralRule(
    ("one", "few", "many"),
    "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)",
)
_ARABIC = PluralRule(
    ("zero", "one", "two", "few", "many", "other"),
    "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)",
    frozenset({"zero", "one", "two"}),
)
_FILIPINO = PluralRule(
    ("one", "other"), "(n != 1 && n != 2 && n != 3 && (n%10 == 4 || n%10 == 6 || n%10 == 9))"
)

RULES: dict[str, PluralRule] = {
    "en": _ONE_OTHER,
    "es": _ONE_OTHER,
    "ar": _ARABIC,
    "zh_Hans": _OTHER,
    "ht": _ONE_OTHER,
    "vi": _OTHER,
    "pt_BR": _NONE_ONE_OTHER,
    "ru": _SLAVIC,
    "so": _ONE_OTHER,
    "ur": _ONE_OTHER,
    "fil": _FILIPINO,
    "fr": _NONE_ONE_OTHER,
    "ko": _OTHER,
    "uk": _SLAVIC,
}


def rule_of(locale: str) -> PluralRule:
    """The rule of a locale; English for one that we do not know."""
    return RULES.get(locale, _ONE_OTHER)


@lru_cache(maxsize=4096)
def plural_category(n: int, locale: str) -> str:
    """The form that a whole number takes: one of the `forms` of the locale's rule."""
    forms = rule_of(locale).forms
    if locale == "ht" or locale not in RULES:
        return "one" if n == 1 else "other"
    category = Locale.parse(locale).plural_form(abs(n))
    return category if category in forms else forms[-1]


@lru_cache(maxsize=4096)
def plural_index(n: int, locale: str) -> int:
    """The number of the msgstr that a whole number takes."""
    return rule_of(locale).forms.index(plural_category(n, locale))
