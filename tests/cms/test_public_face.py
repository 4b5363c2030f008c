"""What the front page says to machines."""

import pytest
from django.test import Client

from networks.models import Network
from tests.linked_data import data_of

pytestmark = pytest.mark.django_db


def said():
    answer = Client(HTTP_HOST="nanjing.test").get("/")
    assert "unsafe" not in answer["Content-Security-Policy"]
    return data_of(answer.content.decode())


def test_it_says_who_the_library_is(nanjing):
    Network.objects.filter(pk=nanjing.pk).update(
        name="阅美四季", tagline="</script>一年四季", address="建邺区乐山路 158 号", contact="025-0000 0000"
    )
    found = said()
    assert found.pop("image").startswith("http://nanjing.test/picture-")
    assert found == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": "http://nanjing.test/#library",
        "url": "http://nanjing.test/",
        "name": "金陵图书馆",
        "alternateName": "阅美四季",
        "slogan": "</script>一年四季",
        "address": {"@type": "PostalAddress", "streetAddress": "建邺区乐山路 158 号", "addressCountry": "CN"},
        "contactPoint": {"@type": "ContactPoint", "contactType": "customer service", "description": "025-0000 0000"},
    }


def test_what_is_not_known_is_not_said(nanjing):
    Network.objects.filter(pk=nanjing.pk).update(name="金陵图书馆", tagline="", address="", contact="")
    assert {"alternateName", "slogan", "address", "contactPoint", "logo"} & said().keys() == set()


def test_its_logo_is_named_by_its_whole_address(nanjing):
    Network.objects.filter(pk=nanjing.pk).update(logo="logos/a.png")
    assert said()["logo"] == "http://nanjing.test/media/logos/a.png"
