"""Files larger than memory: the same counts as from the whole table, however the file is cut and whoever counts."""

import csv
import json
import os
import signal
from collections import Counter
from pathlib import Path

import joblib
import pandas as pd
import pytest

from toolkit import count_coverage, count_file, count_file_terms, keyness, load, load_coverage, streaming, words
from toolkit.__main__ import main
from toolkit.collecting import collect
from toolkit.files import BadInput, course_folder
from toolkit.streaming import facts, parts

INDEX = course_folder("datasets") / "coverage" / "articles.jsonl"
ASKED = [
    {"by": "language"},
    {"by": "outlet", "period": "quarter", "top": 3},
    {"by": ["frames", "outlet_country"], "period": None, "top": 2},
    {"by": "actors", "period": "year"},
    {"period": "day"},
]
TEXTS = [
    "The arm moved.",
    "Ракета, «Союз» ждёт.",
    'She said "no",\nthen "yes".',
    "\n\n\r\nOne;two, three\t",
    "🚀 ünïcode\u2028x",
]


def rows(n=40):
    """Articles whose texts hold line ends, quotation marks and letters of several bytes."""
    return [
        {
            "title": f"Title {i}",
            "text": TEXTS[i % 5] * (i % 7),
            "media_name": ["Gazette", "Вестник", "A, B"][i % 3],
            "publish_date": f"2022-0{i % 8 + 1}-{i % 27 + 1:02} 10:00:00",
            "language": ["English", "ru"][i % 2],
        }
        for i in range(n)
    ]


@pytest.fixture
def files(tmp_path, request):
    """The same articles in every kind of file: 40, or as many as the test says."""
    many = rows(getattr(request, "param", 40))
    made = {kind: tmp_path / f"many.{kind}" for kind in ("jsonl", "csv", "tsv", "parquet")}
    made["jsonl"].write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in many), encoding="utf-8")
    for kind, mark in (("csv", ","), ("tsv", "\t")):
        with made[kind].open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, many[0], delimiter=mark)
            writer.writeheader()
            writer.writerows(many)
    pd.DataFrame(many).to_parquet(made["parquet"], row_group_size=7)
    return made


def same(found, expected):
    pd.testing.assert_frame_equal(found, expected)
    assert expected.attrs.items() <= {**found.attrs, "sample": expected.attrs["sample"]}.items()


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_a_file_is_counted_as_its_table_is(asked):
    same(count_file(INDEX, jobs=1, **asked), count_coverage(load_coverage(), **asked))


@pytest.mark.parametrize("kind", ["csv", "tsv", "jsonl", "parquet"])
def test_every_kind_of_file_is_counted_as_what_collect_makes_of_it(files, kind):
    whole = collect(files["jsonl"]).table()
    for asked in ({"by": "outlet"}, {"by": ["language", "outlet"], "period": "quarter", "top": 1}):
        same(count_file(files[kind], jobs=1, **asked), count_coverage(whole, **asked))


@pytest.mark.parametrize("files", [9], indirect=True)
@pytest.mark.parametrize("size", [1, 2, 7, 64, 333])
def test_it_does_not_matter_where_a_file_is_cut(files, monkeypatch, size):
    whole = [count_file(files["jsonl"], by="outlet", jobs=1), count_file_terms(files["jsonl"], by="outlet", jobs=1)]
    monkeypatch.setattr(streaming, "PIECE", size)
    for kind in ("jsonl", "csv"):
        found = [count_file(files[kind], by="outlet", jobs=1), count_file_terms(files[kind], by="outlet", jobs=1)]
        pd.testing.assert_frame_equal(found[0], whole[0])
        assert found[1].to_dict() == whole[1].to_dict()


def test_two_cores_find_what_one_finds(files, monkeypatch):
    monkeypatch.setattr(streaming, "FEW", 0)
    monkeypatch.setattr(streaming, "PIECE", 500)
    for kind in ("jsonl", "csv", "parquet"):
        same(count_file(files[kind], by="language", jobs=2), count_file(files[kind], by="language", jobs=1))


def test_words_are_those_of_the_texts_by_group_and_by_period(files):
    articles = collect(files["jsonl"])
    for kind in ("jsonl", "csv", "parquet"):
        counts = count_file_terms(files[kind], by="outlet", jobs=1)
        for outlet in ("Gazette", "Вестник", "A, B"):
            texts = [article.text for article in articles if article.outlet == outlet]
            assert counts[outlet].to_dict() == Counter(word for text in texts for word in words(text)), kind
        assert counts.attrs["n"] == 40 and counts.attrs["n_dropped"] == 0
    march = count_file_terms(files["csv"], period="month", jobs=1)["2022-03"]
    expected = Counter(w for a in articles if a.published.month == 3 for w in words(a.text))
    assert march.to_dict() == expected


def test_words_of_two_groups_go_into_keyness(tmp_path):
    file = tmp_path / "desk.jsonl"
    desk = [{"outlet": article.desk, "text": article.text} for article in load("desk")]
    file.write_text("\n".join(map(json.dumps, desk)), encoding="utf-8")
    counts = count_file_terms(file, by="outlet", jobs=1)
    first, second = (Counter(w for a in load("desk").where(desk=d) for w in words(a.text)) for d in ("wire", "moscow"))
    found, expected = keyness(counts["wire"], counts["moscow"]), keyness(first, second)
    pd.testing.assert_frame_equal(found, expected)


def test_too_many_words_lose_the_rarest_and_it_is_told(tmp_path, monkeypatch):
    file = tmp_path / "odd.jsonl"
    lines = [json.dumps({"outlet": "A", "text": f"mars word{i} mars"}) for i in range(100)]
    file.write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(facts, "MOST_TERMS", 20)
    monkeypatch.setattr(streaming, "PIECE", 200)
    counts = count_file_terms(file, by="outlet", jobs=1)
    assert counts["A"]["mars"] == 200 and len(counts) <= 20 and counts.sum() + counts.attrs["n_dropped"] == 300


def test_broken_lines_are_counted_and_told_by_their_number(tmp_path, monkeypatch):
    good, many = json.dumps({"title": "A", "date": "2022-03-01"}), json.dumps(dict.fromkeys(map(str, range(1_100))))
    lines = [
        good,
        "",
        "{",
        "[1]",
        good,
        '{"a": 1}',
        b"\xff\xfe".decode("latin-1"),
        "[" * 5_000,
        many,
        good,
        "x" * 5000,
    ]
    file = tmp_path / "broken.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    for size in (40, 333, 10**6):
        monkeypatch.setattr(streaming, "PIECE", size)
        monkeypatch.setattr(parts, "LONGEST", 20_000)
        table = count_file(file, jobs=1)
        assert table["articles"].tolist() == [3] and table.attrs["n_broken"] == 7
        assert table.attrs["broken"][:2] == ["line 3 is not an object of JSON", "line 4 is not an object of JSON"]
        assert table.attrs["broken"][2].startswith("line 6 no column holds a text")
    monkeypatch.setattr(parts, "LONGEST", 1000)
    assert "line 8 has more than 1,000 bytes" in count_file(file, jobs=1).attrs["broken"]


def test_broken_rows_of_a_table_are_told_too(tmp_path):
    file = tmp_path / "broken.csv"
    file.write_text(
        'title,date\na,2022-03-01\nb,2022-03-02,too,many\nc,2022-04-01\nd,"' + "x" * 200_000, encoding="utf-8"
    )
    table = count_file(file, jobs=1)
    assert table["articles"].tolist() == [1, 1] and table.attrs["n_broken"] == 2
    assert table.attrs["broken"][0].startswith("row 3 has more cells than the header")


def test_a_table_in_the_letters_of_excel_is_read(tmp_path):
    file = tmp_path / "excel.csv"
    file.write_bytes("title;outlet\nÉté;Télé’s\n".encode("cp1252"))
    assert count_file(file, by="outlet", period=None, jobs=1)["outlet"].tolist() == ["Télé’s"]


def test_hostile_cells_are_only_counted(tmp_path):
    values = {"name": "__import__('os')"}, ["\ud800"], "y" * 9999, float("nan"), None
    days = 20220712, [1], "0001-01-01", True, None
    odd = [{"title": "x", "outlet": v, "date": day, "actors": v} for v, day in zip(values, days, strict=True)]
    file = tmp_path / "odd.jsonl"
    file.write_text("\n".join(map(json.dumps, odd)), encoding="utf-8")
    for by in ("outlet", "actors"):
        table = count_file(file, by=by, jobs=1)
        assert table.attrs["n"] == 5 and table.attrs["n_undated"] == 4
        assert count_file(file, by=by, period=None, jobs=1)[by].str.len().max() <= 200


class KilledHalfWay:
    """Passes things on and, when half of them have come, ends one of the workers as the system would."""

    def __init__(self, client):
        self.client, self.killed = client, 0

    def __call__(self, things, unit, total):
        for i, thing in enumerate(things):
            if i == total // 2:
                self.killed = next(iter(self.client.run(os.getpid).values()))
                os.kill(self.killed, signal.SIGKILL)
            yield thing


@pytest.fixture(scope="module")
def cluster():
    """Two workers, each a process of its own, on this machine."""
    import dask
    from dask.distributed import Client, LocalCluster

    quiet = {"distributed.worker.memory.target": False, "distributed.scheduler.allowed-failures": 10}
    with (
        dask.config.set(quiet),
        LocalCluster(2, threads_per_worker=1, dashboard_address=None, silence_logs=60) as here,
        Client(here) as client,
    ):
        yield client


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
@pytest.mark.parametrize("kind, count", [("jsonl", count_file), ("csv", count_file_terms), ("parquet", count_file)])
def test_a_dask_cluster_that_loses_a_worker_half_way_counts_the_same(files, cluster, monkeypatch, kind, count):
    alone = count(files[kind], by="outlet", jobs=1)
    cluster.wait_for_workers(2)  # the one that the test before has killed is started again
    monkeypatch.setattr(streaming, "PIECE", files["jsonl"].stat().st_size // 12)
    monkeypatch.setattr(streaming, "progress", killed := KilledHalfWay(cluster))
    monkeypatch.setattr(streaming, "tables_in", None)  # whoever counted here, and not on the cluster, would stop
    with joblib.parallel_config("dask"):
        found = count(files[kind], by="outlet")
    assert killed.killed and found.equals(alone) and found.attrs == alone.attrs


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_a_worker_of_this_machine_that_is_killed_is_told(files, monkeypatch):
    monkeypatch.setattr(streaming, "FEW", 0)
    monkeypatch.setattr(streaming, "PIECE", 200)
    [pid] = joblib.Parallel(2)([joblib.delayed(os.getpid)()])

    def killed(things, unit, total):
        os.kill(pid, signal.SIGKILL)
        yield from things

    monkeypatch.setattr(streaming, "progress", killed)
    with pytest.raises(OSError, match="a worker was ended from outside, most often for want of memory; ask for jobs=1"):
        count_file(files["jsonl"], jobs=2)


def test_the_command_writes_a_table_and_says_what_was_left_out(files, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with files["jsonl"].open("a", encoding="utf-8") as stream:
        stream.write('{"title": "x", "media_name": "=1+1", "publish_date": "2022-01-01"}\n{\n')
    assert main(["count", str(files["jsonl"]), "--by", "outlet", "--jobs", "1"]) == 0
    assert (
        capsys.readouterr().out
        == "counts-many.csv: 4 rows, from 41 articles; 1 left out: line 42 is not an object of JSON\n"
    )
    assert "'=1+1" in pd.read_csv("counts-many.csv")["outlet"].tolist()
    assert main(["count", str(files["csv"]), "--words", "--period", "month", "-o", "w.csv", "--jobs", "1"]) == 0
    assert pd.read_csv("w.csv").columns.tolist() == ["period", "term", "count"]
    assert main(["count", str(files["csv"]), "--words", "--by", "outlet", "--jobs", "1"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("words-many.csv: ")
    assert main(["count", str(files["csv"]), "-o", "w.csv", "--jobs", "1"]) == 0
    assert capsys.readouterr().out.startswith("w.csv (replaced): 8 rows, from 40 articles")


@pytest.mark.parametrize("size", [1, 10**6])
def test_articles_without_a_date_and_dates_of_two_readings_are_told(tmp_path, capsys, monkeypatch, size):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(streaming, "PIECE", size)
    days = ["12.07.2022", "soon", ""]
    Path("d.csv").write_text("Titel;Medium;Datum;Text\n" + "".join(f"a;b;{day};c\n" for day in days))
    lost = "from 3 articles; 2 have no readable date and are"
    for more, said in (([], f"{lost} in no period\n"), (["--words"], f"{lost} under unknown\n")):
        assert main(["count", "d.csv", "--jobs", "1", *more]) == 0
        assert capsys.readouterr().out.endswith(said)
    assert main(["count", "d.csv", "--jobs", "1", "--by", "outlet"]) == 0
    assert capsys.readouterr().out.endswith("from 3 articles\n")
    Path("d.csv").write_text("Titel;Datum\n" + "".join(f"a;{day}\n" for day in ["07/12/2022", "", "13/1/2022"]))
    assert main(["count", "d.csv", "--jobs", "1"]) == 0
    said = "; 1 has no readable date and is in no period; 2 dates were read as day before month\n"
    assert capsys.readouterr().out.endswith(said)


def test_the_file_that_is_counted_is_never_written_over(files, capsys, monkeypatch):
    monkeypatch.chdir(files["csv"].parent)
    before = files["csv"].read_bytes()
    Path("linked.csv").symlink_to("many.csv")
    os.link("many.csv", "same.csv")
    for out in ("many.csv", "./many.csv", str(files["csv"]), "linked.csv", "same.csv"):
        assert main(["count", "many.csv", "-o", out, "--jobs", "1"]) == 2
        assert "is the file that is counted; give -o another name" in capsys.readouterr().err
    assert main(["count", "linked.csv", "-o", "many.csv", "--jobs", "1"]) == 2
    assert files["csv"].read_bytes() == before and Path("linked.csv").is_symlink()


@pytest.mark.parametrize("wrong, said", [
    (["none.jsonl"], "there is no file none.jsonl"),
    (["many.jsonl", "--by", "outlt"], "did you mean 'outlet'"),
    (["many.jsonl", "--period", "fortnight"], "is not one of 'day', 'week'"),
    (["many.jsonl", "--jobs", "0"], "jobs=0 is below 1"),
    (["many.jsonl", "--columns", "outlet=nix"], "there is no column 'nix'"),
    (["many.jsonl", "--words", "--by", "outlet", "--period", "day"], "give by= or period=, one of them"),
    (["page.html"], "does not end in one of .csv .jsonl .parquet .tsv"),
    (["empty.csv"], "is empty"),
    (["german.csv", "--by", "outlet"], "by='outlet' is no column to count by; found 'Titel', 'Blatt'; say which"),
    (["german.csv", "--by", "outlt"], "by='outlt' is no column to count by; found 'Titel', 'Blatt'; say which"),
    (["german.csv", "--by", "Titel"], "which one is: --columns \"outlet=its name\""),
    (["many.csv", "--by", "title"], "by='title' is not one of 'language', 'outlet'"),
    (["german.csv"], "no article has a date, so none can be placed in a month; give --by alone"),
    (["german.csv", "--by", "Blatt"], "to count by the column 'Blatt' give --by outlet --columns \"outlet=Blatt\""),
    (["many.csv", "--by", "media_name"], "column 'media_name' give --by outlet --columns \"outlet=media_name\""),
    (["wide.csv"], "is UTF-16"),
    (["false.parquet"], "is not a Parquet file"),
    (["list.jsonl"], "has no row that can be read"),
    (["wide.jsonl", "--by", "language"], "no article was found in wide.jsonl; line 1 has more than 1,000 fields"),
    (["head.csv"], "head.csv has column names but no rows"),
    (["folder"], "folder is a folder; collect it first, and count the .jsonl that collect writes"),
    (["damaged.parquet"], "is damaged"),
    (["many.jsonl", "-o", "o.jsonl"], "give -o a name that ends in .csv, not o.jsonl"),
    (["many.jsonl", "-o", "nowhere/x.csv"], "there is no folder nowhere"),
])  # fmt: skip
def test_what_cannot_be_counted_is_answered_with_one_line(files, monkeypatch, capsys, wrong, said):
    monkeypatch.chdir(files["csv"].parent)
    parquet = bytearray(files["parquet"].read_bytes())
    parquet[4 : len(parquet) // 3] = b"x" * (len(parquet) // 3 - 4)
    wide = json.dumps({"title": "x", "language": "en"} | dict.fromkeys(map(str, range(1_100)))).encode()
    made = {
        "page.html": b"x",
        "empty.csv": b"",
        "head.csv": b"title,date\n",
        "german.csv": b"Titel;Blatt\nMars;Welt\n",
        "wide.csv": "a,b".encode("utf-16"),
        "false.parquet": b"nonsense",
        "damaged.parquet": parquet,
        "list.jsonl": b"[1]\n2\n",
        "wide.jsonl": wide,
    }
    for name, data in made.items():
        Path(name).write_bytes(data)
    Path("folder").mkdir()
    assert main(["count", *wrong]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and said in told


def test_without_pyarrow_a_parquet_file_is_answered_with_what_to_install(files, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    with pytest.raises(BadInput, match=r'type pip install "space-split-toolkit\[scale\]", or save the table as .csv'):
        count_file(files["parquet"])


def test_the_example_for_clusters_runs_as_it_stands_in_the_docs(files, cluster, capsys):
    page = (Path(__file__).parent.parent / "docs" / "scaling.md").read_text(encoding="utf-8")
    [code] = [block for block in page.split("```python\n") if "parallel_config" in block.partition("```")[0]]
    code = code.partition("```")[0].replace("/shared/coverage.jsonl", str(files["jsonl"]))
    exec(code.replace("tcp://scheduler:8786", cluster.scheduler.address))
    assert "articles" in capsys.readouterr().out
