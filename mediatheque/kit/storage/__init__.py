"""Where bytes are kept: a folder of this machine or an S3-compatible store, by one URL."""

from mediatheque.kit.storage.errors import (
    InvalidKeyError,
    ObjectNotFoundError,
    ObjectTooLargeError,
    RangeNotSatisfiableError,
    StorageError,
)
from mediatheque.kit.storage.store import (
    ObjectInfo,
    Opened,
    Storage,
    Stored,
    check_key,
    open_storage,
)
from mediatheque.kit.storage.upload import Source

__all__ = [
    "InvalidKeyError",
    "ObjectInfo",
    "ObjectNotFoundError",
    "ObjectTooLargeError",
    "Opened",
    "RangeNotSatisfiableError",
    "Source",
    "Storage",
    "StorageError",
    "Stored",
    "check_key",
    "open_storage",
]
