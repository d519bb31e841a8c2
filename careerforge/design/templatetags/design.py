"""Tags and filters of the design. Geometry goes into attributes, never into style; charts have a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from careerforge.design import journey as journeys
from careerforge.design import levels, marks, parts, trend, words
from careerforge.design.words import Number

register = template.Library()

register.filter("hours", words.hours)
register.filter("money", words.money)
register.filter("span", words.span)
register.filter("percent", words.percent)
register.filter("points", words.points)
register.filter("level", words.level)
register.filter("level_word", words.level_word)
register.filter("plain", words.plain)
register.filter("short", words.short)
register.filter("signed", words.signed)
register.filter("rung", words.rung)


@register.filter
def day(value: date | datetime | None, form: str = "") -> str:
    return words.day(value, form)


@register.simple_tag
def icon(name: str, small: bool = False, css: str = "") -> SafeString:
    """A symbol of static/icons.svg, for the eye only: the words beside it carry the meaning."""
    classes = " ".join(filter(None, ("icon", "icon-sm" if small else "", css)))
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, static("icons.svg"), name
    )


@register.simple_tag
def ident(handle: str, size: int = 24) -> SafeString:
    return format_html(
        '<svg class="cf-ident" viewBox="0 0 6 6" width="{0}" height="{0}" aria-hidden="true">'
        '<path d="{1}"/></svg>',
        size,
        marks.ident_path(handle),
    )


@register.simple_tag
def bar(value: Number, max: Number, label: str, thin: bool = False, mute: bool = False) -> SafeString:
    """A progress bar and its sentence; an empty label means that the words stand beside it."""
    classes = " ".join(filter(None, ("bar", "thin" if thin else "", "mute" if mute else "")))
    said = format_html('aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<progress class="{}" value="{}" max="{}" {}></progress>', classes, str(value), str(max), said
    )


@register.simple_tag
def cite(n: int, anchor: str = "") -> SafeString:
    label = _("Source %(n)s") % {"n": n}
    return format_html('<a class="cite" href="#{}" aria-label="{}">{}</a>', anchor or f"s{n}", label, n)


@register.inclusion_tag("design/_dumbbell.html")
def dumbbell(
    current: Number | None, required: Number | None, unknown: bool = False, them: bool = False
) -> dict[str, Any]:
    return {"plot": levels.dumbbell(current, required, unknown=unknown, them=them)}


@register.inclusion_tag("design/_levels_axis.html")
def levels_axis() -> dict[str, Any]:
    return {"axis": levels.axis()}


@register.inclusion_tag("design/_told.html")
def told(reached: Number, to_go: Number, unknown: Number, key: str = "told") -> dict[str, Any]:
    """`key` makes the hatching's id unique where a page shows several."""
    return {"plot": levels.told(reached, to_go, unknown), "key": key}


@register.inclusion_tag("design/_delta_bar.html")
def delta_bar(value: Number, low: Number, high: Number) -> dict[str, Any]:
    return {"plot": levels.delta(value, low, high)}


@register.inclusion_tag("design/_trend_line.html")
def trend_line(
    points: Sequence[trend.Point], name: str = "", unit: str = "share", marks: Sequence[tuple[date, str]] = ()
) -> dict[str, Any]:
    return {"plot": trend.plot(points, name=name or _("Readiness"), unit=unit, marks=marks)}


@register.inclusion_tag("design/_spark.html")
def spark(values: Sequence[float], tone: str = "", least: float = 0.0) -> dict[str, Any]:
    return {"plot": marks.spark(values, least), "tone": tone}


@register.inclusion_tag("design/_journey.html")
def journey(line: journeys.Journey) -> dict[str, Any]:
    return {"plot": journeys.plot(line)}


@register.simple_tag
def job_progress(run: parts.Run, names: Sequence[str], page_url: str, next_url: str) -> parts.Job:
    """What _stages.html shows of a run: {% job_progress run stages request.get_full_path then as job %}."""
    return parts.job_of(run, names, page_url, next_url)


@register.inclusion_tag("design/_field.html")
def field(
    bound: BoundField, label: str = "", hint: str | None = None, aside: str = "", aside_url: str = ""
) -> dict[str, Any]:
    """A field with label, hint and error, tied together for screen readers.

    `hint` takes the place of the field's help text, `aside` is a link beside the label.
    A placeholder that only repeats a label is dropped.
    """
    widget = bound.field.widget
    group = isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple))
    check = not group and isinstance(widget, forms.CheckboxInput)
    line = "form-select" if isinstance(widget, forms.Select) else "form-control"
    css = "form-check-input" if group or check else line
    known = (widget.attrs.get("class", ""), css, "is-invalid" if bound.errors else "")
    widget.attrs["class"] = " ".join(filter(None, known))
    if label or widget.attrs.get("placeholder") == bound.label:
        widget.attrs.pop("placeholder", None)
    note = bound.help_text if hint is None else hint
    described = f"{bound.auto_id}_hint" if note else ""
    if bound.errors:
        described = f"{described} {bound.auto_id}_error".strip()
    if described and not group:
        widget.attrs["aria-describedby"] = described
    kind = "hidden" if bound.is_hidden else "group" if group else "check" if check else "line"
    return {
        "field": bound,
        "kind": kind,
        "label": label or bound.label,
        "hint": note,
        "described": described,
        "aside": aside,
        "aside_url": aside_url,
    }


@register.inclusion_tag("design/_form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """The summary above a form: what is wrong as a whole, and each field with a link."""
    fields = [(bound.auto_id, bound.label, bound.errors) for bound in form.visible_fields() if bound.errors]
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    return {"whole": [*form.non_field_errors(), *hidden], "fields": fields}
