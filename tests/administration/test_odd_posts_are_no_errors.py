import pytest

pytestmark = pytest.mark.django_db
LIST = "/admin/people/user/"


@pytest.mark.parametrize("model", ["user", "team", "teammembership", "assignment"])
@pytest.mark.parametrize("key", ["bad", "a\0b"])
def test_a_key_that_is_none_leads_back_to_the_list(model, key, signed_in, admin_hr):
    chosen = {"action": "delete_selected", "_selected_action": key}
    answer = signed_in(admin_hr).post(f"/admin/people/{model}/", chosen)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/admin/people/{model}/?e=1")


def test_a_list_that_is_posted_to_is_shown(signed_in, admin_hr, owner):
    answer = signed_in(admin_hr).post(LIST, {"_save": "1"}, follow=True)
    assert answer.status_code == 200
    assert owner.handle in answer.content.decode()
