"""Keep a summary in a file with all that made it, and make it again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from toolkit.article import Corpus
from toolkit.choices import need
from toolkit.files import BadInput, read_text, write_atomically
from toolkit.methods import METHODS
from toolkit.summaries import OPTIONS, Summary, summarize


def save_summary(summary: Summary, path: str | Path) -> Path:
    """Write a summary's articles, method, settings and sentences to a JSON file, and return its path.

    >>> import tempfile; folder = tempfile.TemporaryDirectory()
    >>> from toolkit.datasets import load
    >>> desk = load("desk")[:1]
    >>> path = save_summary(summarize(desk[0], words=60), f"{folder.name}/mine.json")
    >>> load_summary(path, desk) == summarize(desk[0], words=60)
    True
    >>> folder.cleanup()
    """
    need("save_summary", summary, Summary, "give what summarize returned, and a file: save_summary(summary, 'my.json')")
    need("save_summary", path, (str, Path), "give the name of a file second: save_summary(summary, 'my.json')")
    made = {"articles": list(summary.desks), "method": summary.method, "settings": summary.settings}
    kept = {**made, "sentences": [sentence.text for sentence in summary.sentences], "own": summary.own}
    return write_atomically(path, json.dumps(kept, ensure_ascii=False, indent=1) + "\n")


def load_summary(path: str | Path, corpus: Corpus) -> Summary:
    """Return the summary that a file describes, made anew from the articles of a corpus.

    Raises `BadInput` for a file that describes none, for articles that the corpus does not have, and when the sentences
    are others than those in the file, because the text or the toolkit has changed since.
    """
    need("load_summary", path, (str, Path), "give the name of a file first: load_summary('my.json', corpus)")
    need("load_summary", corpus, Corpus, "give the corpus that has the articles: load_summary('my.json', load('desk'))")
    try:
        kept = json.loads(read_text(path).text)
        names, method = [str(name) for name in kept["articles"]], str(kept["method"])
        wanted, own = list(kept["sentences"]), str(kept.get("own", ""))
        settings = {name: kept["settings"][name] for name in OPTIONS if name in kept["settings"]}
    except BadInput:
        raise
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadInput(f"{path} does not describe a summary; make one with save_summary(summary, 'my.json')") from None
    found = [corpus[name] for name in names if name in corpus]  # in the order in which they were summarised
    if len(found) < max(len(names), 1):
        raise BadInput(f"{path} is about {', '.join(names)[:200] or 'no article'}; give the corpus that has them")
    if method not in METHODS:
        raise BadInput(f"{path} was made with the method {method[:60]!r}, which is not in METHODS; add it first")
    try:
        summary = summarize(found[0] if len(found) == 1 else found, method=method, **settings)
    except (ValueError, TypeError) as error:
        raise BadInput(f"{path} has settings that cannot be used: {error}") from None
    if [sentence.text for sentence in summary.sentences] != wanted:
        raise BadInput(f"{path} has other sentences than its settings give now: the text or the method has changed")
    return replace(summary, own=own)
