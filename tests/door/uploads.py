"""What a device without a network brings back: one call each."""

import json
from datetime import timedelta
from uuid import uuid4

from kit import clock


def line(row, *, minutes=0, **told):
    """As a device keeps it; `minutes` ago."""
    at = int((clock.now() - timedelta(minutes=minutes)).timestamp() * 1000)
    told = {"kind": "scan", "outcome": "admitted", "way": "camera", "ahead": 0, "at": at, "asker": ""} | told
    return {"client_id": str(uuid4()), "registration": row.code if row is not None else ""} | told


def bring(desk, session, *lines, sent=None):
    body = {"sent": sent or int(clock.now().timestamp() * 1000), "lines": list(lines)}
    return desk.post(f"/desk/{session.code}/upload/", json.dumps(body), content_type="application/json")
