"""The demo company behind a real server, and Chromium in front of it. The worker does not run."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from careerforge.demo import loading, password
from careerforge.embedded.browser import find
from careerforge.jobs import running
from careerforge.jobs.models import JobRun
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation

NOWHERE = "/nowhere/"
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser, and comes last: its rows are committed."""
    for item in items:
        if _is_ours(item):
            item.add_marker("browser")
            # One process loads the demo company, and only one.
            item.add_marker(pytest.mark.xdist_group("browser"))
    items.sort(key=_is_ours)


def _is_ours(item: pytest.Item) -> bool:
    return Path(__file__).parent in item.path.parents


@dataclass
class Site:
    """The running product, and the way in for each account."""

    url: str
    organisation: Organisation
    password: str
    browser: Browser
    states: dict[str, Any] = field(default_factory=dict)

    def context(self, account: str = "", **options: Any) -> BrowserContext:
        """A browser window of somebody who has signed in, once a run; of nobody without an account."""
        if account and account not in self.states:
            self.states[account] = self._signed_in(account)
        found = self.browser.new_context(
            base_url=self.url, storage_state=self.states.get(account), reduced_motion="reduce", **options
        )
        found.set_default_timeout(15_000)
        return found

    def rows(self) -> AbstractContextManager[None]:
        """The company's rows; what is written is committed at the end."""
        return context.organisation(self.organisation.id)

    def _signed_in(self, account: str) -> Any:
        window = self.browser.new_context(base_url=self.url)
        sign_in(window.new_page(), account, self.password)
        state = window.storage_state()
        window.close()
        return state


def sign_in(page: Page, account: str, word: str) -> None:
    """Through the form, as anybody does."""
    page.goto("/accounts/login/")
    page.get_by_label("Username or work e-mail").fill(account)
    page.get_by_label("Password", exact=True).fill(word)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser that is installed."""
    path = find()
    if path is None:
        pytest.fail("There is no Chromium; CAREERFORGE_CHROMIUM may name one.")
    # Playwright keeps a loop in this thread, which Django takes for a reason not to reach the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database that keeps what is written; elsewhere this name gives a transaction a test."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="package")
def site(chromium: Browser, db: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo company, really committed; afterwards the tables are empty again."""
    changed = override_settings(
        DEMO_ALLOWED=True,
        DATA_FOLDER=tmp_path_factory.mktemp("data"),
        EMBEDDER_FOLDER=None,
        PASSWORD_HASHERS=QUICK,
    )
    with changed:
        as_owner(lambda: loading.load(timezone.now()))
        server = LiveServer("127.0.0.1")
        try:
            yield Site(server.url, Organisation.objects.get(), password.read(), chromium)
        finally:
            server.stop()
            as_owner(lambda: call_command("flush", interactive=False, verbosity=0))


@pytest.fixture
def work(site: Site) -> Callable[[], None]:
    """Do what is queued, as the worker would."""

    def run_all() -> None:
        with site.rows():
            queued = list(JobRun.objects.filter(state=JobRun.State.QUEUED).values_list("id", flat=True))
        for run_id in queued:
            running.run(str(run_id), str(site.organisation.id))

    return run_all


def as_owner(work: Callable[[], object]) -> None:
    """Indexes are made, and tables emptied, by who owns them."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
    work()
    connection.close()


@pytest.fixture
def window(site: Site) -> Iterator[Callable[..., Page]]:
    """Opens a page of an account; fails the test when something went wrong in the browser.

    ``expected`` is part of a message on the console that a test brings about itself.
    """
    opened: list[BrowserContext] = []
    wrong: list[str] = []

    def open_(account: str = "", expected: str = NOWHERE, **options: Any) -> Page:
        opened.append(site.context(account, **options))
        page = opened[-1].new_page()
        listen(page, site.url, wrong, expected)
        return page

    yield open_
    for one in opened:
        one.close()
    assert not wrong


def listen(page: Page, home: str, wrong: list[str], expected: str) -> None:
    """Note errors, blocked content, dialogs, and requests that leave the site."""

    def said(message: ConsoleMessage) -> None:
        text = f"{page.url}: {message.text}"
        if message.type == "error" and expected not in text:
            wrong.append(text)

    def opened(dialog: Dialog) -> None:
        wrong.append(f"{page.url}: {dialog.message}")
        dialog.dismiss()

    page.on("console", said)
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on("dialog", opened)
    page.on(
        "request",
        lambda request: (
            wrong.append(f"{page.url}: asks {request.url}") if leaves(request.url, home) else None
        ),
    )


def leaves(url: str, home: str) -> bool:
    """Whether an address is on another host."""
    return urlsplit(url).scheme in ("http", "https") and urlsplit(url).netloc != urlsplit(home).netloc
