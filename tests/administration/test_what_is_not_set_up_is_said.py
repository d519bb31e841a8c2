"""The first page of an administrator says what they can fill in and nobody has."""

from careerforge.assistant.models import HelpContact, ReviewSetting, Topic

WARNING = "No help contact for danger, violence or harassment."


def home(signed_in, admin):
    return signed_in(admin).get("/admin/").content.decode()


def test_hr_is_asked_for_help_contacts_while_there_are_none(signed_in, admin_hr):
    page = home(signed_in, admin_hr)
    assert "<strong>Important.</strong> " + WARNING in page
    assert "/admin/assistant/helpcontact/add/?topic=crisis" in page
    assert "Somebody’s own pay" in page


def test_the_form_opens_with_the_topic_that_is_missing(signed_in, admin_hr):
    form = signed_in(admin_hr).get("/admin/assistant/helpcontact/add/?topic=crisis").content.decode()
    assert '<option value="crisis" selected>' in form


def test_it_is_gone_when_everything_is_filled_in(signed_in, admin_hr):
    for topic in Topic:
        HelpContact.objects.create(topic=topic, words="Somebody", phone="01632 960000")
    page = home(signed_in, admin_hr)
    assert WARNING not in page
    assert "No help contact" not in page


def test_another_companys_contacts_do_not_count(signed_in, admin_hr, other_company):
    from careerforge.tenancy import context

    with context.organisation(other_company.id):
        HelpContact.objects.create(topic="crisis", words="Elsewhere", phone="1")
    assert WARNING in home(signed_in, admin_hr)


def test_who_cannot_fill_it_in_is_not_asked(signed_in, admin_platform):
    assert "To set up" not in home(signed_in, admin_platform)


def test_a_single_coach_means_rules_and_hr_is_told(signed_in, admin_hr, owner, coach):
    page = home(signed_in, admin_hr)
    assert "no second coach" in page
    assert "/admin/assistant/reviewsetting/" in page


def test_the_page_behind_it_says_what_stays_by_rules_and_what_holds_by_default(signed_in, admin_hr, owner):
    page = signed_in(admin_hr).get("/admin/assistant/reviewsetting/").text
    assert "a path in a model’s words, which is high stakes" in page
    assert "3 people have one coach" in page
    assert "lapses after 3 working days, and a coach gets at most 10 open ones" in page


def test_with_a_rule_of_its_own_a_company_reads_no_defaults(signed_in, admin_hr, owner):
    ReviewSetting.objects.create(working_days=5)
    page = signed_in(admin_hr).get("/admin/assistant/reviewsetting/").text
    assert "3 people have one coach" in page
    assert "While there is no rule of yours" not in page
