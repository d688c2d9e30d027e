"""Access details of online meetings are removed from texts, and nothing else is."""

import pytest

from cpdkit.exchange.meetings import without_access

TEAMS = """\
Agenda: relays and fuses

________________________________________________________________________________
Microsoft Teams meeting
Join on your computer, mobile app or room device
Click here to join the meeting<https://teams.microsoft.com/l/meetup-join/19%3ameeting_a%40thread.v2/0?context=%7b%7d>
Meeting ID: 318 111 222 333
Passcode: aBcDeF
Download Teams<https://www.microsoft.com/en-us/microsoft-teams/download-app> | Join on the web<https://www.microsoft.com/microsoft-teams/join-a-meeting>
Or call in (audio only)
+44 20 3321 5208,,123456789#<tel:+442033215208,,123456789#>   United Kingdom, London
Phone Conference ID: 123 456 789#
Find a local number<https://dialin.teams.microsoft.com/abc?id=123> | Reset PIN<https://dialin.teams.microsoft.com/usp/pstnconferencing>
Learn More<https://aka.ms/JoinTeamsMeeting> | Meeting options<https://teams.microsoft.com/meetingOptions/?organizerId=1>
________________________________________________________________________________
"""
ZOOM = """\
Evening lecture. Questions to jane@example.org.

Join Zoom Meeting
https://us02web.zoom.us/j/81234567890?pwd=QWERTY

Meeting ID: 812 3456 7890
Passcode: 998877
One tap mobile
+442034815237,,81234567890#,,,,*998877# United Kingdom

Dial by your location
        +44 203 481 5237 United Kingdom
Find your local number: https://us02web.zoom.us/u/kabc
"""
MEET = """\
-::~:~::~:~:~:~:~:~:~:~:~:~:~:~::~:~::-
Join with Google Meet: https://meet.google.com/abc-defg-hij
Or dial: (GB) +44 20 3956 1234 PIN: 123 456 789#
More phone numbers: https://tel.meet/abc-defg-hij?pin=1234567890123&hs=7
-::~:~::~:~:~:~:~:~:~:~:~:~:~:~::~:~::-
Talk on IEC 61850"""
WEBEX = """\
JOIN WEBEX MEETING
https://company.webex.com/company/j.php?MTID=m123
Meeting number (access code): 2556 123 4567
Meeting password: Abc123xyz
TAP TO JOIN FROM A MOBILE DEVICE (ATTENDEES ONLY)
+44-20-7660-8149,,25561234567## UK Toll
JOIN FROM A VIDEO SYSTEM OR APPLICATION
Dial sip:25561234567@company.webex.com
You can also dial 173.243.2.68 and enter your meeting number.
The talk covers IEC 61850."""
GOTO = """\
Topic: fuses
https://meet.goto.com/123456789
Access Code: 123-456-789
You can also dial in using your phone.
United Kingdom: +44 330 221 0088"""


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (TEAMS, "Agenda: relays and fuses"),
        (ZOOM, "Evening lecture. Questions to jane@example.org."),
        (MEET, "Talk on IEC 61850"),
        (WEBEX, "The talk covers IEC 61850."),
        (GOTO, "Topic: fuses"),
        ("Kenncode: 123456\nBesprechungs-ID: 318 111 222\nThema: Relais", "Thema: Relais"),
        ("ID de réunion : 318 111 222 333\nCode secret : abcD\nSujet: relais", "Sujet: relais"),
        ("Slides: https://example.org/s.pdf; via https://zoom.us/j/1?pwd=a", "Slides: https://example.org/s.pdf; via"),
        ("Join: [Zoom](https://zoom.us/j/1)\n\n## Reflection\n\nJoin cables.", "## Reflection\n\nJoin cables."),
        ("https://x.safelinks.example/?url=https%3A%2F%2Fteams.microsoft.com%2Fl%2Fmeetup-join%2F19&d=5", ""),
        ("Stream: https://video.example.org/live?passcode=1234\nStart at six", "Stream\nStart at six"),
        ("Dial-in: 0800 496 0000, passcode 4711\nTopic: earthing", "Topic: earthing"),
    ],
)  # fmt: skip
def test_access_details_are_removed_with_the_lines_that_explain_them(text: str, left: str) -> None:
    assert without_access(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Password managers in practice: a talk. Password: security awareness",
        "Called Jane on 0113 496 0001 about the code review.",
        "Teams link: https://teams.microsoft.com/l/channel/19%3a",
        "Recording: https://zoom.us/rec/share/abc\n\n\n\nRegister: https://zoom.us/webinar/register/WN_1",
        "Meeting of the branch, 14 March 2026.  Passed the code 12345 on.",
        "Join the IET: https://www.theiet.org/membership/join/",
        "  Microsoft Teams meeting  ",
        "Conference ID badges, session 4: connecting to 230 V",
    ],
)
def test_other_texts_stay_exactly_as_they_are(text: str) -> None:
    assert without_access(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("https://zoom.us/j/123?pwd=1", ""),
        ("Room 4; https://teams.microsoft.com/l/meetup-join/x", "Room 4"),
        ("Zoom: https://zoom.us/j/12 (passcode: 1)", "Zoom"),
        ("Webinar on fuses (passcode 4711)", "Webinar on fuses"),
        ("Microsoft Teams Meeting", "Microsoft Teams Meeting"),
    ],
)
def test_a_title_or_place_keeps_its_words(text: str, left: str) -> None:
    assert without_access(text, one_line=True) == left
