"""How a request comes to a delivery."""

from django.http import Http404

from notifications.models import Delivery


def access_delivery(delivery_id: int) -> Delivery:
    """Another network's delivery is not there."""
    delivery: Delivery | None = Delivery.objects.select_related("network").filter(pk=delivery_id).first()
    if delivery is None:
        raise Http404
    return delivery
