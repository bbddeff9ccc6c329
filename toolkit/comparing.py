"""Lay several tokenizers side by side, and say where they part and why."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from toolkit.choices import need_text, need_words
from toolkit.markup import table
from toolkit.tokens import RULES, Tokenizer, Tokens, rule_at, tokenize


class Parting(NamedTuple):
    """A stretch of text that is cut differently: what each tokenizer makes of it, and the rule by which ours cuts."""

    text: str
    start: int
    end: int
    tokens: Mapping[str, tuple[str, ...]]
    rule: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many tokens each tokenizer finds (`counts`), and every stretch where they part (`partings`)."""

    counts: Mapping[str, int]
    partings: tuple[Parting, ...]

    def __repr__(self) -> str:
        counts = ", ".join(f"{name} {count}" for name, count in self.counts.items())
        lines = [f"tokens: {counts}; they part at {len(self.partings)} places"]
        for part in self.partings:
            cuts = "; ".join(f"{name} {' | '.join(tokens)}" for name, tokens in part.tokens.items())
            lines.append(f"{part.text!r}: {cuts} ({part.rule})")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        header = ["text", *(f"{name} ({count})" for name, count in self.counts.items()), "why ours cuts so"]
        rows = [(p.text, *map(" | ".join, p.tokens.values()), p.rule) for p in self.partings[:200]]
        return table(header, rows, caption=f"The tokenizers part at {len(self.partings)} places")


def compare_tokenizers(text: str, tokenizers: Sequence[str] | Mapping[str, Tokenizer] | None = None) -> Comparison:
    """Return where tokenizers part on a text, stretch by stretch; a stretch ends where all of them have a limit.

    `tokenizers` are names in `TOKENIZERS` (toolkit, whitespace, wordpunct and treebank unless given), or a mapping
    from names to functions. Ours is always among them.

    >>> compare_tokenizers("ESA’s arm", ["whitespace"])
    tokens: toolkit 3, whitespace 2; they part at 1 places
    'ESA’s': toolkit ESA | ’s; whitespace ESA’s (’s, ’m, ’re, ’ve, ’ll and ’d are cut off: ESA|’s)
    """
    need_text("compare_tokenizers", text)
    names = tokenizers or ("whitespace", "wordpunct", "treebank")
    chosen: dict[str, str | Tokenizer] = {"toolkit": "toolkit"}
    if isinstance(names, Mapping):
        chosen |= names
    else:
        advice = "type ['whitespace', 'treebank'], or {'mine': by_pattern('[a-z]+')}"
        chosen |= {name: name for name in need_words("compare_tokenizers", names, of="names", advice=advice)}
    cut = {name: tokenize(text, tokenizer=tokenizer) for name, tokenizer in chosen.items()}
    limits = _common_limits(text, list(cut.values()))
    partings = []
    for start, end in pairwise(limits):
        tokens = {name: _between(found, start, end) for name, found in cut.items()}
        if len(set(tokens.values())) > 1:
            rule = _rules(text, start, tokens["toolkit"])
            partings.append(Parting(text[start:end].strip(), start, end, tokens, rule))
    return Comparison({name: len(found) for name, found in cut.items()}, tuple(partings))


def _between(tokens: Tokens, start: int, end: int) -> tuple[str, ...]:
    return tuple(tokens.texts[bisect_left(tokens.starts, start) : bisect_left(tokens.starts, end)])


def _common_limits(text: str, found: Sequence[Tokens]) -> list[int]:
    """Return the places where a token of ours begins and no tokenizer has one that runs on."""
    inside: set[int] = set()
    for tokens in found:
        for token in tokens:
            inside.update(range(token.start + 1, token.end))
    return [start for start in found[0].starts if start not in inside] + [len(text)]


def _rules(text: str, start: int, tokens: Sequence[str]) -> str:
    """Return what our rules for these tokens say, plain words aside if there is anything else to say."""
    names, place = [], start
    for token in tokens:
        place = text.index(token, place)
        names.append(rule_at(text, place))
        place += len(token)
    dull = {"plain", "mark"} if "-" in "".join(tokens) else {"plain", "mark", "word"}
    telling = [name for name in dict.fromkeys(names) if name not in dull] or list(dict.fromkeys(names))
    return "; ".join(RULES[name][1] for name in telling)
