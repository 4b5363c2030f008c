"""In the editor: what the plan says of a thing, to be read, with the way to where it is changed."""

from typing import Any

from wagtail.admin.panels import HelpPanel

from people.choices import Verb
from people.doors import may_anywhere


class FromPlan(HelpPanel):  # type: ignore[misc]
    class BoundPanel(HelpPanel.BoundPanel):  # type: ignore[misc]
        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"sees_plan": may_anywhere(Verb.SEE_PLAN)(self.request)}
