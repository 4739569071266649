"""What a store refuses or fails at."""

from collections.abc import Iterator
from contextlib import contextmanager

from obstore.exceptions import BaseError


class StorageError(Exception):
    """The store could not do it: unreachable, full, no permission. `code` is stable."""

    code = "storage_failed"


class ObjectNotFoundError(StorageError):
    """Nothing is kept under this key."""

    code = "object_not_found"


class ObjectTooLargeError(StorageError):
    """The bytes that came were more than the limit; nothing was kept."""

    code = "object_too_large"


class RangeNotSatisfiableError(StorageError):
    """The range begins after the end; `size` is the object's, for `Content-Range: bytes */size`."""

    code = "range_not_satisfiable"

    def __init__(self, size: int) -> None:
        super().__init__(f"The range begins after the end ({size} bytes).")
        self.size = size


class InvalidKeyError(StorageError, ValueError):
    """A key of the wrong form: a bug of the caller, for people do not choose keys."""

    code = "invalid_key"


@contextmanager
def translated(key: str) -> Iterator[None]:
    """Turn the library's errors into ours, without its internals."""
    try:
        yield
    except FileNotFoundError as error:
        raise ObjectNotFoundError(f"Nothing is kept under {key}.") from error
    except (BaseError, PermissionError) as error:
        raise StorageError(str(error).split("\n", 1)[0]) from error
