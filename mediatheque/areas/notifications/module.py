"""The manifest of the area `notifications`."""

from mediatheque.areas.accounts.rules.belongings import EXTENSION as BELONGING
from mediatheque.areas.notifications.actions.belongings import BELONGINGS
from mediatheque.areas.notifications.events import LABELS
from mediatheque.areas.notifications.routes import router
from mediatheque.core.module import Module

MODULE = Module(
    name="notifications", routers=(router,), labels=LABELS, extensions={BELONGING: BELONGINGS}
)
