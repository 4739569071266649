"""What the library refuses, each condition by its name."""

from __future__ import annotations

from mediatheque.kit.errors import (
    BadInputError,
    ConflictError,
    NotAllowedError,
    NotFoundError,
    UnavailableError,
)


class NoSuchLibraryError(NotFoundError):
    """No library has this id or slug here."""

    code = "no_such_library"
    message = "There is no such library here."


class NoSuchEditionError(NotFoundError):
    """No edition has this id here."""

    code = "no_such_edition"
    message = "There is no such edition here."


class NoSuchCopyError(NotFoundError):
    """No copy has this id here."""

    code = "no_such_copy"
    message = "There is no such copy here."


class NoSuchLoanError(NotFoundError):
    """No loan has this id here."""

    code = "no_such_loan"
    message = "There is no such loan here."


class NoSuchNoteError(NotFoundError):
    """No note has this id here, or it is somebody else's private one."""

    code = "no_such_note"
    message = "There is no such note here."


class LibraryNameTakenError(ConflictError):
    """Another library of the space has this name."""

    code = "library_name_taken"
    message = "There is a library of this name already."


class LibraryArchivedError(ConflictError):
    """An archived library takes no copies."""

    code = "library_archived"
    message = "This library is archived. Restore it first, or choose another."


class LibraryNotEmptyError(ConflictError):
    """A library with copies is deleted only with a stated fate for them."""

    code = "library_not_empty"
    message = "Say what becomes of the copies: delete them, or move them to another library."


class SameLibraryError(BadInputError):
    """The copies of a deleted library cannot move into itself."""

    code = "same_library"
    message = "Choose another library for the copies."


class EditionExistsError(ConflictError):
    """The work has an edition of this format, resolution, region, name and barcode."""

    code = "edition_exists"
    message = "This work has exactly this edition already."


class EditionOfAnotherTitleError(ConflictError):
    """A copy moves between editions of one work only."""

    code = "edition_of_another_title"
    message = "This edition belongs to another work."


class NotYoursError(NotAllowedError):
    """Members change what they added; changing everything takes another permission."""

    code = "not_yours"
    message = "Somebody else added this. A manager can change it."


class EditionSharedError(NotAllowedError):
    """An edition goes with its copies, and somebody else's are among them."""

    code = "edition_shared"
    message = "Others own copies of this edition. A manager can delete it."


class CopyOnLoanError(ConflictError):
    """The copy is lent; the message names the borrower."""

    code = "copy_on_loan"
    message = "This copy is lent already."


class LoanReturnedError(ConflictError):
    """The copy came back already."""

    code = "loan_returned"
    message = "This copy has come back already."


class BadDatesError(BadInputError):
    """A date that lies before the one it must follow."""

    code = "bad_dates"
    message = "These dates do not follow each other."


class PriceWithoutCurrencyError(BadInputError):
    """A price needs a currency, e.g. ``EUR``."""

    code = "price_without_currency"
    message = "Say in which currency the price is."


class NoProviderError(ConflictError):
    """No provider has the settings that it needs."""

    code = "no_provider"
    message = (
        "Put an API read access token of TMDB into the space's services, or set "
        "MEDIATHEQUE_TMDB_TOKEN for the whole house, then try again."
    )


class ProviderSilentError(UnavailableError):
    """The provider gave no answer, asks to wait, or does not accept the key."""

    code = "provider_silent"


class SameSpaceError(BadInputError):
    """A library is to go where it is."""

    code = "same_space"
    message = "The library is in this space already. Name another one."
