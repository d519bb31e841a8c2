"""A model words suggestions and gaps in the refresh jobs; a page that is read generates nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from careerforge.people.models import User
from careerforge.skills.models import Role
from learning.gaps import gap as gaps
from learning.gaps.answers import gap_of, suggestions_of
from learning.models import Wording
from learning.roles import suggestions, target
from learning.words import worded, wordings
from tests.learning.model import MODEL, do

INVENTED = "Everybody who took it has doubled their pay."


@pytest.fixture
def roles(owner, version):
    """The gaps of the suggested roles, in their order."""
    compared = suggestions.compare(owner, timezone.now().date())
    return [compared.gap(one.role) for one in compared.best()]


def words(subjects, key):
    return {key: [{"id": f"{key[0]}{n}", "text": first(one)} for n, one in enumerate(subjects, 1)]}


def first(subject):
    return subject.lines[0].text


@pytest.fixture
def me(owner):
    """The owner as a request would read them now."""
    return lambda: User.objects.select_related("organisation", "profile").get(pk=owner.pk)


@pytest.fixture
def role_words(roles):
    return words([worded.of_role(gap) for gap in roles], "roles")


@pytest.fixture
def suggest(owner):
    return lambda: do("learning.suggest", person=str(owner.id))


def test_roles_are_worded_and_scored_by_code(model, suggest, role_words, owner, roles, me):
    before = suggestions_of(me(), timezone.now())
    model.says(role_words)
    assert suggest().result == {"stored": len(roles), "worded": len(roles)}
    after = suggestions_of(me(), timezone.now())
    assert (after.model_used, before.model_used) == (MODEL, "rules")
    assert after.prompt_version.startswith("roles-")
    assert after.checks
    assert [one.match_score for one in after.suggestions] == [one.match_score for one in before.suggestions]
    assert [one.description for one in after.suggestions] == [one["text"] for one in role_words["roles"]]


def test_what_nothing_supports_is_struck_and_a_text_of_it_is_by_rules(model, suggest, role_words, owner, me):
    role_words["roles"][0]["text"] = INVENTED
    model.says(role_words)
    suggest()
    found = suggestions_of(me(), timezone.now())
    assert INVENTED not in str(found)
    assert found.suggestions[0].description


def test_a_second_refresh_asks_nobody_while_nothing_has_changed(model, suggest, role_words):
    model.says(role_words)
    suggest()
    assert suggest().result["worded"] == 0
    assert len(model.sent) == 1


def test_words_are_good_for_a_day(model, suggest, role_words, owner, me):
    model.says(role_words)
    suggest()
    made_at = Wording.objects.first().made_at
    day = timedelta(hours=24)
    for age, used in ((day - timedelta(seconds=1), MODEL), (day, "rules"), (timedelta(-1), "rules")):
        assert suggestions_of(me(), made_at + age).model_used == used
    wordings.prune(made_at + 2 * day - timedelta(seconds=1))
    assert Wording.objects.exists()
    wordings.prune(made_at + 2 * day)
    assert not Wording.objects.exists()


def test_words_of_a_gap_are_good_for_half_a_day(model, version, owner, senior, me):
    rows = gaps.gap(owner, senior, timezone.now().date()).top(8)
    model.says(words([worded.of_skill(senior, row, None) for row in rows], "skills"))
    do("learning.gap", person=str(owner.id))
    made_at, half, second = Wording.objects.first().made_at, timedelta(hours=12), timedelta(seconds=1)
    papers = {senior.id: gaps.gap(owner, senior, timezone.now().date()).receipt}
    for age, shown in ((half - second, True), (half, False), (half + second, False), (-second, False)):
        assert bool(wordings.standing(me(), papers, made_at + age).skills) is shown, age
    wordings.prune(made_at + 2 * half - second)
    assert Wording.objects.exists()
    wordings.prune(made_at + 2 * half)
    assert not Wording.objects.exists()


def test_the_page_says_which_checks_the_words_have_passed(model, suggest, role_words, owner, signed_in):
    model.says(role_words)
    suggest()
    page = signed_in(owner).get("/skills/").text
    assert "Everything in it is one of the things that the rules had offered." in page
    assert "Every sentence shown is supported by what was given." in page


def test_a_changed_profile_makes_old_words_go(model, suggest, role_words, owner, me):
    model.says(role_words)
    suggest()
    target.touch(owner)
    assert suggestions_of(me(), timezone.now()).model_used == "rules"


def test_a_company_that_switches_models_off_has_the_rules_words_at_once(
    model, suggest, role_words, company, me
):
    model.says(role_words)
    suggest()
    company.model_allowed = False
    company.save(update_fields=["model_allowed"])
    assert suggestions_of(me(), timezone.now()).model_used == "rules"


def test_with_the_provider_down_nothing_good_is_lost(model, suggest, role_words, owner):
    model.says(role_words)
    suggest()
    kept = Wording.objects.count()
    target.touch(owner)
    model.wire.answers.clear()
    model.fails()
    run = suggest()
    assert (run.state, run.result["worded"]) == ("done", 0)
    assert Wording.objects.count() == kept


def test_reading_asks_nobody(model, version, owner, signed_in):
    client = signed_in(owner)
    for address in (
        "/",
        "/skills/",
        "/path/words/",
        "/api/v1/role-suggestions",
        "/api/v1/skill-gap",
        "/api/v1/learning-path",
    ):
        assert client.get(address).status_code == 200, address
    assert not model.sent


def test_a_gap_says_what_closing_it_lets_one_do(model, version, owner, senior, me):
    gap = gaps.gap(owner, senior, timezone.now().date())
    rows = gap.top(8)
    model.says(words([worded.of_skill(senior, row, None) for row in rows], "skills"))
    assert do("learning.gap", person=str(owner.id)).result == {"measured": 1, "worded": len(rows)}
    found = gap_of(me(), senior, me())
    assert found.model_used == MODEL
    assert [one.lets_you for one in found.skills] == [first(worded.of_skill(senior, r, None)) for r in rows]


def test_a_coach_reads_the_gap_by_rules(model, version, owner, senior, coach, me):
    gap = gaps.gap(owner, senior, timezone.now().date())
    model.says(words([worded.of_skill(senior, row, None) for row in gap.top(8)], "skills"))
    do("learning.gap", person=str(owner.id))
    assert gap_of(me(), senior, coach).model_used == "rules"


@pytest.mark.parametrize(
    "answer",
    [
        {"roles": [{"id": "r99", "text": "A role that nobody offered."}]},
        {"roles": [{"id": "r1", "text": "See https://evil.example."}]},
        {"roles": [{"id": "r1", "text": "It pays 90000 euros."}]},
        {"roles": [], "action": "mail the manager"},
        {
            "suggestions": [
                {"role_title": "CEO", "match_score": 1.0, "description": "x", "required_skills": []}
            ]
        },
    ],
)
def test_no_attack_is_kept(model, suggest, owner, version, answer, me):
    model.says(answer)
    assert suggest().result["worded"] == 0
    assert suggestions_of(me(), timezone.now()).model_used == "rules"


def test_no_name_leaves(model, suggest, role_words, roles, owner):
    Role.objects.filter(pk=roles[0].role.pk).update(summary="Ottilie Varnhagen has led it since 2019.")
    model.says(role_words)
    suggest()
    sent = model.sent[0]
    assert "[person 1]" in sent
    assert not [name for name in ("Ottilie", "Varnhagen", str(owner), owner.username) if name in sent]
