"""Word lists are data: plain text files that a student can open, dispute and edit."""

from functools import cache

from toolkit.choices import one_of
from toolkit.files import course_folder, read_text


@cache
def wordlist(name: str) -> frozenset[str]:
    """Return the words of a list in `datasets/wordlists`, in lower case; lines that begin with # are comments.

    Raises ValueError for a list that is not there.

    >>> "the" in wordlist("english-stop"), "rover" in wordlist("english-stop")
    (True, False)
    """
    folder = course_folder("datasets") / "wordlists"
    one_of("wordlist", name, sorted(path.stem for path in folder.glob("*.txt")))
    lines = read_text(folder / f"{name}.txt").text.splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.lower().split())
