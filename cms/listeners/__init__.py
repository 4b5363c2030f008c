"""What the public site does in the background."""

from cms.listeners import pictures, plan

__all__ = ["pictures", "plan"]
