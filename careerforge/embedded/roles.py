"""What is inside the embedded server: one database, its owner, and the role the application works as."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from careerforge.embedded.cluster import SUPERUSER
from careerforge.embedded.data import write_private

DATABASE = "careerforge"
OWNER = "careerforge_owner"
APPLICATION = "careerforge_app"
# Neither sees past row-level security. The owner migrates; the application owns nothing.
LIMITS = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION"


@dataclass(frozen=True)
class Urls:
    """Where to connect as whom; passwords included, so never to be printed."""

    owner: str
    application: str


def passwords(path: Path) -> dict[str, str]:
    """The two passwords, made if there are none: a lost file costs nothing, they are set at each start."""
    if path.exists():
        known: dict[str, str] = json.loads(path.read_text())
        return known
    made = {role: secrets.token_urlsafe(24) for role in (OWNER, APPLICATION)}
    write_private(path, json.dumps(made))
    return made


def urls(socket: str, known: dict[str, str]) -> Urls:
    """Addresses over the server's socket folder."""

    def url(role: str) -> str:
        return f"postgresql://{role}:{known[role]}@/{DATABASE}?host={socket}"

    return Urls(owner=url(OWNER), application=url(APPLICATION))


def establish(socket: str, known: dict[str, str], *, may_create_databases: bool = False) -> None:
    """Make roles, database and the vector extension, or leave them as they are. Any step may be repeated."""
    with connect(socket, "template1") as connection:
        # In the template, so that databases made later (each test run's) have it: their owner may not.
        connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
        for role in (OWNER, APPLICATION):
            extra = "CREATEDB" if may_create_databases and role == OWNER else "NOCREATEDB"
            _role(connection, role, f"{LIMITS} {extra}", known[role])
        _let_owner_become_application(connection)
    with connect(socket, SUPERUSER) as connection:
        if not _exists(connection, "SELECT FROM pg_database WHERE datname = %s", DATABASE):
            name, owner = sql.Identifier(DATABASE), sql.Identifier(OWNER)
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))
    with connect(socket, DATABASE) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
        if _exists(connection, OUTDATED):
            connection.execute("ALTER EXTENSION vector UPDATE")


OUTDATED = """
    SELECT FROM pg_available_extensions
    WHERE name = 'vector' AND installed_version IS DISTINCT FROM default_version
"""


def connect(socket: str, database: str) -> psycopg.Connection:
    """A superuser's connection; the kernel tells the server who we are."""
    return psycopg.connect(
        host=socket,
        port=5432,
        user=SUPERUSER,
        dbname=database,
        password="",
        connect_timeout=10,
        autocommit=True,
    )


def _role(connection: psycopg.Connection, role: str, options: str, password: str) -> None:
    verb = "ALTER" if _exists(connection, "SELECT FROM pg_roles WHERE rolname = %s", role) else "CREATE"
    statement = sql.SQL("{} ROLE {} {} PASSWORD {}").format(
        sql.SQL(verb), sql.Identifier(role), sql.SQL(options), sql.Literal(password)
    )
    connection.execute(statement)


def _let_owner_become_application(connection: psycopg.Connection) -> None:
    """SET ROLE without inheriting: policies for the application must not loosen what the owner sees."""
    inherit = " WITH INHERIT FALSE, SET TRUE" if connection.info.server_version >= 160000 else ""
    connection.execute(f"GRANT {APPLICATION} TO {OWNER}{inherit}")


def _exists(connection: psycopg.Connection, query: str, *arguments: str) -> bool:
    return connection.execute(query, arguments).fetchone() is not None
