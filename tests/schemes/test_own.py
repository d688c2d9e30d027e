from cpdkit.schemes.own import Own, read_own
from cpdkit.text.files import Disk

FIRM = b"id: firm\ntitle: Our firm\ncompetences: [{code: K, title: Oil}]\n"


def own(files: dict[str, bytes]) -> Own:
    return read_own(Disk("/nowhere", files), sorted(files))


def test_each_folder_has_its_own() -> None:
    found = own({"frameworks/a.yaml": FIRM, "schemes/a.yaml": b"id: firm\n", "templates/a.yaml": b"["})
    assert (set(found.frameworks), set(found.schemes)) == ({"firm"}, {"firm"})
    assert (found.unread, found.diagnostics) == ((), ())


def test_what_cannot_be_read_is_told_and_remembered() -> None:
    found = own({"frameworks/a.yaml": b"[", "schemes/sub/b.yaml": b"", "schemes/c.yaml": b"id: c\n"})
    assert found.unread == ("frameworks/a.yaml", "schemes/sub/b.yaml")
    assert found.lacks("frameworks")
    assert not found.lacks("templates")
    assert [(each.path, each.code) for each in found.diagnostics] == [
        ("frameworks/a.yaml", "CPD125"),
        ("schemes/sub/b.yaml", "CPD201"),
    ]


def test_of_two_with_one_id_the_first_is_used() -> None:
    found = own({"frameworks/a.yaml": FIRM, "frameworks/b.yaml": FIRM.replace(b"Our", b"Your")})
    assert found.frameworks["firm"].title == "Our firm"
    assert [(each.location, each.code) for each in found.diagnostics] == [("frameworks/b.yaml", "CPD707")]
    schemes = own({"schemes/a.yaml": b"id: x\n", "schemes/b.yaml": b"id: x\n"})
    assert [(each.location, each.code) for each in schemes.diagnostics] == [("schemes/b.yaml", "CPD706")]


def test_other_files_are_told() -> None:
    found = own({"frameworks/a.yml": FIRM, "schemes/notes.txt": b""})
    assert [(each.path, each.code, each.hint) for each in found.diagnostics] == [
        ("frameworks/a.yml", "CPD801", "rename it to a.yaml"),
        ("schemes/notes.txt", "CPD801", "move it, or name it under ignore: in cpd.yaml"),
    ]


def test_what_was_told_makes_no_other_vocabulary() -> None:
    assert own({"schemes/notes.txt": b""}) == Own()
