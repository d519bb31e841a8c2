import re

from django import forms

from tests.design.page import rendered


class Hours(forms.Form):
    hours = forms.IntegerField(
        label="Hours a week", min_value=1, max_value=20, help_text="What you can keep up."
    )
    why = forms.ChoiceField(label="Why", widget=forms.RadioSelect, choices=[("a", "Work"), ("b", "Home")])
    tell = forms.BooleanField(label="Tell my coach", required=False)

    def clean(self):
        raise forms.ValidationError("Nothing was saved.")


def test_an_error_stands_at_its_field_and_is_announced_with_it():
    page = rendered("{% field form.hours %}", form=Hours({"hours": "45"}))
    described = re.search(r'aria-describedby="([^"]+)"', page)
    assert described
    assert all(f'id="{part}"' in page for part in described[1].split())
    assert 'aria-invalid="true"' in page
    assert "less than or equal to 20" in page


def test_a_summary_names_each_field_with_a_link_to_it():
    page = rendered("{% form_errors form %}", form=Hours({"hours": "45"}))
    assert "Nothing was saved." in page
    assert "2 answers need a change:" in page
    assert '<a href="#id_hours">Hours a week</a>' in page
    assert 'id="id_why"' in rendered("{% field form.why %}", form=Hours({"hours": "45"}))


def test_a_form_without_errors_has_no_summary():
    assert rendered("{% form_errors form %}", form=Hours()).strip() == ""


def test_each_field_has_a_label_that_belongs_to_it():
    page = rendered("{% field form.hours %}{% field form.tell %}", form=Hours())
    assert '<label class="form-label" for="id_hours">Hours a week</label>' in page
    assert re.search(r'<label[^>]*><input type="checkbox"[^>]*><span[^>]*>Tell my coach</span></label>', page)


def test_choices_are_a_group_with_a_legend():
    page = rendered("{% field form.why %}", form=Hours())
    assert "<legend>Why</legend>" in page
    assert page.count('type="radio"') == 2


def test_a_label_of_the_page_takes_the_place_of_the_forms_own():
    form = Hours()
    form.fields["hours"].widget.attrs["placeholder"] = "Hours"
    page = rendered('{% field form.hours label="Time" hint="" %}', form=form)
    assert ">Time</label>" in page
    assert "placeholder" not in page
    assert "What you can keep up." not in page
