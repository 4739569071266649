"""Loading code without looking for garbage in it, and giving memory back once settled."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Load code that stays: it is neither searched for cycles meanwhile nor ever after.

    Each search looks at all that was loaded so far, and finds next to nothing: a fifth of the
    time that loading the product takes.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def settle() -> None:
    """Collect what starting left over, keep the rest out of later collections, trim the heap."""
    gc.collect()
    gc.freeze()
    # Batches of rows are no garbage: look for cycles less often than for each 700 objects.
    gc.set_threshold(50_000, 20, 50)
    if sys.platform == "linux":
        try:
            ctypes.CDLL("libc.so.6").malloc_trim(0)
        except (OSError, AttributeError):  # another C library
            return
