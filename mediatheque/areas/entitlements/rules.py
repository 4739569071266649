"""What is refused about packages."""

from __future__ import annotations

from mediatheque.kit.errors import BadInputError, ConflictError, NotFoundError


class NoSuchPackageError(NotFoundError):
    """No package of this space."""

    code = "no_such_package"
    message = "There is no such package."


class NoSuchEntitlementError(NotFoundError):
    """No entitlement of this space, or it was taken back."""

    code = "no_such_entitlement"
    message = "There is no such entitlement."


class PackageNameTakenError(ConflictError):
    """Two packages of one name."""

    code = "package_name_taken"
    message = "There is a package of this name. Choose another one."


class NotAMemberError(BadInputError):
    """Only members can have packages."""

    code = "not_a_member"
    message = "This person is no member of the space. Invite them first."
