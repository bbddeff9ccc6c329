"""What somebody hands us is read or refused with one sentence; what we write is whole or not there."""

from pathlib import Path

import pytest

from toolkit.files import MAX_BYTES, BadInput, decode, read_text, write_atomically


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_is_found_and_told(encoding):
    text = "Москва: the agency’s chief\n" * 3
    assert decode(text.encode(encoding)) == (text, encoding)
    assert decode("one\r\ntwo\rthree\n".encode(encoding)) == ("one\ntwo\nthree\n", encoding)
    assert decode("Valérie’s radar".encode("cp1252")) == ("Valérie’s radar", "cp1252")


def test_a_page_that_declares_its_charset_is_believed_when_it_is_not_utf_8():
    page = '<meta charset="koi8-r"><p>Роскосмос</p>'
    assert decode(page.encode("koi8-r")) == (page, "koi8-r")
    assert decode(page.encode("utf-8")).encoding == "utf-8"


@pytest.mark.parametrize("data", [b"", b" \n ", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 9, bytes(range(256)) * 4])
def test_nothing_and_binary_are_refused(data):
    with pytest.raises(BadInput, match="is empty|not text"):
        decode(data)


def test_a_missing_file_a_directory_and_a_huge_file_are_refused_without_reading(tmp_path):
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    for path, said in [
        (tmp_path / "no.txt", "there is no file"),
        (tmp_path, "is a directory"),
        (huge, "the most that is read"),
    ]:
        with pytest.raises(BadInput, match=said):
            read_text(path)


def test_a_file_is_written_whole_and_nothing_else_is_left(tmp_path):
    target = tmp_path / "page.html"
    target.write_text("old")
    assert write_atomically(target, "новое").read_text(encoding="utf-8") == "новое"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_when_the_last_step_fails_the_old_file_is_whole_and_nothing_is_left(tmp_path, monkeypatch):
    target = tmp_path / "page.html"
    target.write_text("old")
    monkeypatch.setattr(Path, "replace", lambda self, target: (_ for _ in ()).throw(OSError(28, "disk full")))
    with pytest.raises(BadInput, match="cannot be written: disk full"):
        write_atomically(target, "new")
    assert target.read_text() == "old" and len(list(tmp_path.iterdir())) == 1


def test_a_place_that_cannot_be_written_to_is_named_and_the_old_file_stays(tmp_path):
    target = tmp_path / "page.html"
    target.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(target, "broken \udc80")
    with pytest.raises(BadInput, match="cannot be written"):
        write_atomically(tmp_path / "no such folder" / "page.html", "new")
    with pytest.raises(BadInput, match="is a directory"):
        write_atomically(tmp_path, "new")
    assert target.read_text() == "old" and len(list(tmp_path.iterdir())) == 1
