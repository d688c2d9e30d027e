from cpdkit.schemes.rules import Requirement, Rules, Status


def test_a_requirement_by_its_name_and_the_usual_status() -> None:
    total = Requirement("total", "hours")
    rules = Rules(requirements=(total,), statuses={"active": Status(), "retired": Status(exempt=True)})
    assert (rules.requirement("total"), rules.requirement("other")) == (total, None)
    assert (rules.default_status, Rules().default_status) == ("active", "")
