"""Marks go into the file that a learning management system gave, and nothing else in it changes."""

import pytest

from toolkit.files import BadInput
from toolkit.grading.fields import read_sheet
from toolkit.grading.roster import filled, read_roster

MOODLE = (
    b"\xef\xbb\xbfIdentifier,\"Full name\",\"Email address\",Status,Grade,\"Maximum Grade\",\"Grade can be changed\","
    b"\"Last modified (submission)\",\"Last modified (grade)\",\"Feedback comments\"\r\n"
    b"\"Participant 11\",\"Lee, Ann\",ann@example.org,\"Submitted for grading\",,100.00,Yes,-,-,\"<p>One\nTwo</p>\"\r\n"
    b"\"Participant 12\",Bo,bo@example.org,\"No submission\",50.00,100.00,Yes,-,-,\r\n"
    b"\"Participant 13\",=cmd|'/c calc'!A0,c@example.org,\"No submission\",-,100.00,Yes,-,-,"
)  # fmt: skip
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,A1 (900),A2 (901),Final Score\n"
    ",,,,,Manual Posting,,\n"
    "    Points Possible,,,,,10.00,20.00,(read only)\n"
    '"Lee, Ann",501,u1,ann@example.org,"Sect ""A""",9.00,,90\n'
    "Böhm,502,u2,bo,Sect B,EX,7.50,70\n"
    '"=""=Eve""",503,u3,eve,Sect B,1,N/A,70\n'
).encode()
BLACKBOARD = (
    '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Last Access"\t"Availability"\t'
    '"Weighted Total [Total Pts: up to 100 Score] |1"\t'
    '"A2 [Total Pts: 20 Score] |123456"\t"Notes [Total Pts: 0 Text] |7"\n'
    '"Lee"\t"Ann"\t"ann"\t"s11"\t"2026-10-01"\t"Yes"\t""\t""\t"- late, ""ill"""\n'
    '"Büchner"\t"Bo"\t"bo"\t"s12"\t""\t"Yes"\t""\t"12,50"\t""\n'
)


@pytest.fixture
def roster(tmp_path):
    def read(data, name="class.csv"):
        (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
        return read_roster(tmp_path / name)

    return read


@pytest.mark.parametrize("data", [MOODLE, CANVAS, BLACKBOARD.encode("utf-16"), b"student;mark\rann;1\r\r\n'b\x92;"])
def test_a_file_comes_back_byte_for_byte(data):
    assert read_sheet(data).data() == data


def test_moodles_worksheet_gets_a_grade_and_keeps_its_mark_of_utf8_its_quotation_marks_and_lines(roster):
    made = filled(roster(MOODLE), {"11": 12.5, "bo@example.org": 50})
    wanted = MOODLE.replace(b'grading",,', b'grading",12.5,').replace(b'13",=cmd', b"13\",'=cmd")
    assert made.data == wanted
    assert made.changes == (("11", "", "12.5"),) and made.missing == ("13",) and made.refused == ()
    assert [one.student for one in made.defused] == ["row 4 Full name"]
    assert "11: empty → 12.5" in str(made) and "row 4 Full name: =cmd" in str(made)


def test_canvas_is_matched_by_any_of_its_ids_and_its_own_quoting_of_a_name_stays(roster):
    made = filled(roster(CANVAS), {"U1": 12.5, "502": 8, "eve": 20}, "A2")
    assert made.data == (CANVAS.replace(b"9.00,,", b"9.00,12.5,").replace(b"7.50", b"8").replace(b"N/A", b"20"))
    assert made.changes[1] == ("502", "7.50", "8") and made.column == "A2 (901)" and not made.defused
    assert filled(roster(CANVAS), {"u2": 7.5}, "A2 (901)").changes == ()


def test_blackboards_xls_is_text_in_utf16_and_keeps_its_decimal_comma(roster):
    data = BLACKBOARD.encode("utf-16-le")
    made = filled(roster(b"\xff\xfe" + data, "gc_fullgc.xls"), {"s11": 7.25, "bo": 12.5})
    wanted = BLACKBOARD.replace('"Yes"\t""\t""\t"- late', '"Yes"\t""\t"7,25"\t"\'- late')
    assert made.data == b"\xff\xfe" + wanted.encode("utf-16-le")
    assert made.column.startswith("A2") and made.changes == (("s11", "", "7,25"),)


def test_moodles_gradebook_and_a_plain_list(roster):
    export = '"First name";"ID number";"Email address";"Assignment: A2 (Real)"\nAnn;77;ann@example.org;-\n'
    assert filled(roster(export), {"77": 2.5}, "A2").data.decode() == export.replace(";-", ";2,5")
    assert filled(roster("student,name,mark\nann,Ann,\n"), {"ann": 1 / 3}).data == b"student,name,mark\nann,Ann,0.33\n"
    assert filled(roster('student,"mark"\nann,"1,0"\n'), {"ann": 2.5}).data == b'student,"mark"\nann,"2,5"\n'


def test_what_waits_for_a_person_is_left_as_it_was_and_told(roster):
    made = filled(roster("student,mark\nann,3\n"), {"ann": None})
    assert made.changes == () and made.waiting == ("ann",) and "waits for a person" in str(made)


@pytest.mark.parametrize(
    "data, totals, said",
    [
        (CANVAS, {"nobody": 1, "u2": 7.5}, "'nobody' has a mark and is not in the class list"),
        (CANVAS, {"ann": 1, "bo": 7.5}, "'ann' has a mark and is not"),
        (CANVAS, {"u1": 21}, "'u1' has 21 points, and the most that the file allows is 20"),
        (CANVAS, {"u1": float("nan")}, "'u1' has nan points"),
        (CANVAS, {"u1": 1, "501": 2}, "row 4 fits the marks of '501' and 'u1'"),
        (CANVAS.replace(b"502", b"u1"), {"u1": 1}, "the mark of 'u1' fits rows 4, 5"),
        (CANVAS.replace(b"u2", b"u1"), {}, "the sis user id 'u1' stands in rows 4, 5"),
        (CANVAS.replace(b"u2", b"=u2"), {}, "row 5: the sis user id '=u2' is a formula"),
        (CANVAS.replace(b"7.50,70", b"7.50"), {}, "row 5 has 7 fields and the heading 8"),
    ],
)
def test_what_is_in_doubt_refuses_the_file_and_anyway_leaves_it_as_it_was(roster, tmp_path, data, totals, said):
    made = filled(roster(data), totals, "A2")
    assert said in "; ".join(made.refused) and said in str(made) and made.data == data
    with pytest.raises(BadInput, match="nothing is written"):
        made.write(tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()
    assert made.write(tmp_path / "out.csv", anyway=True).read_bytes() == data


def test_a_file_without_a_single_mark_is_never_written(roster, tmp_path):
    export = "First name,ID number,Email address,Assignment: A2 (Real)\nAnn,77,ann@example.org,-\n"
    made = filled(roster(export), {"1234501": 2.5, "1234502": None})
    for anyway in (False, True):
        with pytest.raises(
            BadInput, match="no student of the gradebook.*here a student is '1234501', there '77'.*give.*ing w"
        ):
            made.write(tmp_path / "out.csv", anyway=anyway)
    with pytest.raises(BadInput, match="give the list of this course"):
        filled(roster(CANVAS), {"1234501": 2.5}, "A2").write(tmp_path / "out.csv", anyway=True)
    assert not (tmp_path / "out.csv").exists()
    assert filled(roster(CANVAS), {}, "A2").write(tmp_path / "out.csv").read_bytes() == CANVAS


def test_the_class_list_itself_is_never_replaced(roster, tmp_path):
    with pytest.raises(BadInput, match="is the class list itself"):
        filled(roster(CANVAS), {}, "A2").write(tmp_path / "class.csv")


@pytest.mark.parametrize(
    "data, column, said",
    [
        (CANVAS, "", "which column of class.csv.*'A1 .900.', 'A2 .901.'"),
        (CANVAS, "AA2", "no column 'AA2' for marks; did you mean 'A2'"),
        (CANVAS, "Section", "no column 'Section' for marks"),
        (CANVAS.replace(b"A1 (900)", b"A2 (900)"), "A2", "more than one column 'A2'"),
        (b"a,b\n1,2\n", "", "no class list that is known.*its first row has: 'a', 'b'"),
        (b'student,mark\nann,"1\n', "", "row 2 a quotation mark is not closed"),
        (b"PK\x03\x04xxxx", "", "saved by a spreadsheet program"),
        (b"", "", "is empty"),
    ],
)
def test_a_file_or_column_that_is_not_clear_is_told(roster, data, column, said):
    with pytest.raises(BadInput, match=said):
        filled(roster(data), {}, column)


def test_hostile_names_are_shown_without_their_control_characters(roster):
    others = "bo,Bo,\n" * 40
    made = filled(roster(f"student,name,mark\n{others}ann,=\x1b[2J1,\n"), {})
    assert "\x1b" not in str(made) and b"\nann,'=\x1b[2J1,\n" in made.data
