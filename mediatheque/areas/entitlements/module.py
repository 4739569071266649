"""The manifest of the area `entitlements`."""

from mediatheque.areas.accounts.rules.belongings import EXTENSION as BELONGING
from mediatheque.areas.entitlements.actions.belongings import BELONGINGS
from mediatheque.areas.entitlements.events import LABELS
from mediatheque.areas.entitlements.routes import router
from mediatheque.core.module import Module

MODULE = Module(
    name="entitlements", routers=(router,), labels=LABELS, extensions={BELONGING: BELONGINGS}
)
