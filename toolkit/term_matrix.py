"""Sentences as rows, words as columns: the table behind every method that compares sentences."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Column = NDArray[Any]

Words = Sequence[Sequence[str]]
"""The content words of each sentence, in order: what a method sees of a text."""


@dataclass(frozen=True, slots=True)
class TermMatrix:
    """How often each word stands in each sentence; only what is not 0 is kept, so that a long text stays small.

    `values[k]` stands in row `rows[k]` (a sentence) and column `columns[k]` (the word `vocabulary[columns[k]]`).
    """

    rows: NDArray[Any]
    columns: NDArray[Any]
    values: Column
    height: int
    vocabulary: tuple[str, ...]

    def times(self, words: Column) -> Column:
        """Return for each sentence the sum of its values, each multiplied by the weight of its word."""
        import numpy as np

        return np.bincount(self.rows, self.values * words[self.columns], self.height)

    def across(self, sentences: Column) -> Column:
        """Return for each word the sum of its values, each multiplied by the weight of its sentence."""
        import numpy as np

        return np.bincount(self.columns, self.values * sentences[self.rows], len(self.vocabulary))

    def row(self, i: int) -> Column:
        """Return the values of one sentence, one for each word of the vocabulary.

        >>> term_matrix([["mars", "mars"], ["mars", "esa"]]).row(1).tolist()
        [1.0, 1.0]
        """
        import numpy as np

        return self.across(np.eye(1, self.height, i)[0])


def term_matrix(sentences: Words) -> TermMatrix:
    """Return the table of how often each word stands in each sentence.

    >>> matrix = term_matrix([["mars", "mars"], ["mars", "esa"]])
    >>> matrix.vocabulary, matrix.values.tolist()
    (('mars', 'esa'), [2.0, 1.0, 1.0])
    """
    import numpy as np

    words = list(chain.from_iterable(sentences))
    number = {word: i for i, word in enumerate(dict.fromkeys(words))}
    ids = np.fromiter(map(number.__getitem__, words), np.int64, len(words))
    rows = np.repeat(np.arange(len(sentences)), [len(sentence) for sentence in sentences])
    cells, counts = np.unique(rows * max(len(number), 1) + ids, return_counts=True)
    rows, columns = np.divmod(cells, max(len(number), 1))
    return TermMatrix(rows, columns, counts.astype(float), len(sentences), tuple(number))


def tf_idf(sentences: Words) -> TermMatrix:
    """Return the table weighted by rarity, each row of length 1, so that rows multiplied give cosines from 0 to 1.

    Formula: tf × idf with idf(w) = log(n / sentences that have w). A word of every sentence weighs nothing; a sentence
    of such words only is a row of zeros. Source: Spärck Jones (1972); Salton and Buckley (1988).

    >>> tf_idf([["mars", "esa"], ["mars"]]).values.tolist()
    [0.0, 1.0, 0.0]
    """
    import numpy as np

    matrix = term_matrix(sentences)
    rarity = np.log(matrix.height / np.maximum(np.bincount(matrix.columns, minlength=len(matrix.vocabulary)), 1))
    return unit_rows(replace(matrix, values=matrix.values * rarity[matrix.columns]))


def unit_rows(matrix: TermMatrix) -> TermMatrix:
    """Return the table with each row of length 1, so that rows multiplied give cosines; a row of zeros stays one.

    >>> unit_rows(term_matrix([["mars", "mars"], ["esa"]])).values.tolist()
    [1.0, 1.0]
    """
    import numpy as np

    length = np.sqrt(np.bincount(matrix.rows, matrix.values**2, matrix.height))
    return replace(matrix, values=matrix.values / np.where(length > 0, length, 1)[matrix.rows])


def one_core() -> AbstractContextManager[Any]:
    """Keep numpy's arithmetic on one core for a while: one text is too small a task to be worth dividing.

    Where the other core is busy, waiting for it can take a hundred times as long as the work.

    >>> with one_core():
    ...     term_matrix([["mars"]]).row(0).tolist()
    [1.0]
    """
    return _threads().limit(limits=1, user_api="blas")  # type: ignore[no-any-return]


@cache
def _threads() -> Any:
    import numpy as np  # noqa: F401 - what is loaded when the controller is made, it controls
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
