"""Importing a provider's SDK takes seconds, which nobody who asks should wait for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from careerforge.gateway.clock import Clock
from careerforge.gateway.models import ModelCall
from careerforge.gateway.providers import loading
from tests.gateway.conftest import NOW
from tests.gateway.wire import prompt

ROOT = Path(__file__).parents[2]
LOADED = "import sys; print(*sorted({'anthropic', 'openai'} & set(sys.modules)))"
WEB = "import careerforge.wsgi"
WORKER = "import sys; sys.argv.append('qcluster'); import django; django.setup()"
KEYS = {"ANTHROPIC_API_KEY": "key", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}
NAMED = (*loading.ANTHROPIC, *loading.OPENAI)


def loaded(start: str, **keys: str) -> str:
    """Which SDKs are there when a process has started."""
    environ = {name: value for name, value in os.environ.items() if name not in NAMED}
    environ |= {"DJANGO_SETTINGS_MODULE": "careerforge.settings", **keys}
    command = [sys.executable, "-c", f"{start}; {LOADED}"]
    return subprocess.run(
        command, cwd=ROOT, env=environ, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.mark.parametrize("start", [WEB, WORKER], ids=["web", "worker"])
def test_web_server_and_worker_have_it_before_anybody_asks(start):
    assert loaded(start, **KEYS) == "anthropic openai"


def test_without_a_provider_nothing_is_loaded():
    assert loaded(WEB) == ""


def test_elsewhere_it_is_not_counted_as_the_providers_time(road, wire, monkeypatch):
    wire.message()
    passed = [0.0]
    monkeypatch.setattr(loading, "load", lambda _environ: passed.append(passed[-1] + 3))
    road(clock=Clock(now=lambda: NOW, seconds=lambda: passed[-1])).ask(prompt())
    assert passed[-1] == 3
    assert ModelCall.objects.get().latency_ms == 0
