"""Pages on paper: HTML becomes PDF in a process of its own, so that no web process carries what draws it."""

from kit.pdf.asking import LIMIT_SECONDS, pdf_answer, pdf_of

__all__ = ["LIMIT_SECONDS", "pdf_answer", "pdf_of"]
