"""Lay several tokenizers side by side, and say where they part and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from toolkit.choices import need_text, need_words
from toolkit.markup import table
from toolkit.tokens import RULES, Tokenizer, Tokens, rule_at, tokenize


@dataclass(frozen=True, slots=True)
class Parting:
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
        lines = [f"{p.text!r}: {_cuts(p)} ({p.rule})" for p in self.partings]
        return "\n".join([f"tokens: {counts}; they part at {len(lines)} places", *lines])

    def _repr_html_(self) -> str:
        header = ["text", *(f"{name} ({count})" for name, count in self.counts.items()), "why ours cuts so"]
        rows = [(p.text, *(" | ".join(p.tokens[name]) for name in self.counts), p.rule) for p in self.partings[:200]]
        return table(header, rows, caption=f"The tokenizers part at {len(self.partings)} places")


def _cuts(parting: Parting) -> str:
    return "; ".join(f"{name} {' | '.join(tokens)}" for name, tokens in parting.tokens.items())


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
    places = dict.fromkeys(cut, 0)
    partings = []
    for start, end in pairwise(limits):
        tokens = {}
        for name, found in cut.items():
            first = places[name]
            while places[name] < len(found) and found.starts[places[name]] < end:
                places[name] += 1
            tokens[name] = tuple(found.texts[first : places[name]])
        if len(set(tokens.values())) > 1:
            partings.append(
                Parting(text[start:end].strip(), start, end, tokens, _rules(text, start, tokens["toolkit"]))
            )
    return Comparison({name: len(found) for name, found in cut.items()}, tuple(partings))


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
