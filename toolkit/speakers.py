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
_HONOURS = ("sir", "dame", "lord", "lady")
_TITLE_BEFORE = re.compile(r",? (?:(?:[MD]rs?\.?|Sir|Dame|Lord|Lady) )?\Z")
_PRONOUNS = dict.fromkeys(("he", "she", "who", "his", "her"), "person") | dict.fromkeys(("it", "its"), "organisation")


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
    roles: set[str]
    beside: set[str]


@cache
def _known() -> dict[str, tuple[str, str]]:
    found = {alias: (known.name, known.kind) for known in actor_table() for alias in known.aliases}
    return found | {f"{alias}.": actor for alias, actor in found.items() if "." in alias}  # U.S is also U.S.


@cache
def _no_names() -> frozenset[str]:
    """Return words that are no part of the name that follows: titles, posts, days, *The*, *Asked*."""
    lists = ("english-stop", "english-days", "english-titles", "english-roles", "english-bodies")
    asked = wordlist("english-verbs-report") | wordlist("english-verbs-order") | wordlist("english-verbs-call")
    counts = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    others = {"general", "states", *counts, *_HONOURS, *(verb for verb in asked if verb.endswith("ed"))}
    return frozenset(others).union(*map(wordlist, lists))


def _without_titles(name: str) -> str:
    """Return a name without *The*, *Mr.* or *Sir* before it, and without any words that end in a post.

    >>> _without_titles("Sir Alan Pike"), _without_titles("Prime Minister Ann Lee")
    ('Alan Pike', 'Ann Lee')
    """
    words = list(re.finditer(r"\S+", name))[:-1]
    posts = [word.end() for word in words if word[0].lower() in wordlist("english-roles")]
    if posts and name not in _known():
        name = name[posts[-1] :].lstrip()
    while name and name not in _known() and name.split()[0].lower().rstrip(".") in _no_names():
        name = re.sub(r"^\S+\s*", "", name)
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
        openings = [name for start in sentence_starts for name in self._openings(start)]
        self.salient = sorted((n.start, n.whom) for n in openings if text[n.end : n.end + 5] != " and ")

    def _openings(self, start: int) -> list[Name]:
        """Return the name that opens a sentence, and the first person if between commas: *His guest, Ann Lee, left*."""
        names = self.between(start, start + 60)
        person = [name for name in names if name.kind == "person"][:1]
        beside = [n for n in person if self.text[n.start - 2 : n.start] == ", " and self.text[n.end : n.end + 1] == ","]
        return sorted({*names[:1], *beside}, key=lambda name: name.start)

    def _kind(self, name: str, start: int) -> str:
        """Return what the table says, else person for 2–4 words, unless *the* X, *X Agency* or with an acronym."""
        words = name.split()
        body = words[-1].lower() in wordlist("english-bodies") or self.text[max(0, start - 4) : start].lower() == "the "
        person = 2 <= len(words) <= 4 and not body and not re.search(r"\b[A-Z]{3,}\b", name)
        return _known()[name][1] if name in _known() else "person" if person else "organisation"

    def _name(self, name: str, start: int, end: int) -> Name:
        kind, last = self._kind(name, start), name.rsplit(None, 1)[-1]
        if last in self.full and (" " not in name or kind == "person"):
            return Name(self.full[last], "person", start, end)
        return Name(_known()[name][0] if name in _known() and kind != "person" else name, kind, start, end)

    def _inside(self, words: str) -> list[Name]:
        return [self._name(*found) for found in _bare_names(words)]

    def _posts(self, name: Name) -> list[Post]:
        """Return the posts given beside a name: *X, head of Y,* or *the head of Y, X*."""
        after = re.match(r", ([^,.;]{1,90})", self.text[name.end : name.end + 100])
        before = _TITLE_BEFORE.split(self.text[max(0, name.start - 100) : name.start])
        sides = (after[1] if after else "", re.split(r"[,.;:]", before[0])[-1] if before[1:] else "")
        found = [(side, post) for side in sides if (post := roles(side))]
        return [Post(name.whom, name.start, post, {n.whom for n in self._inside(side)}) for side, post in found]

    def between(self, start: int, end: int) -> list[Name]:
        """Return the names that begin between two offsets."""
        return self.names[bisect_left(self._begins, start) : bisect_left(self._begins, end)]

    def _before(self, at: int, most: int) -> list[Name]:
        here = bisect_left(self._begins, at)
        return self.names[max(0, here - most) : here]

    def spoke(self, whom: str, at: int) -> None:
        """Note who spoke, for the pronouns that follow."""
        insort(self.salient, (at, whom))

    def _last(self, kind: str, at: int) -> str:
        """Return the person or body that last spoke or opened a sentence, else that was last named."""
        here = bisect_left(self.salient, (at, ""))
        salient = [whom for _, whom in self.salient[max(0, here - 12) : here] if self.kinds.get(whom) == kind]
        return (salient or [name.whom for name in self._before(at, 60) if name.kind == kind] or [""])[-1]

    def _body(self, words: str, at: int) -> str:
        """Return the organisation meant by *the agency*, *its* (statement) or *the council*."""
        nouns = [word for word in re.findall(r"\w+", words.lower()) if word in wordlist("english-bodies")]
        if not nouns:
            return self._last("organisation", at) if re.match(r"its\b", words, re.I) else ""
        may = {known.name for known in actor_table() if nouns[-1] in known.called}
        named = [n.whom for n in self._before(at, 500) if n.whom in may or n.whom.lower().endswith(f" {nouns[-1]}")]
        return (named or (list(may) if len(may) == 1 else [""]))[-1]

    def _holder(self, words: str, at: int) -> str:
        """Return the person who holds a post such as *the agency’s chief* or *its director general*."""
        near = {name.whom for name in self._inside(words)} | {self._body(words, at)}
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
        names = self._inside(words)
        if _FOR_A_BODY.search(words):
            return ([n.whom for n in names if n.kind == "organisation"] or [self._body(words, at)])[-1] or words
        if names and re.match(r"[\s,.]*(?:\b(?:of|from|at|in|for)\b.*)?$", words[names[0].end :]):
            return names[0].whom
        return (self._holder if roles(words) else self._body)(words, at) or words
