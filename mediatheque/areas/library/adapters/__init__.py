"""Where the library meets other programs: the sources its imports read, the files it writes."""

from mediatheque.areas.library.adapters.detection import SOURCES, detect_file, detect_source

__all__ = ["SOURCES", "detect_file", "detect_source"]
