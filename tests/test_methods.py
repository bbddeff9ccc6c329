"""What each method makes of sentences that one can count on fingers, and of very many."""

import math

import numpy as np
import pytest

from toolkit.methods import METHODS, REASONS
from toolkit.methods.by_likeness import cosines, lexrank, lexrank_thresholded, overlaps, textrank
from toolkit.methods.by_topic import centroid, lsa
from toolkit.methods.by_words import frequency, kl, luhn, sumbasic
from toolkit.sentences import split_sentences
from toolkit.term_matrix import term_matrix
from toolkit.tokens import words
from toolkit.wordlists import stop_words

ODD = {
    "one sentence": [["mars"]],
    "one without words": [[]],
    "none has words": [[], [], []],
    "all equal": [["mars", "rover"]] * 4,
    "nothing shared": [["mars"], ["tea"], ["drill"]],
}


@pytest.fixture(scope="module")
def content(desk):
    """The content words of the sentences of five articles, and one sentence without any."""
    found = [sentence for article in desk[:5] for sentence in split_sentences(article.text)]
    return [words(sentence.text, stop=stop_words()) for sentence in found] + [[]]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("sentences", ODD.values(), ids=ODD)
def test_odd_texts_get_a_number_for_each_sentence_and_a_reason(method, sentences):
    scores = METHODS[method](sentences)
    assert len(scores) == len(sentences) and all(map(math.isfinite, scores))
    assert all(isinstance(score, float) and score >= -1e-12 for score in scores)
    assert REASONS[method](sentences, 0)


@pytest.mark.parametrize("method", METHODS)
def test_twenty_thousand_sentences_are_scored(method):
    many = [[f"a{i % 977}", f"b{i % 1009}", f"c{i % 3001}", f"d{i}"] for i in range(20_000)]
    assert len(METHODS[method](many)) == 20_000


@pytest.mark.parametrize("method", METHODS)
def test_the_same_sentences_get_the_same_scores_again(method, content):
    assert METHODS[method](content) == METHODS[method](content)


def graph(content, weigh, above=None):
    """The weights of all pairs as networkx knows graphs; with a threshold every weight above it counts as one."""
    networkx = pytest.importorskip("networkx")
    weights = np.stack([weigh(content, i) for i in range(len(content))])
    return networkx.from_numpy_array(weights if above is None else (weights > above).astype(float))


@pytest.mark.parametrize(
    "method, weigh, above", [(textrank, overlaps, None), (lexrank, cosines, None), (lexrank_thresholded, cosines, 0.1)]
)
def test_the_graph_methods_agree_with_the_pagerank_of_networkx(content, method, weigh, above):
    networkx = pytest.importorskip("networkx")
    theirs = networkx.pagerank(graph(content, weigh, above), alpha=0.85, tol=1e-12, max_iter=1000)
    assert method(content) == pytest.approx([theirs[i] for i in range(len(content))], abs=1e-6)


def test_the_weights_of_a_pair_are_those_of_the_papers():
    sentences = [["mars", "rover", "drill"], ["mars", "rover"], ["tea"]]
    assert overlaps(sentences, 0).tolist() == pytest.approx([0, 2 / (math.log(3) + math.log(2)), 0])
    common, rare = math.log(3 / 2), math.log(3)
    cosine = 2 * common**2 / (math.hypot(common, common, rare) * math.hypot(common, common))
    assert cosines(sentences, 0).tolist() == pytest.approx([0, cosine, 0])


@pytest.mark.parametrize("method", [textrank, lexrank, centroid, frequency])
def test_a_sentence_unlike_all_others_comes_last(method):
    scores = method([["mars", "rover"], ["mars", "rover", "drill"], ["drill", "mars"], ["tea", "milk"]])
    assert scores[3] == min(scores) and scores[3] < scores[0]


def test_luhn_squares_the_words_of_the_densest_cluster_and_divides_by_its_length():
    gap = ["x1", "x2", "x3", "x4"]
    assert luhn([["mars", *gap, "mars"], ["tea"]]) == [2**2 / 6, 0]
    assert luhn([["mars", *gap, "x5", "mars"], ["tea"]]) == [0, 0]


def test_lsa_is_the_singular_value_decomposition(content):
    matrix = term_matrix(content)
    table = np.stack([matrix.row(i) for i in range(matrix.height)])
    left, strength, _ = np.linalg.svd(table, full_matrices=False)
    assert lsa(content) == pytest.approx(np.linalg.norm(left[:, :3] * strength[:3], axis=1).tolist(), abs=1e-6)


def test_sumbasic_says_nothing_twice_while_something_else_is_left():
    assert sumbasic([["mars", "rover"], ["mars", "rover"], ["tea"], ["mars"]])[:3] == [1 / 2, 1 / 4, 1 / 3]


def test_kl_picks_the_sentences_that_leave_the_least_divergence():
    sentences = [["mars", "rover", "drill"], ["mars"], ["tea"], ["rover", "drill"]]
    text = [word for sentence in sentences for word in sentence]

    def divergence(chosen):
        said = [word for i in chosen for word in sentences[i]]
        q = {word: said.count(word) + 0.01 for word in text}
        return sum(
            text.count(w) / len(text) * math.log(text.count(w) / len(text) / (q[w] / sum(q.values()))) for w in q
        )

    first, second = (kl(sentences).index(1 / turn) for turn in (1, 2))
    assert divergence([first]) == min(divergence([i]) for i in range(4))
    assert divergence([first, second]) == min(divergence([first, i]) for i in range(4) if i != first)


def test_random_is_the_same_lot_every_time_and_another_with_another_seed():
    assert METHODS["random"]([["a"]] * 3) != METHODS["random"]([["a"]] * 3, seed=2)
