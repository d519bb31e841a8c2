"""Work in the background leaves the processor to whoever waits for a page."""

import os
import sys
import tempfile

from careerforge.embedded import children

SAY = """
import os, pathlib
group = pathlib.Path("/proc/self/autogroup")
print(os.nice(0), group.read_text().split()[-1] if group.exists() else "none")
"""


def said(niceness: int) -> list[str]:
    with tempfile.TemporaryFile() as output:
        command = [sys.executable, "-c", SAY]
        children.start(command, env=os.environ, output=output, niceness=niceness).wait()
        output.seek(0)
        return output.read().decode().split()


def test_a_child_can_be_told_to_let_others_go_first():
    as_we_are = os.nice(0)
    own, group = said(10)
    assert int(own) == min(as_we_are + 10, 19)
    # Linux may share the processor among sessions first: then its session gives way as well.
    assert group in ("10", "none")


def test_other_children_are_as_nice_as_we_are():
    assert int(said(0)[0]) == os.nice(0)
