"""Chromium for the browser tests."""

import os
import shutil
import subprocess
import sys

from careerforge.embedded.problem import Problem

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# Without fonts a page has no text to measure or to photograph.
PACKAGES = ("chromium", "fonts-liberation", "fonts-dejavu-core")


def find() -> str | None:
    """The browser's path, if there is one."""
    named = os.environ.get("CAREERFORGE_CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


def ready() -> str | None:
    """The browser, installed by root when missing; None when browser tests are waived (never in CI)."""
    if found := find():
        return found
    if os.environ.get("CAREERFORGE_NO_BROWSER") == "1" and os.environ.get("CI") != "true":
        return None
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
    if found := find():
        return found
    raise Problem(
        "the browser tests need Chromium (Debian: apt install chromium fonts-liberation); "
        "CAREERFORGE_NO_BROWSER=1 leaves them out, except in CI"
    )


def _install() -> None:
    print("Installing Chromium for the browser tests (once) ...", file=sys.stderr, flush=True)
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *PACKAGES]):
        subprocess.run(["apt-get", "--quiet", *command], env=env, stdout=subprocess.DEVNULL, check=False)
