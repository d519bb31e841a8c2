#!/usr/bin/env bash
# The one command of CareerForge: finds a Python and hands over. `./run.sh help` lists what it does.
set -eu
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

for python in "$here/.venv/bin/python" python3 python3.14 python3.13 python3.12 python3.11 python; do
  if new_enough "$python"; then
    exec "$python" "$here/careerforge/embedded/__main__.py" "$@"
  fi
done
echo "CareerForge: Python 3.11 or newer is needed and none was found (Debian and Ubuntu: apt install python3)." >&2
exit 1
