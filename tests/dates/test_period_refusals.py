"""Every way of not naming a period has its own sentence and a way out. The day is 23 November 2026."""

from datetime import date

import pytest

from cpdkit.dates.period_words import Now, read_period
from cpdkit.errors import UsageError

NOW = Now(date(2026, 11, 23), (4, 1))

# What is written | the sentence | the way out.
REFUSED = """
03/04/2026 | 03/04/2026 can be read two ways: 3 April 2026 or 4 March 2026 | write 2026-04-03 or 2026-03-04
3.4.2026 | 3.4.2026 can be read two ways: 3 April 2026 or 4 March 2026 | write 2026-04-03 or 2026-03-04
3-4-2026 | 3-4-2026 can be read two ways: 3 April 2026 or 4 March 2026 | write 2026-04-03 or 2026-03-04
03/04/26 | 03/04/26 can be read two ways: 3 April 2026 or 4 March 2026 | write 2026-04-03 or 2026-03-04
4/5 | 4/5 can be read two ways: 4 May 2026 or 5 April 2026 | write 2026-05-04 or 2026-04-05
31/12/2025 | 31/12/2025 is not how a day is written here | write 2025-12-31 for 31 December 2025
12/31/2025 | 12/31/2025 is not how a day is written here | write 2025-12-31 for 31 December 2025
5/5/2026 | 5/5/2026 is not how a day is written here | write 2026-05-05 for 5 May 2026
31.12 | 31.12 is not how a day is written here | write 2026-12-31 for 31 December 2026
31/13/2025 | 31/13/2025 is not a day, whichever number is the month | write days as 2026-03-14
03/04/2026..2026 | 03/04/2026 can be read two ways: 3 April 2026 or 4 March 2026 | write 2026-04-03 or 2026-03-04
2026..31/12/2026 | 31/12/2026 is not how a day is written here | write 2026-12-31 for 31 December 2026
2011–12 | 2011–12 can be read two ways: December 2011, or the years 2011 and 2012 | write 2011-12 or 2011..2012
2026-13 | 2026-13 is not a month: there is no month 13 |
2026-00 | 2026-00 is not a month: there is no month 0 |
2025-26 | 2025-26 is not a month: there is no month 26 | write 2025..2026 for both years, or cpd-year 2025
2025/26 | 2025/26 is not how two years are written here | write 2025..2026 for both years, or cpd-year 2025
2025..26 | 2025..26 is not a range: 26 is no year | write 2025..2026 for both years, or cpd-year 2025
2025-2026 | 2025-2026 is not how a range is written here | write 2025..2026
2026-02-30 | 2026-02-30 is not a day: February 2026 ends on the 28th | look at the day and the month
2026-04-31 | 2026-04-31 is not a day: April 2026 ends on the 30th | look at the day and the month
2026-03-00 | 2026-03-00 is not a day: no month has a day 0 | look at the day and the month
30 February 2026 | 30 february 2026 is not a day: February 2026 ends on the 28th | look at the day and the month
2026-14-03 | 2026-14-03 is not a day: there is no month 14 | did you mean 2026-03-14?
2026-14-15 | 2026-14-15 is not a day: there is no month 14 |
2026/03/14 | 2026/03/14 is not how a day is written here | write 2026-03-14
2026-3-4 | 2026-3-4 is not how a day is written here | write 2026-03-04
2026-3 | 2026-3 is not how a month is written here | write 2026-03
20260314 | 20260314 is not how a day is written here | write 2026-03-14
20261399 | 20261399 is not a day |
03/2026 | 03/2026 is not how a month is written here | write 2026-03
26 | 26 is not a year | write 2026 for the year
2025-W53 | 2025-W53 is not a week: 2025 has 52 of them | 2025-W01 to 2025-W52
2026-w00 | 2026-W00 is not a week: 2026 has 53 of them | 2026-W01 to 2026-W53
2026-Q5 | 2026-Q5 is not a quarter: a year has 4 quarters | 2026-Q1 to 2026-Q4
2026-H0 | 2026-H0 is not a half: a year has 2 halves | 2026-H1 to 2026-H2
1899 | the year 1899 lies outside 1900 to 2100 | look at the year
2101-03-14 | the year 2101 lies outside 1900 to 2100 | look at the year
0000 | the year 0000 lies outside 1900 to 2100 | look at the year
last 500 years | last 500 years reaches outside the years 1900 to 2100 |
last 999999999 days | last 999999999 days reaches outside the years 1900 to 2100 |
last 0 days | there is no day in the last 0 days | write last 1 month, or more
2026..2025 | 2026..2025 runs backwards: it would start on 1 January 2026 and end on 31 December 2025 | write 2025..2026
2026-05..2026-03 | 2026-05..2026-03 runs backwards: it would start on 1 May 2026 and end on 31 March 2026 |
.. | a range needs a start or an end | write 2024.., ..2025, 2024..2025 or all
| no period was given |
2024..2025..2026 | "2024..2025..2026" is not a period |
cpd-year 2025/27 | cpd-year 2025/27 is not a CPD year | write cpd-year, last cpd-year or cpd-year 2025
last cpd-year 2025 | last cpd-year 2025 is not a CPD year | write cpd-year, last cpd-year or cpd-year 2025
lst year | "lst year" is not a period | did you mean last year?
last twelve months | "last twelve months" is not a period | did you mean last 12 months?
yesterdy | "yesterdy" is not a period | did you mean yesterday?
12 months | "12 months" is not a period |
year | "year" is not a period |
soon | "soon" is not a period |
14 Smarch 2026 | "14 smarch 2026" is not a period |
2026-03-14T10:00 | "2026-03-14t10:00" is not a period |
٢٠٢٦ | "٢٠٢٦" is not a period |
"""


@pytest.mark.parametrize("line", REFUSED.strip("\n").splitlines())
def test_anything_else_is_refused_with_its_own_sentence(line: str) -> None:
    written, sentence, way_out = (part.strip() for part in line.split("|"))
    with pytest.raises(UsageError) as refusal:
        read_period(written, NOW)
    assert str(refusal.value) == sentence
    assert refusal.value.hint == (way_out or refusal.value.hint)
    assert refusal.value.hint
    assert refusal.value.exit_code == 2
