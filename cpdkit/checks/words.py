"""Words that say nothing of an activity on their own, and how words are counted."""

import re

_WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+(?:['’][^\W_]+)*")
"""A word; a character of a script without blanks counts as one, as word processors have it."""

_LITTLE = frozenset(
    """
    a about all also always an and are as at be been but by can did do for from get got had has have how i in is
    it its me more most much my of on or our quite rather really so some that the their them there these they
    thing things this to too us very was we well went were what which who will with would you your
    """.split()  # noqa: SIM905
)
_EMPTY = frozenset(
    """
    activity anything attended beneficial better bit brilliant content course cpd day day's educational engaging
    enjoyable enjoyed event everything excellent fine found gained generally good great happy helped helpful
    improved information informative insightful interesting knowledge learned learning learnt lecture lot lots
    many material meeting new nice overall pleased presentation presenter relevant satisfied seminar session
    skills something speaker speakers subject talk thought topic topics training understanding useful valuable
    various webinar workshop worthwhile
    """.split()  # noqa: SIM905
)
_GENERIC = frozenset(
    """
    a academic activities activity afternoon an and annual apr april at aug august base basic conference course
    courses cpd daily day days dec december development e educational elearning entry evening event events
    experience external feb february for friday from full general half hour hours in internal international jan
    january job jul july jun june learning lecture lectures lunch lunchtime mar march may meeting meetings misc
    miscellaneous module monday monthly morning my new nov november oct october of office on online other our
    part personal presentation professional quarterly reading regular research routine saturday self seminar
    seminars sep sept september session sessions site some study sunday talk talks tba tbc tbd team the thursday
    title to todo trade training tuesday unnamed untitled update various visit volunteering webinar webinars
    wednesday weekly with work workshop workshops year yearly
    """.split()  # noqa: SIM905
)


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return _WORD.findall(text.casefold())


def says_nothing(words: list[str], known: frozenset[str] = frozenset()) -> bool:
    """Whether words only praise, or repeat what is `known` from the title and the fields."""
    return any(word in _EMPTY or word in known for word in words) and all(
        word in _LITTLE or word in _EMPTY or word in known for word in words
    )


def names_nothing(words: list[str], known: frozenset[str] = frozenset()) -> bool:
    """Whether a title's words only name a kind of activity, a date, or what is `known` from the other fields."""
    return all(word in _GENERIC or word in known or word.isdecimal() for word in words)
