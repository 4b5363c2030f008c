"""The smallest behind the same web server: one counter moved if there is room, and two rows."""

import os
import threading
from collections.abc import Callable, Iterable

import psycopg

TABLES = """
CREATE SCHEMA IF NOT EXISTS bench;
CREATE TABLE IF NOT EXISTS bench.places (id int PRIMARY KEY, capacity int NOT NULL, taken int NOT NULL, CHECK (taken <= capacity));
CREATE TABLE IF NOT EXISTS bench.registration (id bigserial PRIMARY KEY, places_id int NOT NULL REFERENCES bench.places, code text UNIQUE);
CREATE TABLE IF NOT EXISTS bench.seat (id bigserial PRIMARY KEY, registration_id bigint NOT NULL REFERENCES bench.registration);
INSERT INTO bench.places SELECT id, 1000000000, 0 FROM generate_series(1, 1000) AS id ON CONFLICT DO NOTHING;
GRANT USAGE ON SCHEMA bench TO siji_web;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA bench TO siji_web;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA bench TO siji_web;
"""
_here = threading.local()


def _connection() -> "psycopg.Connection[tuple[int]]":
    if not hasattr(_here, "connection"):
        _here.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    connection: psycopg.Connection[tuple[int]] = _here.connection
    return connection


def application(_environ: dict[str, object], start: Callable[..., object]) -> Iterable[bytes]:
    connection = _connection()
    with connection.transaction():
        moved = connection.execute("UPDATE bench.places SET taken = taken + 1 WHERE id = 1 AND taken < capacity")
        if moved.rowcount:
            row = connection.execute(
                "INSERT INTO bench.registration (places_id, code) VALUES (1, gen_random_uuid()::text) RETURNING id"
            ).fetchone()
            connection.execute("INSERT INTO bench.seat (registration_id) VALUES (%s)", row)
    start("303 See Other", [("Location", "/"), ("Content-Length", "0")])
    return [b""]
