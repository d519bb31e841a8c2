"""A course that a source describes is proposed; only what somebody has adopted reaches a path."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careerforge.governance.models import AuditEvent
from careerforge.jobs.queue import enqueue
from careerforge.jobs.running import run
from careerforge.knowledge.documents import store
from careerforge.knowledge.documents.facts import CourseFacts, to_json
from careerforge.knowledge.documents.incoming import Incoming
from careerforge.knowledge.models import Collection
from careerforge.skills.models import Skill
from careerforge.tenancy import context
from learning.catalogue import adopting, courses
from learning.models import Course, Resource, Step
from learning.paths import path, reading

FACTS = CourseFacts(
    provider="Anvil Academy", hours=11.5, level="Intermediate", price=9_900, currency="EUR",
    url="https://anvil.example/enrol/7",
)  # fmt: skip


TITLE = "Batch orchestration in depth"


@pytest.fixture
def shelf(taxonomy):
    return Collection.objects.create(name="Anvil catalogue")


@pytest.fixture
def offer(shelf, now):
    """Store a course, read it; the row."""

    def make(title=TITLE, text="Late runs and retries.", facts=FACTS, where=None, external_id="a"):
        item = Incoming(external_id, "course", title, text, facts=to_json(facts))
        document = store.store_many(where or shelf, [item], now)[0].document
        courses.read_pending()
        return Course.objects.filter(document=document).first()

    return make


@pytest.fixture
def adopted(offer, admin_lnd):
    """A course of the catalogue and its resource."""
    course = offer()
    return course, adopting.adopt(course, admin_lnd, kind="admin-lnd")


def usable(person, role, now):
    return {resource.title for resource in reading.read(person, role, now.date()).resources.values()}


def test_it_says_what_it_teaches_how_far_how_long_and_for_how_much(offer, taxonomy):
    course = offer()
    assert (course.state, course.skill, course.level) == (
        "proposed",
        taxonomy.skills["batch-orchestration"],
        3,
    )
    assert (course.hours, course.price, course.currency) == (12, 9_900, "EUR")
    assert (course.provider, course.url) == ("Anvil Academy", "https://anvil.example/enrol/7")


def test_what_its_title_names_comes_before_what_its_text_names_more_often(offer, taxonomy):
    course = offer("SQL for beginners", "After Python comes Python, and then Python.")
    assert course.skill == taxonomy.skills["sql"]
    assert set(course.skills.all()) == {taxonomy.skills["sql"], taxonomy.skills["python"]}


def test_a_level_or_a_price_that_is_not_said_is_not_made_up(offer):
    course = offer("A course", "About nothing that we know.", CourseFacts())
    assert (course.skill, course.level, course.hours, course.price) == (None, None, None, None)
    assert len(adopting.missing(course)) == 4


def test_an_address_that_no_page_may_lead_to_is_left_out(offer):
    assert offer(facts=CourseFacts(url="javascript:alert(1)")).url == ""


def test_a_proposed_course_is_in_no_path(offer, owner, senior, now):
    before = usable(owner, senior, now)
    assert offer().skill is not None
    assert usable(owner, senior, now) == before
    assert not Resource.objects.filter(title=TITLE).exists()


def test_an_adopted_one_is_on_record_and_may_be_in_a_path(adopted, owner, senior, now):
    course, resource = adopted
    assert TITLE in usable(owner, senior, now)
    assert (resource.hours, resource.cost_minor, resource.starter_estimate) == (12, 9_900, False)
    assert AuditEvent.objects.filter(act="course.adopted", object_id=str(resource.pk)).exists()
    course.refresh_from_db()
    assert (course.state, course.resource) == ("adopted", resource)


def test_nothing_incomplete_is_adopted_and_nothing_twice(offer, admin_lnd):
    assert adopting.adopt(offer("A course", "", CourseFacts()), admin_lnd) is None
    course = offer(external_id="b")
    assert adopting.adopt(course, admin_lnd) is not None
    assert adopting.adopt(course, admin_lnd) is None
    assert Resource.objects.filter(title=TITLE).count() == 1


def test_a_declined_one_stays_declined_when_its_source_changes_it(offer, admin_lnd):
    assert adopting.decline(offer(), admin_lnd)
    course = offer(text="Late runs, rewritten.")
    assert course.state == "declined"
    assert adopting.propose_again(course, admin_lnd)


def test_what_an_admin_put_right_stays_and_the_rest_follows_the_source(offer, taxonomy):
    course = offer()
    course.title, course.skill, course.hours = "Put right", taxonomy.skills["python"], 20
    course.save()
    Skill.objects.create(slug="new", name="Something new")
    courses.read_pending()
    cheaper = CourseFacts(hours=3, level="Expert", price=100, currency="EUR", url="https://anvil.example/8")
    course = offer(title="SQL in depth", facts=cheaper)
    assert (course.title, course.skill, course.level, course.hours) == (
        "Put right", taxonomy.skills["python"], 3, 20,
    )  # fmt: skip
    assert (course.price, course.url) == (100, "https://anvil.example/8")
    assert offer(title="SQL in short", text="Rewritten.", facts=cheaper).title == "Put right"


def test_a_field_that_an_admin_has_emptied_stays_empty(offer):
    course = offer()
    course.url, course.price, course.currency = "", None, ""
    course.save()
    course = offer(text="Late runs, rewritten.")
    assert (course.url, course.price, course.currency) == ("", None, "")


def test_of_a_course_read_before_what_was_read_was_kept_nothing_is_overwritten(offer):
    course = offer()
    Course.objects.update(read={}, hours=None)
    course = offer(title="SQL in depth", text="Rewritten.")
    assert (course.title, course.skill.slug, course.hours) == (TITLE, "batch-orchestration", 12)


def test_a_course_in_the_catalogue_is_changed_by_nobody_but_its_admin(adopted, offer):
    _course, resource = adopted
    offer(title="Batch orchestration, cheaper", facts=CourseFacts(hours=1, price=1, currency="EUR"))
    resource.refresh_from_db()
    assert (resource.title, resource.hours, resource.cost_minor) == (TITLE, 12, 9_900)


def test_whoever_keeps_the_catalogue_is_told_that_a_source_has_changed(adopted, offer):
    assert not offer().is_changed
    assert not offer(text="Rewritten, and the same course.").is_changed
    course = offer(facts=CourseFacts(hours=1, price=1, currency="EUR"))
    assert (course.is_changed, course.title, course.hours, course.price) == (True, TITLE, 12, 9_900)
    assert not offer(text="As it was.").is_changed


# --- gone, closed, removed -------------------------------------------------------------------------
def test_gone_at_its_source_it_is_retired_and_comes_back(adopted, offer, owner, senior, now):
    course, resource = adopted
    store.mark_gone([course.document], now)
    assert TITLE not in usable(owner, senior, now)
    assert courses.withdraw(now) == 1
    resource.refresh_from_db()
    assert resource.retired_at == now
    assert AuditEvent.objects.filter(act="resource.withdrawn").count() == 1
    offer()
    assert (courses.withdraw(now), courses.bring_back()) == (0, 1)
    resource.refresh_from_db()
    assert resource.retired_at is None
    assert TITLE in usable(owner, senior, now)


def test_what_somebody_has_retired_by_hand_does_not_come_back(adopted, offer, now):
    course, resource = adopted
    store.mark_gone([course.document], now)
    courses.withdraw(now)
    Resource.objects.filter(pk=resource.pk).update(retired_at=now + timedelta(hours=1))
    offer()
    courses.bring_back()
    resource.refresh_from_db()
    assert resource.retired_at is not None


def test_who_is_taking_it_keeps_it(adopted, heading_for_senior, now):
    course, resource = adopted
    version = path.ensure(heading_for_senior, now)
    node = next(n for n in version.nodes.all() if resource in n.resources.all())
    Step.objects.filter(pk=node.step_id).update(status=Step.Status.IN_PROGRESS, started_at=now)
    store.mark_gone([course.document], now)
    courses.withdraw(now)
    Resource.objects.create(slug="other", type="book", title="Another", provider_kind="own", hours=3,
                            skill=resource.skill, level=4)  # fmt: skip
    again = path.build(heading_for_senior, version.path.role, now)
    assert again.number == 2
    kept = again.nodes.get(step=node.step_id)
    assert kept.step.status == "in_progress"
    assert resource in kept.resources.all()


def test_closed_to_some_it_is_shown_to_nobody_at_once(adopted, heading_for_senior, shelf, now):
    _course, resource = adopted
    person = heading_for_senior
    version = path.ensure(person, now)

    def shown():
        nodes = path.in_full(path.nodes(version, person), person)
        return resource.pk in {link.resource_id for node in nodes for link in node.resource_links.all()}

    assert shown()
    Collection.objects.filter(pk=shelf.pk).update(audience="coaches")
    assert not shown()
    assert resource.title not in usable(person, version.path.role, now)
    assert courses.withdraw(now) == 1


def test_a_removed_source_leaves_nothing_on_offer(adopted, shelf, owner, senior, now):
    course, resource = adopted
    course.document.delete()
    assert resource.title not in usable(owner, senior, now)
    assert courses.withdraw(now) == 1
    course.refresh_from_db()
    assert (course.state, course.document) == ("adopted", None)


def test_courses_for_some_only_are_not_proposed(offer):
    closed = Collection.objects.create(name="For HR", audience="hr")
    assert offer(where=closed) is None


def test_another_company_sees_none_of_it(offer, other_company):
    offer()
    with context.organisation(other_company.pk):
        assert not Course.objects.exists()
        assert courses.read_pending() == 0


def test_the_job_reads_settles_and_can_run_again(adopted, company, shelf, now, monkeypatch):
    monkeypatch.setattr(courses, "SLICE", 2)
    items = [Incoming(f"n{n}", "course", f"SQL {n}", f"Lesson {n}.", facts=to_json(FACTS)) for n in range(5)]
    store.store_many(shelf, items, now)
    store.mark_gone([adopted[0].document], now)
    for read, settled in ((5, 1), (0, 0)):
        job = enqueue("learning.read_courses", key=str(uuid4()))
        run(str(job.pk), str(company.pk))
        job.refresh_from_db()
        assert job.result == {"courses": read, "retired_or_back": settled}


def test_reading_costs_the_same_number_of_queries_for_many(shelf, offer, now):
    def queries(start, number):
        items = [Incoming(f"{start}{n}", "course", f"SQL {n}", f"Lesson {start} {n}.") for n in range(number)]
        store.store_many(shelf, items, now)
        with CaptureQueriesContext(connection) as asked:
            courses.read_pending()
        return len(asked)

    offer()
    assert queries("b", 1) == queries("c", 9)
