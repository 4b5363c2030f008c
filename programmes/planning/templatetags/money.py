from decimal import Decimal

from django import template

register = template.Library()


@register.filter
def yuan(value: Decimal | None) -> str:
    """In groups of three, as accounts are written; Chinese numbers elsewhere go by four."""
    return "" if value is None else f"{value:,.2f}".removesuffix(".00")
