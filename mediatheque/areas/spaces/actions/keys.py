"""API keys, whose scopes are bounded by what their owner may do in some space."""

from __future__ import annotations

from mediatheque.areas.accounts.actions import keys
from mediatheque.areas.accounts.rules import needs_person
from mediatheque.areas.accounts.rules.proofs import needs_proof
from mediatheque.areas.accounts.schemas import ApiKeyCreate, ApiKeyCreated
from mediatheque.areas.spaces.queries.spaces import list_held
from mediatheque.core.context import Context, signed_in


@signed_in
async def create_api_key(ctx: Context, wanted: ApiKeyCreate) -> ApiKeyCreated:
    """Make a key of the user of the context; ``.key`` of the answer is shown this once.

    Needs a context across spaces. Raises ReauthenticationNeededError, ScopeNotHeldError,
    KeyExpiryError, TooManyKeysError.
    """
    needs_person(ctx.actor)
    needs_proof(ctx.actor, ctx.now)
    return await keys.create_api_key(ctx, wanted, held=await list_held(ctx))
