"""What many tests share: an article that can be counted on fingers, the desk corpus, and text that means harm."""

import pytest

from toolkit import Article, load

HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)>\u202eevil"


@pytest.fixture
def small():
    return Article(id="small", title="Arm and rover", text="The arm moved. The rover waits.\n\nDr. Vago waits too!")


@pytest.fixture(scope="session")
def desk():
    return load("desk")


@pytest.fixture
def hostile():
    """An article that tries to be markup in every field that is shown."""
    return Article(
        id="hostile", title=HOSTILE, text=f"{HOSTILE} is one sentence. Here is another.\n\n{HOSTILE}",
        outlet=HOSTILE, author=HOSTILE, desk=HOSTILE, note=HOSTILE, url="javascript:alert(2)", sources=(HOSTILE,),
    )  # fmt: skip
