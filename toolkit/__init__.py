"""Read, tokenise, summarise and chart news coverage of one story: the names a student types.

Nothing is loaded before it is used, so that `import toolkit` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.article import Article, Corpus
    from toolkit.charts import chart_coverage, chart_scores, chart_terms
    from toolkit.concordance import concordance
    from toolkit.coverage import count_coverage
    from toolkit.datasets import load, load_coverage, load_events, load_terms, provenance, sample_page
    from toolkit.describing import describe
    from toolkit.frequency import collocations, per_thousand, term_counts, type_token_ratio
    from toolkit.pages import read_page
    from toolkit.sentences import split_sentences
    from toolkit.summaries import METHODS, summarize
    from toolkit.tokens import TOKENIZERS, tokenize, words
    from toolkit.widgets.summary import explore_summaries
    from toolkit.wordlists import stop_words

_HOME = {
    "article": "Article Corpus",
    "charts": "chart_coverage chart_scores chart_terms",
    "describing": "describe",
    "concordance": "concordance",
    "coverage": "count_coverage",
    "datasets": "load load_coverage load_events load_terms provenance sample_page",
    "frequency": "collocations per_thousand term_counts type_token_ratio",
    "pages": "read_page",
    "summaries": "METHODS summarize",
    "sentences": "split_sentences",
    "tokens": "TOKENIZERS tokenize words",
    "widgets.summary": "explore_summaries",
    "wordlists": "stop_words",
}
_MODULE = {name: module for module, names in _HOME.items() for name in names.split()}

__all__ = [
    "METHODS",
    "TOKENIZERS",
    "Article",
    "Corpus",
    "chart_coverage",
    "chart_scores",
    "chart_terms",
    "collocations",
    "concordance",
    "count_coverage",
    "describe",
    "explore_summaries",
    "load",
    "load_coverage",
    "load_events",
    "load_terms",
    "per_thousand",
    "provenance",
    "read_page",
    "sample_page",
    "split_sentences",
    "stop_words",
    "summarize",
    "term_counts",
    "tokenize",
    "type_token_ratio",
    "words",
]


def __getattr__(name: str) -> object:
    """Load a name from its module at the moment it is first used."""
    if name not in _MODULE:
        from toolkit.choices import did_you_mean

        raise AttributeError(f"toolkit has no name {name!r}{did_you_mean(name, _MODULE)}")
    value = getattr(import_module(f"toolkit.{_MODULE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
