"""Putting pictures in, and clearing away what nothing uses."""

from mediatheque.areas.files.actions.images import (
    discard_image,
    keep_image,
    keep_images,
    offered_image,
    prepare_image,
)
from mediatheque.areas.files.actions.sweep import sweep_files
from mediatheque.areas.files.adapters.intake import PreparedImage

__all__ = [
    "PreparedImage",
    "discard_image",
    "keep_image",
    "keep_images",
    "offered_image",
    "prepare_image",
    "sweep_files",
]
