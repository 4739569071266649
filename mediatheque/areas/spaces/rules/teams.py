"""How teams and grants refuse."""

from __future__ import annotations

from mediatheque.kit.errors import BadInputError, ConflictError, NotFoundError


class NoSuchTeamError(NotFoundError):
    """The space has no such team."""

    code = "no_such_team"
    message = "This space has no such team."


class TeamNameTakenError(ConflictError):
    """Another team has this name."""

    code = "team_name_taken"
    message = "There is a team of this name already. Take another name."


class MemberUnknownError(BadInputError):
    """Somebody who is no member of the space."""

    code = "member_unknown"
    message = (
        "Not everybody here is a member of this space. Take the ids that `GET /members` lists."
    )


class NoSuchGrantError(NotFoundError):
    """The space has no such grant."""

    code = "no_such_grant"
    message = "This space has no such grant."


class HolderNeededError(BadInputError):
    """A grant without a holder, or for one who is not here."""

    code = "holder_needed"
    message = "Name a member or a team of this space who is to get the permission."


class ThingUnknownError(BadInputError):
    """Nothing of this kind has this id in the space."""

    code = "thing_unknown"
    message = "There is nothing of this kind with this id in the space."


class NotNarrowableError(BadInputError):
    """The permission can't be narrowed to a thing of this kind."""

    code = "not_narrowable"
    message = "This permission can't be given for a thing of this kind. `GET /permissions` says."
