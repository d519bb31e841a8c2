"""Set-up, the embedded PostgreSQL and the supervisor behind `./run.sh`.

Nothing here imports Django, and the first stage (`__main__`, `environment`) is standard library only: it runs
before the virtual environment exists.
"""
