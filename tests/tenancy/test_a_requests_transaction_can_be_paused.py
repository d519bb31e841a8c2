"""What was done before a pause is kept; inside it no transaction is open; afterwards the organisation is."""

import pytest
from django.db import connection, transaction

from careerforge.skills.models import Practice
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation

committed = pytest.mark.django_db(transaction=True)


@pytest.fixture
def organisation(transactional_db):
    made = Organisation(name="Northwind Works")
    with context.organisation(made.id):
        made.save(force_insert=True)
    return made.id


def names(organisation):
    with context.organisation(organisation):
        return set(Practice.objects.values_list("name", flat=True))


@committed
def test_what_was_done_before_is_kept_whatever_becomes_of_the_rest(organisation):
    def breaks():
        with context.nobody():
            context.enter(organisation)
            Practice.objects.create(name="Before", slug="before")
            with context.pause():
                assert not connection.in_atomic_block
                assert names(organisation) == {"Before"}
            Practice.objects.create(name="After", slug="after")
            raise LookupError

    with pytest.raises(LookupError):
        breaks()
    assert names(organisation) == {"Before"}
    assert context.current_id() is None


@committed
def test_afterwards_the_same_organisation_is_open_again(organisation):
    with context.nobody():
        context.enter(organisation)
        with context.pause():
            assert context.current_id() == organisation
        Practice.objects.create(name="After", slug="after")
        assert context.current_id() == organisation
    assert names(organisation) == {"After"}


@committed
def test_what_goes_wrong_inside_leaves_a_transaction_to_end(organisation):
    def breaks():
        with context.nobody():
            context.enter(organisation)
            with context.pause():
                raise LookupError

    with pytest.raises(LookupError):
        breaks()
    assert not connection.in_atomic_block


@committed
def test_a_part_of_a_transaction_is_not_paused(organisation):
    with context.nobody():
        context.enter(organisation)
        with transaction.atomic(), pytest.raises(RuntimeError), context.pause():
            raise AssertionError


def test_where_no_request_has_one_open_nothing_happens(company):
    with context.pause():
        assert connection.in_atomic_block
        assert context.current_id() == company.id
