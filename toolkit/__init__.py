"""Read, tokenise, summarise and chart news coverage of one story: the names a student types.

Nothing is loaded before it is used, so that `import toolkit` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from toolkit.mistakes import shorten_in_notebooks

if TYPE_CHECKING:
    from toolkit.agreement import (
        coder_agreement,
        cohen_kappa,
        differences,
        gold_spans,
        krippendorff_alpha,
        mark_agreement,
    )
    from toolkit.annotation import Annotations
    from toolkit.article import Article, Corpus
    from toolkit.byte_pairs import learn_byte_pairs
    from toolkit.charts import (
        chart_agreement,
        chart_attention,
        chart_coverage,
        chart_dispersion,
        chart_keyness,
        chart_likeness,
        chart_matrix,
        chart_methods,
        chart_multiples,
        chart_rates,
        chart_scores,
        chart_terms,
        chart_together,
        chart_trends,
        check_chart,
        in_language,
    )
    from toolkit.choosing import choose_rows
    from toolkit.claims import support
    from toolkit.collecting import collect
    from toolkit.comparing import compare_tokenizers
    from toolkit.coverage import count_coverage
    from toolkit.datasets import load, load_coverage, load_events, load_terms, provenance, sample_page
    from toolkit.describing import count_sentences, describe
    from toolkit.evaluation import (
        bootstrap,
        compare_methods,
        extraction,
        paired_bootstrap,
        readability,
        repetition,
        rouge,
    )
    from toolkit.exercises.checking import check, hint, progress, solution
    from toolkit.exporting import save
    from toolkit.following import attention, first_movers
    from toolkit.frequency import dispersion, per_thousand, term_counts, wilson
    from toolkit.judging import evaluative
    from toolkit.key_terms import keyness
    from toolkit.kwic import concordance, index_words
    from toolkit.methods import METHODS
    from toolkit.naming import actors
    from toolkit.normalising import STEPS, join_terms, ngrams, normalize, why
    from toolkit.pages import read_page
    from toolkit.pairs import collocations
    from toolkit.quoting import quotations
    from toolkit.saving import load_summary, save_summary
    from toolkit.sentences import split_sentences
    from toolkit.streaming import count_file, count_file_terms
    from toolkit.summaries import summarize
    from toolkit.together import named_together, quoted_by
    from toolkit.tokens import TOKENIZERS, by_pattern, tokenize, word_counts, words
    from toolkit.trends import term_trends
    from toolkit.vocabulary import hapaxes, hdd, heaps, mattr, type_token_ratio, zipf
    from toolkit.widgets.coverage import explore_coverage
    from toolkit.widgets.reading import read_closely
    from toolkit.widgets.summary import explore_summaries
    from toolkit.widgets.tokens import explore_tokens
    from toolkit.wordlists import stop_words

_HOME = {
    "agreement": "coder_agreement cohen_kappa differences gold_spans krippendorff_alpha mark_agreement",
    "annotation": "Annotations",
    "article": "Article Corpus",
    "choosing": "choose_rows",
    "claims": "support",
    "collecting": "collect",
    "charts": "chart_agreement chart_attention chart_coverage chart_dispersion chart_keyness chart_likeness "
    "chart_matrix chart_methods chart_multiples chart_rates chart_scores chart_terms chart_together chart_trends "
    "check_chart in_language",
    "describing": "count_sentences describe",
    "byte_pairs": "learn_byte_pairs",
    "comparing": "compare_tokenizers",
    "coverage": "count_coverage",
    "datasets": "load load_coverage load_events load_terms provenance sample_page",
    "exercises.checking": "check hint progress solution",
    "exporting": "save",
    "following": "attention first_movers",
    "key_terms": "keyness",
    "together": "named_together quoted_by",
    "trends": "term_trends",
    "evaluation": "bootstrap compare_methods extraction paired_bootstrap readability repetition rouge",
    "frequency": "dispersion per_thousand term_counts wilson",
    "judging": "evaluative",
    "kwic": "concordance index_words",
    "methods": "METHODS",
    "naming": "actors",
    "normalising": "STEPS join_terms ngrams normalize why",
    "pages": "read_page",
    "pairs": "collocations",
    "streaming": "count_file count_file_terms",
    "summaries": "summarize",
    "quoting": "quotations",
    "saving": "load_summary save_summary",
    "sentences": "split_sentences",
    "tokens": "TOKENIZERS by_pattern tokenize word_counts words",
    "vocabulary": "hapaxes hdd heaps mattr type_token_ratio zipf",
    "widgets.coverage": "explore_coverage",
    "widgets.reading": "read_closely",
    "widgets.summary": "explore_summaries",
    "widgets.tokens": "explore_tokens",
    "wordlists": "stop_words",
}
_MODULE = {name: module for module, names in _HOME.items() for name in names.split()}

__all__ = sorted(_MODULE)  # noqa: PLE0605 - what is typed, is listed once, above


shorten_in_notebooks()


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
