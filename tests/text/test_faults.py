from cpdkit.text.faults import Fault, FaultKind, Unreadable


def test_what_can_not_be_read_says_every_fault() -> None:
    faults = (Fault(FaultKind.TAB, "a tab"), Fault(FaultKind.COLON, "a colon"))
    error = Unreadable(*faults)
    assert str(error) == "a tab; a colon"
    assert error.faults == faults
