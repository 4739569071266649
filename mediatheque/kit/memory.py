"""Giving memory back to the system once a process has settled."""

from __future__ import annotations

import ctypes
import gc
import sys


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
