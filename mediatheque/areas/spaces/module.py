"""The manifest of the area `spaces`."""

from mediatheque.areas.accounts.rules.belongings import EXTENSION as BELONGING
from mediatheque.areas.spaces.actions.belongings import BELONGINGS
from mediatheque.areas.spaces.actions.integrations import rewrap_secrets
from mediatheque.areas.spaces.events import LABELS
from mediatheque.areas.spaces.events.care import CARE_LABELS
from mediatheque.areas.spaces.events.flags import LABELS as FLAG_LABELS
from mediatheque.areas.spaces.events.integrations import LABELS as INTEGRATION_LABELS
from mediatheque.areas.spaces.events.roles import ROLE_LABELS
from mediatheque.areas.spaces.queries.care import MEMBERS_USED
from mediatheque.areas.spaces.queries.domains import list_hosts
from mediatheque.areas.spaces.routes.administration import identify as identify_admin
from mediatheque.areas.spaces.routes.administration import router as administration
from mediatheque.areas.spaces.routes.again import router as again
from mediatheque.areas.spaces.routes.care import care, space, support
from mediatheque.areas.spaces.routes.factors import router as factors
from mediatheque.areas.spaces.routes.flags import flags
from mediatheque.areas.spaces.routes.identity import identify
from mediatheque.areas.spaces.routes.integrations import integrations
from mediatheque.areas.spaces.routes.invitations import invitations
from mediatheque.areas.spaces.routes.member_profiles import member_profiles
from mediatheque.areas.spaces.routes.people import router as people
from mediatheque.areas.spaces.routes.roles import grants, permissions, roles, teams
from mediatheque.areas.spaces.routes.sessions import api_keys, auth
from mediatheque.areas.spaces.routes.sightings import settle
from mediatheque.areas.spaces.routes.spaces import members, spaces
from mediatheque.core.http.admin import EXTENSION
from mediatheque.core.keys import REWRAP
from mediatheque.core.module import Module

KNOWN = {"spaces.usage": {"members": MEMBERS_USED}, "http.hosts": list_hosts}

MODULE = Module(
    name="spaces",
    routers=(
        *(
            auth,
            factors,
            again,
            administration,
            people,
            api_keys,
            spaces,
            members,
            member_profiles,
            invitations,
            flags,
            integrations,
        ),
        *(roles, permissions, teams, grants),
        *(space, care, support),
    ),
    identify=identify,
    labels=LABELS | FLAG_LABELS | INTEGRATION_LABELS | ROLE_LABELS | CARE_LABELS,
    extensions={BELONGING: BELONGINGS, EXTENSION: identify_admin, REWRAP: rewrap_secrets, **KNOWN},
    on_stop=settle,
)
