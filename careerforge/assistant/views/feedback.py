from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from careerforge.assistant import feedback
from careerforge.people.request import PersonRequest


class ThumbForm(forms.Form):
    """A thumb, with reasons and a comment if there are any."""

    thumb = forms.ChoiceField(choices=feedback.Thumb.choices)
    reason = forms.MultipleChoiceField(choices=list(feedback.REASONS.items()), required=False)
    comment = forms.CharField(max_length=feedback.LONGEST_COMMENT, required=False)


@require_POST
@login_required
def give(request: PersonRequest, kind: str, result_id: UUID) -> HttpResponse:
    """Say what one thinks of a result; the form leads back to its page."""
    form = ThumbForm(request.POST)
    sent = form.cleaned_data if form.is_valid() else {}
    rate = (
        feedback.record(
            request.user,
            kind,
            result_id,
            sent["thumb"],
            sent["reason"],
            timezone.now(),
            comment=sent["comment"],
        )
        if sent
        else feedback.look(request.user, kind, result_id)
    )
    if rate is None:
        raise Http404
    back = request.POST.get("next", "")
    if request.htmx:
        context = {"rate": rate, "back": back, "rate_form": form}
        return render(request, "assistant/_feedback.html", context, status=200 if sent else 422)
    own = url_has_allowed_host_and_scheme(back, None) and back.startswith("/")
    return redirect(f"{back if own else '/'}#{rate.key}")
