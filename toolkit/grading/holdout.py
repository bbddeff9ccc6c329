"""Held-out texts: what a student's code meets for the first time when it is marked."""

from __future__ import annotations

import json
import random
import re
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from toolkit.article import Article
from toolkit.choices import need_count
from toolkit.collecting import collect
from toolkit.datasets import load
from toolkit.files import BadInput, is_same_file, read_text, write_atomically
from toolkit.sentences import split_sentences

FEWEST_ARTICLES, MOST_ARTICLES = 3, 5
FEWEST_SENTENCES, MOST_SENTENCES = 5, 12
MOST_TEXTS, MOST_CHARACTERS = 1_000, 200_000

Pools = Mapping[str, Mapping[str, Sequence[str]]]
"""By language and by the id of the article: its sentences."""


def holdout(source: str | Path, into: str | Path, *, n: int = 20, seed: int | None = None) -> Path:
    """Write `n` texts that nobody has seen as JSONL, made from a corpus that everybody may know; return the path.

    `source` is the name "desk", or what `collect` reads: a folder, a table, a JSONL. Each text has 5 to 12 sentences of
    3 to 5 articles in one language, drawn by lot; the same corpus, `n` and `seed` give the same bytes. Without a seed
    one is drawn that nobody can guess. A line has id (`held-001`), text, sources (the ids of the articles), and seed.
    Keep the file, and the seed, from students.

    Such texts test what counts or finds within a sentence: tokens, frequencies, types, concordances, sentence ends,
    lengths, names; and that an answer was not written down beforehand. They cannot test what needs a real article: they
    have no lead, no thread, no author, a quotation may have lost its speaker, and what they say together never
    happened. For summaries, framing or attribution hold real articles out: a folder of .txt will do.

    Raises `BadInput` when there are too few articles with enough sentences, and where the file is there already.
    """
    need_count("n", n, least=1)
    if n > MOST_TEXTS:
        raise BadInput(f"n={n:,} texts are more than {MOST_TEXTS:,}; 20 are enough for most questions")
    target = Path(into) / "held-out.jsonl" if Path(into).is_dir() else Path(into)
    if is_same_file(source, target) or Path(source).resolve() in target.resolve().parents:
        raise BadInput(f"{target} is or lies in the corpus, which students may have; give another place")
    if target.exists():
        raise BadInput(f"{target} is there, and a key may have been made with its texts; give another name with -o")
    pools = sentences_of(load("desk") if str(source) == "desk" else collect(source))
    seed = secrets.randbelow(10**9) if seed is None else seed
    lines = [json.dumps({**one, "seed": seed}, ensure_ascii=False) for one in composed(pools, n=n, seed=seed)]
    return write_atomically(target, "\n".join(lines) + "\n")


def sentences_of(articles: Iterable[Article]) -> Pools:
    """Return the sentences that can be drawn: of 4 to 60 words, with an end; each sentence of an article once.

    Raises `BadInput` unless three articles in one language have four such sentences or more.
    """
    pools: dict[str, dict[str, list[str]]] = defaultdict(dict)
    seen = set[str]()
    for article in sorted(articles, key=lambda one: str(one.id)):
        language = article.language or "en"
        sentences = [" ".join(one.text.split()) for one in split_sentences(article.text, language=language)]
        usable = [one for one in dict.fromkeys(sentences) if one not in seen and _usable(one)]
        seen.update(usable)
        if len(usable) * FEWEST_ARTICLES >= MOST_SENTENCES:
            pools[language][article.id] = usable
    rich = {language: pool for language, pool in pools.items() if len(pool) >= FEWEST_ARTICLES}
    if not rich:
        most = max(map(len, pools.values()), default=0)
        raise BadInput(
            f"held-out texts are mixed from at least {FEWEST_ARTICLES} articles in one language with 4 sentences or "
            f"more each; this corpus has {most}: collect more, or type desk as the corpus"
        )
    return rich


def _usable(sentence: str) -> bool:
    return 4 <= len(sentence.split()) <= 60 and re.search(r"[.!?…][”’\"')»]*$", sentence) is not None


def composed(pools: Pools, *, n: int, seed: int) -> Iterator[dict[str, Any]]:
    """Yield `n` texts, each drawn by lot: its id, its text in paragraphs of four sentences, its sources.

    >>> pool = {name: [f"{name} went there {day}." for day in ("first", "then", "again", "late")] for name in "ABC"}
    >>> text, = composed({"en": pool}, n=1, seed=1)
    >>> text["id"], text["sources"], len(text["text"].split(". "))
    ('held-001', ['A', 'B', 'C'], 7)
    """
    lot = random.Random(seed)
    places = [language for language, pool in sorted(pools.items()) for _ in pool]
    for number in range(1, n + 1):
        sources, sentences = _drawn(pools[lot.choice(places)], lot)
        text = "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))
        yield {"id": f"held-{number:03}", "text": text, "sources": sources}


def _drawn(pool: Mapping[str, Sequence[str]], lot: random.Random) -> tuple[list[str], list[str]]:
    """Return the articles, in order, and the sentences of one text: at least one of each, in an order by lot."""
    sources = lot.sample(sorted(pool), lot.randint(FEWEST_ARTICLES, min(MOST_ARTICLES, len(pool))))
    first = [lot.choice(pool[name]) for name in sources]
    others = [one for name in sources for one in pool[name] if one not in first]
    count = lot.randint(FEWEST_SENTENCES, MOST_SENTENCES)
    sentences = first + lot.sample(others, count - len(first))
    lot.shuffle(sentences)
    return sorted(sources), sentences


def read_holdout(path: str | Path) -> list[dict[str, Any]]:
    """Return held-out texts, each with id and text (and what else a line has): of a JSONL, or of a folder of .txt.

    Raises `BadInput` for a line that has no text, for an id twice, for too many or too long texts.
    """
    place = Path(path)
    found = list(_texts_in(place) if place.is_dir() else _lines_of(place))
    ids = [one["id"] for one in found]
    if double := [name for name in ids if ids.count(name) > 1]:
        raise BadInput(f"{place.name} has the id {double[0][:60]!r} twice")
    if not found:
        raise BadInput(f"{place} has no file ending in .txt; toolkit holdout makes held-out texts from a corpus")
    return found


def _texts_in(folder: Path) -> Iterator[dict[str, Any]]:
    for number, file in enumerate(sorted(folder.glob("*.txt")), 1):
        yield _checked({"id": file.stem, "text": read_text(file).text.strip()}, number, file.name)


def _lines_of(file: Path) -> Iterator[dict[str, Any]]:
    lines = [line for line in read_text(file).text.split("\n") if line.strip()]
    for number, line in enumerate(lines, 1):
        try:
            yield _checked(json.loads(line), number, file.name)
        except (ValueError, RecursionError) as error:
            if isinstance(error, BadInput):
                raise
            raise BadInput(f'{file.name}, line {number} is no JSON; a line is like {{"text": "..."}}') from None


def _checked(told: Any, number: int, name: str) -> dict[str, Any]:
    """Return a text with an id; raise `BadInput` for what has none, and for too much."""
    text = told.get("text") if isinstance(told, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise BadInput(f'{name}, text {number} has no text; a line is like {{"text": "..."}}')
    if number > MOST_TEXTS or len(text) > MOST_CHARACTERS:
        raise BadInput(f"{name} has more than {MOST_TEXTS:,} texts, or one of more than {MOST_CHARACTERS:,} characters")
    return {**told, "id": str(told.get("id") or f"held-{number:03}")[:64], "text": text}
