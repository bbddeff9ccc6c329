"""Who speaks: the names in a text, and the person or body that a surname, a pronoun or a title stands for."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from functools import cache
from itertools import islice
from typing import NamedTuple

from toolkit.cues import roles
from toolkit.naming import actor_table
from toolkit.wordlists import wordlist

_CAPITAL = r"[A-ZÀ-ÖØ-ÞА-ЯЁ]"
_WORD = rf"(?:(?:{_CAPITAL}\.){{2,5}}+|{_CAPITAL}(?:\.(?=\s{_CAPITAL})|\w*+(?:[-’'](?!s\b)\w++)*+))"
_NAME = re.compile(rf"(?<!\w){_WORD}(?:\s(?:(?:de|van|von|der|den|di|da|du|la|le|al|bin)\s)?{_WORD}){{0,7}}+")
_FOR_A_BODY = re.compile(
    r"^(?:an?|one|the) .*?\b(?:representative|spokes(?:man|woman|person))\b"
    r"|\b(?:statement|release|communiqué|report|account|press service|website|site)$",
    re.IGNORECASE,
)
_OF = re.compile(r"\b(?:of|from|at|in|for|to|by)\s$")
_PRONOUNS = {"he": "person", "she": "person", "who": "person", "it": "organisation"}


class Name(NamedTuple):
    """A name in a text: whom it stands for, the kind (person, organisation, …), and its offsets."""

    whom: str
    kind: str
    start: int
    end: int


class Post(NamedTuple):
    """A post that a text gives a person: whose, where, the nouns (*head*), and the bodies named with it."""

    whom: str
    start: int
    roles: frozenset[str]
    beside: set[str]


@cache
def _known() -> dict[str, tuple[str, str]]:
    found = {alias: (known.name, known.kind) for known in actor_table() for alias in known.aliases}
    return found | {f"{alias}.": actor for alias, actor in found.items() if "." in alias}  # U.S is also U.S.


@cache
def _no_names() -> frozenset[str]:
    """Return words that are no part of the name that follows: titles, posts, days, *The*."""
    lists = ("english-stop", "english-days", "english-titles", "english-roles", "english-bodies")
    return frozenset({"general", "states", "prime", "sir", "dame", "lord", "lady"}).union(*map(wordlist, lists))


def _without_titles(name: str) -> str:
    while name not in _known() and (first := re.match(r"(\S+?)\.?(?:\s|$)", name)) and first[1].lower() in _no_names():
        name = name[first.end() :]
    return name


def _bare_names(text: str) -> list[tuple[str, int, int]]:
    """Return runs of capitalised words with their offsets, without leading titles, days and words such as *The*.

    >>> _bare_names("On Friday Mr. Vago met Dr. Maggie Aderin-Pocock of ESA.")
    [('Vago', 14, 18), ('Maggie Aderin-Pocock', 27, 47), ('ESA', 51, 54)]
    """
    found = ((_without_titles(match[0]), match.end()) for match in _NAME.finditer(text))
    return [(name, end - len(name), end) for name, end in found if name]


class Cast:
    """Everyone a text names, in order, and whom it speaks of when it says *he*, *it* or *the agency’s chief*."""

    def __init__(self, text: str, sentence_starts: list[int]) -> None:
        self.text = text
        bare = _bare_names(text)
        people = [name for name, start, _ in bare if " " in name and self._kind(name, start) == "person"]
        self.full = {name.rsplit(None, 1)[1]: name for name in reversed(people)}
        self.names = [self._name(*found) for found in bare]
        self._begins = [name.start for name in self.names]
        self.kinds = {name.whom: name.kind for name in self.names}
        posts = (post for name in self.names if name.kind == "person" for post in self._posts(name))
        self.posts = list(islice(posts, 500))
        openings = (name for start in sentence_starts for name in self.between(start, start + 60)[:1])
        self.salient = sorted((n.start, n.whom) for n in openings if text[n.end : n.end + 5] != " and ")

    def _kind(self, name: str, start: int) -> str:
        """Return what the table says, else person for 2–4 words, unless *the* X or *X Agency*."""
        words = name.split()
        body = words[-1].lower() in wordlist("english-bodies") or self.text[max(0, start - 4) : start].lower() == "the "
        return (
            _known()[name][1] if name in _known() else "person" if 2 <= len(words) <= 4 and not body else "organisation"
        )

    def _name(self, name: str, start: int, end: int) -> Name:
        kind, last = self._kind(name, start), name.rsplit(None, 1)[-1]
        if last in self.full and (" " not in name or kind == "person"):
            return Name(self.full[last], "person", start, end)
        return Name(_known()[name][0] if name in _known() and kind != "person" else name, kind, start, end)

    def _posts(self, name: Name) -> list[Post]:
        """Return the posts given beside a name: *X, head of Y,* or *the head of Y, X*."""
        after = re.match(r", ([^,.;]{1,90})", self.text[name.end : name.end + 100])
        before = re.search(r"([^,.;:]{1,90}),? \Z", self.text[max(0, name.start - 100) : name.start])
        sides = [(side[1], post) for side in (after, before) if side and (post := roles(side[1]))]
        return [Post(name.whom, name.start, post, self._bodies(side)) for side, post in sides]

    def _bodies(self, words: str) -> set[str]:
        return {self._name(*found).whom for found in _bare_names(words)}

    def between(self, start: int, end: int) -> list[Name]:
        """Return the names that begin between two offsets."""
        return self.names[bisect_left(self._begins, start) : bisect_left(self._begins, end)]

    def spoke(self, whom: str, at: int) -> None:
        """Note who spoke, for the pronouns that follow."""
        insort(self.salient, (at, whom))

    def _before(self, at: int, most: int) -> list[Name]:
        here = bisect_left(self._begins, at)
        return self.names[max(0, here - most) : here]

    def _last(self, kind: str, at: int) -> str:
        """Return the person or body that last spoke or opened a sentence, else that was last named."""
        here = bisect_left(self.salient, (at, ""))
        people = [name.whom for name in self._before(at, 60)]
        people += [whom for _, whom in self.salient[max(0, here - 12) : here]]
        return next((whom for whom in reversed(people) if self.kinds.get(whom) == kind), "")

    def _body(self, words: str, at: int) -> str:
        """Return the organisation meant by *the agency*, *its* (statement) or *the council*."""
        nouns = [word for word in re.findall(r"\w+", words.lower()) if word in wordlist("english-bodies")]
        if not nouns:
            return self._last("organisation", at) if re.match(r"its\b", words, re.I) else ""
        may = {known.name for known in actor_table() if nouns[-1] in known.called}
        named = [name.whom for name in self._before(at, 500) if name.whom in may]
        return (named or (list(may) if len(may) == 1 else [""]))[-1]

    def _holder(self, words: str, at: int) -> str:
        """Return the person who holds a post such as *the agency’s chief* or *its director general*."""
        near = self._bodies(words) | {self._body(words, at)}
        posts = [post for post in self.posts if roles(words) & post.roles]
        best = max(posts, key=lambda p: (bool(near & p.beside), p.start < at, -abs(p.start - at)), default=None)
        return best.whom if best else ""

    def whom(self, words: str, at: int) -> str:
        """Return whom the subject of a verb, at an offset, stands for, or the words where the text does not tell.

        Tried in turn: pronoun; spokesman or statement of a body; a name; a post that somebody holds; noun for a body.
        """
        words = re.sub(r"\s*\([^)]*\)?", "", words).strip(" ,")
        if kind := _PRONOUNS.get(words.lower()):
            return self._last(kind, at) or words
        names = [self._name(*found) for found in _bare_names(words)]
        if _FOR_A_BODY.search(words):
            return ([n.whom for n in names if n.kind == "organisation"] or [self._body(words, at)])[-1] or words
        if names and re.match(r"[\s,.]*(?:\b(?:of|from|at|in|for)\b.*)?$", words[names[0].end :]):
            return names[0].whom
        if (
            names
            and re.search(r"(?<!of|in|at|to)(?<!for)(?<!from)\s$", words[: names[-1].start])
            and names[-1].end == len(words)
        ):
            return names[-1].whom
        return (self._holder if roles(words) else self._body)(words, at) or words
