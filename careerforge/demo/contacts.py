"""Whom the demo company names for what no program answers: invented, with numbers kept for fiction.

01632 960000 to 960999 belong to nobody (Ofcom, "Telephone numbers for use in TV and radio drama programmes").
"""

from careerforge.assistant.models import HelpContact, Topic

DAY = "Monday to Friday, 9:00 to 17:00"
CONTACTS = (
    (Topic.CRISIS, "Tarnvale helpline, for everybody, confidential", "01632 960100", "", "day and night"),
    (
        Topic.CRISIS,
        "Trusted person for harassment",
        "01632 960111",
        "trust@tarnvale.example",
        DAY,
    ),
    (Topic.HEALTH, "Company doctor, bound to secrecy", "01632 960120", "doctor@tarnvale.example", DAY),
    (Topic.CONFLICT, "Works council", "01632 960130", "council@tarnvale.example", DAY),
    (Topic.LAW, "HR, contracts and notice", "01632 960140", "contracts@tarnvale.example", DAY),
    (Topic.PAY, "HR, pay", "01632 960150", "pay@tarnvale.example", DAY),
    (Topic.DATA, "Data protection officer", "01632 960160", "privacy@tarnvale.example", DAY),
)


def write_down() -> None:
    """One or two for each topic."""
    HelpContact.objects.bulk_create(
        HelpContact(topic=topic, words=words, phone=phone, mail=mail, hours=hours, place=place)
        for place, (topic, words, phone, mail, hours) in enumerate(CONTACTS, 1)
    )
