"""A switch in the administration acts at the next question, and on work that is queued already."""

from uuid import uuid4

import pytest
from django.db import transaction

from careerforge.gateway import offers
from careerforge.gateway.budget import Asker
from careerforge.gateway.models import ModelCall, Offer
from careerforge.gateway.road import Road
from careerforge.jobs import running
from careerforge.jobs.queue import enqueue
from careerforge.tenancy.models import Organisation
from learning.models import PathDraft
from tests.gateway.wire import GOOD, prompt
from tests.learning.model import proposal

ADMIN = "/admin/gateway"


@pytest.fixture
def admin(signed_in, admin_platform):
    return signed_in(admin_platform)


@pytest.fixture
def queued(owner, senior, version):
    """A path that waits to be put into words."""
    return enqueue("learning.word_path", key=str(uuid4()), person=str(owner.id), role=str(senior.id))


def work(run):
    running.run(str(run.id), str(run.organisation_id))
    run.refresh_from_db()
    return run


def test_queued_work_of_a_function_that_was_switched_off_asks_nobody(model, offer, queued, admin):
    model.says(proposal(offer))
    admin.post(f"{ADMIN}/functionswitch/learning_path/turn/", {"on": "no"})
    assert "stays as it is" in work(queued).error
    assert model.sent == []
    assert not PathDraft.objects.exists()
    assert set(ModelCall.objects.values_list("outcome", flat=True)) <= {"switched_off"}


def test_queued_work_asks_nobody_once_the_company_has_said_no(model, offer, queued, admin, company):
    model.says(proposal(offer))
    page = f"/admin/tenancy/organisation/{company.pk}/change/"
    form = admin.get(page).context["adminform"].form
    admin.post(page, {name: value for name, value in form.initial.items() if name != "model_allowed"})
    assert not Organisation.objects.get(pk=company.pk).model_allowed
    assert "stays as it is" in work(queued).error
    assert model.sent == []


def test_between_two_questions_the_switch_is_read_anew(model, admin, owner):
    road = Road(Asker(owner.pk), allowed=True, subject=owner)
    model.says(GOOD)
    turn = f"{ADMIN}/functionswitch/coaching_chat/turn/"
    asked = prompt(function="coaching_chat")
    assert road.ask(asked) is not None
    admin.post(turn, {"on": "no"})
    assert road.ask(asked) is None
    assert len(model.sent) == 1
    admin.post(turn, {"on": "yes"})
    assert road.ask(asked) is not None
    assert len(model.sent) == 2


def test_a_provider_that_is_switched_off_gets_nothing_any_more(model, admin, owner):
    offers.fill()
    road = Road(Asker(owner.pk), allowed=True, subject=owner)
    model.says(GOOD)
    assert road.ask(prompt()) is not None
    for offer in Offer.objects.filter(provider="openai"):
        page = f"{ADMIN}/offer/{offer.pk}/change/"
        form = admin.get(page).context["adminform"].form
        admin.post(page, {name: value for name, value in form.initial.items() if name != "is_on"})
    assert not Offer.objects.filter(provider="openai", is_on=True).exists()
    assert road.ask(prompt()) is None
    assert len(model.sent) == 1


def test_each_call_keeps_the_region_in_which_it_was_worked_on(model, owner):
    offers.fill()
    Offer.objects.filter(provider="openai").update(data_region="EU")
    model.says(GOOD)
    Road(Asker(owner.pk), allowed=True, subject=owner).ask(prompt())
    Offer.objects.update(data_region="US")
    assert ModelCall.objects.get().data_region == "EU"


def test_a_question_that_nobody_was_asked_goes_with_its_act(model, owner):
    """Also where the act is the one that makes the company: at the first start with a key."""

    with transaction.atomic():
        assert Road(Asker(owner.pk), allowed=False, subject=owner).ask(prompt()) is None
        assert ModelCall.objects.get().outcome == "switched_off"
        transaction.set_rollback(True)
    assert not ModelCall.objects.exists()
