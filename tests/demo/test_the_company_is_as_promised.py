from collections import Counter

import pytest

from careerforge.demo import cast, loading, password
from careerforge.demo.problem import Refused
from careerforge.knowledge.models import Document
from careerforge.people.access import managed_teams, why_not_coach
from careerforge.people.models import Assignment, Grant, Profile, SkillClaim, Team, TeamMembership, User
from careerforge.people.sign_in import Backend
from careerforge.tenancy.models import Organisation
from learning.models import Readiness, Step
from learning.paths import path
from learning.roles import target
from tests.demo.conftest import NOW

TODAY = NOW.date()
EMPLOYEES = [f"emp-{it}" for it in ("backend", "frontend", "data", "cloud", "ml", "qa", "security")]
OF = ("backend-frontend", "data-ml", "cloud-security", "mobile", "qa-pmo", "backend")
COACHES = [f"coach-{practices}" for practices in OF]
ADMINS = ["admin-hr", "admin-platform", "admin-org", "admin-lnd"]


def person(account):
    return User.objects.get(username=account)


def test_eighteen_people_can_sign_in_and_fifty_three_cannot(tarnvale):
    able = [user.username for user in User.objects.all() if user.has_usable_password()]
    assert sorted(able) == sorted([*EMPLOYEES, *COACHES, "manager", *ADMINS])
    assert User.objects.filter(state=User.State.ACTIVE).count() == 18 + 53


def test_each_account_opens_the_portal_it_is_named_after(tarnvale):
    for account in [*EMPLOYEES, *COACHES, "manager", *ADMINS]:
        kind = account if account in ADMINS else account.partition("-")[0].replace("emp", "employee")
        assert person(account).kinds == {kind}


def test_there_are_eight_practices_among_the_people_and_five_levels(tarnvale):
    profiles = Profile.objects.exclude(practice=None)
    assert profiles.values("practice").distinct().count() == 8
    assert not profiles.filter(practice__slug="mobile").exists()
    assert set(Profile.objects.values_list("seniority", flat=True)) == {1, 2, 3, 4, 5}
    assert set(Profile.objects.values_list("region", flat=True)) == {"North", "South", "West"}


def test_the_password_opens_an_account_and_only_its_owner_may_read_it(tarnvale):
    assert password.file().stat().st_mode & 0o777 == 0o600
    assert Backend().authenticate(None, username="emp-data", password=password.read()) == person("emp-data")


def test_nobody_coaches_in_their_own_reporting_line(tarnvale):
    pairs = Assignment.objects.select_related("coach", "employee")
    assert {why_not_coach(one.coach, one.employee, TODAY) for one in pairs} == {""}


def test_every_coach_but_the_mobile_one_has_people(tarnvale):
    have = Counter(Assignment.objects.on(TODAY).values_list("coach__username", flat=True))
    assert set(have) == set(COACHES) - {"coach-mobile"}
    assert have["coach-data-ml"] >= 12
    assert Assignment.objects.on(TODAY).filter(cover=True).count() == 1


def test_the_managers_unit_has_teams_above_and_below_five(tarnvale):
    sizes = [
        TeamMembership.objects.on(TODAY).filter(team=team).count()
        for team in managed_teams(person("manager")).exclude(name="Product engineering")
    ]
    assert min(sizes) < 5 <= max(sizes)
    assert Team.objects.filter(parent=None).count() == 2


def test_the_data_analyst_is_half_way_to_senior_data_engineer(tarnvale):
    row = Readiness.objects.get(user=person("emp-data"), day=TODAY)
    assert row.role.slug == "senior-data-engineer"
    assert 0.4 <= row.score <= 0.6


def test_readiness_has_a_row_for_each_of_the_last_ninety_days(tarnvale):
    days = Readiness.objects.filter(user=person("emp-ml")).order_by("day").values_list("day", "score")
    assert len(days) == 91
    assert days[0][1] < days[90][1]


def test_a_past_day_counts_only_what_was_known_then(tarnvale):
    rows = Readiness.objects.filter(user=person("emp-data"))
    oldest, newest = rows.earliest("day"), rows.latest("day")
    assert oldest.known_share < newest.known_share
    dates = [date for line in oldest.receipt["skills"] for *_, date in line["claims"]]
    assert max(dates) <= oldest.day.isoformat()


@pytest.mark.parametrize("account", sorted(set(EMPLOYEES) - {"emp-qa"}))
def test_an_employee_is_on_the_way(tarnvale, account):
    states = Counter(Step.objects.filter(user=person(account)).values_list("status", flat=True))
    assert states["in_progress"] == states["skipped"] == 1
    assert states["done"] >= 1
    assert states["todo"] > 5


def test_one_employee_has_a_target_and_no_path_yet(tarnvale):
    assert target.current(person("emp-qa")).slug == "delivery-manager"
    assert path.current(person("emp-qa")) is None


def test_documents_of_every_kind_are_there_for_their_audiences(tarnvale):
    kinds = set(Document.objects.values_list("kind", flat=True))
    assert kinds == set(Document.Kind.values) - {"article"}
    seen = {who: Document.objects.visible_to(person(who)) for who in ("emp-qa", "coach-qa-pmo", "admin-hr")}
    assert seen["emp-qa"].count() < seen["coach-qa-pmo"].count()
    assert seen["admin-hr"].filter(collection__audience="hr").count() == 1


def test_own_postings_are_not_market(tarnvale):
    about = Document.objects.filter(kind="posting").values_list("title", "collection__about")
    assert {("(Tarnvale)" in title, what) for title, what in about} == {(True, "company"), (False, "market")}


def test_claims_say_what_they_rest_on_without_a_name(tarnvale):
    names = {word for one in cast.company().people for word in one.person.name.split()}
    lines = " ".join(told.line for one in cast.company().people for told in one.claims)
    assert SkillClaim.objects.filter(evidence=None).exclude(user__steps__status="done").count() == 0
    assert not names & set(lines.replace(".", " ").replace(",", " ").split())


def test_loading_again_does_nothing(tarnvale):
    assert loading.load(NOW) is False
    assert Organisation.objects.count() == 1


def test_it_does_not_load_where_it_is_not_allowed(db, settings):
    settings.DEMO_ALLOWED = False
    if not Organisation.objects.exists():
        with pytest.raises(Refused, match="CAREERFORGE_DEMO=1"):
            loading.load(NOW)


def test_a_colleague_holds_only_the_employees_role(tarnvale):
    assert Grant.objects.filter(kind="employee").count() == 7 + 53


def test_it_names_somebody_for_everything_that_a_person_answers(tarnvale):
    from careerforge.assistant.models import HelpContact, Topic

    named = HelpContact.objects.all()
    assert {one.topic for one in named} == set(Topic)
    # Numbers that belong to nobody, and addresses that nobody can register.
    assert all(one.phone.startswith("01632 960") for one in named)
    assert all(one.mail.endswith(".example") for one in named if one.mail)
