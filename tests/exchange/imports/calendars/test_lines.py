import pytest

from cpdkit.exchange.imports.calendars.lines import Line, taken_apart, text_of, texts_of, unfolded


@pytest.mark.parametrize("eol", [b"\n", b"\r\n", b"\r"])
def test_folds_are_undone_even_inside_a_character(eol: bytes) -> None:
    data = "SUMMARY:café".encode()
    for cut in range(1, len(data)):
        folded = b"BEGIN:X" + eol + data[:cut] + eol + b" " + data[cut:] + eol
        assert unfolded(folded) == (["BEGIN:X", "SUMMARY:café"], 0)


@pytest.mark.parametrize(
    ("data", "lines", "foreign"),
    [
        (b"\xef\xbb\xbfBEGIN:X\n\n\nEND:X", ["BEGIN:X", "END:X"], 0),
        ("A:é".encode("utf-16"), ["A:é"], 0),
        (b"A:caf\xe9\nB:\xc3\xa9", ["A:café", "B:é"], 1),
        (b"A;ENCODING=QUOTED-PRINTABLE:one=\ntwo=\nthree\nB:x=\nC:y",
         ["A;ENCODING=QUOTED-PRINTABLE:onetwothree", "B:x=", "C:y"], 0),
        (b"A;ENCODING=QUOTED-PRINTABLE:one=", ["A;ENCODING=QUOTED-PRINTABLE:one"], 0),
    ],
)  # fmt: skip
def test_lines_of_any_exporter(data: bytes, lines: list[str], foreign: int) -> None:
    assert unfolded(data) == (lines, foreign)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("summary:a:b;c", Line("SUMMARY", {}, "a:b;c")),
        ('DTSTART;TZID="A; B: C":1', Line("DTSTART", {"TZID": "A; B: C"}, "1")),
        ("DTSTART;tzid=GMT Standard Time:1", Line("DTSTART", {"TZID": "GMT Standard Time"}, "1")),
        ('A;CN="Evans, J":mailto:x', Line("A", {"CN": "Evans, J"}, "mailto:x")),
        ("A;X=1;:v", Line("A", {"X": "1"}, "v")),
        ("A;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:caf=E9=0D=0Ax",
         Line("A", {"ENCODING": "QUOTED-PRINTABLE", "CHARSET": "ISO-8859-1"}, "café\\nx")),
        ("A;ENCODING=QUOTED-PRINTABLE;CHARSET=none:=C3=A9",
         Line("A", {"ENCODING": "QUOTED-PRINTABLE", "CHARSET": "none"}, "é")),
        ("no property", None),
        (";:", None),
    ],
)  # fmt: skip
def test_a_line_is_taken_apart(text: str, line: Line | None) -> None:
    assert taken_apart(text) == line


def test_escapes_and_lists() -> None:
    assert text_of(r"a\, b\; c\\n\nd\x") == "a, b; c\\n\nd\\x"
    assert texts_of(r"CPD,Safety\, electrical, ,x\\,y") == ("CPD", "Safety, electrical", "x\\", "y")
