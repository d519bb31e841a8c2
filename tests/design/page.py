"""Small pieces of templates, rendered."""

from typing import Any

from django.template import Context, Template


def rendered(source: str, **context: Any) -> str:
    return Template("{% load design %}" + source).render(Context(context))
