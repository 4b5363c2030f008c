"""Uploaded files in the demo and in tests; in production the proxy hands them out."""

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def files():
    folder = settings.MEDIA_ROOT
    for name in ("logos/one.png", "documents/private.pdf"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    (folder.parent / "outside.txt").write_bytes(b"secret")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("logos/one.png", 200),
        ("logos/gone.png", 404),
        ("logos/", 404),
        ("documents/private.pdf", 404),
        ("../outside.txt", 404),
        ("logos/..%2f..%2foutside.txt", 404),
    ],
)
def test_only_files_of_pages_are_handed_out(nanjing, files, path, status):
    answer = Client(HTTP_HOST="nanjing.test").get(f"/media/{path}")
    answer.close()
    assert answer.status_code == status
