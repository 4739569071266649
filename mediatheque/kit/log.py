"""Logs: structlog, as lines for people or as JSON."""

from __future__ import annotations

import logging
import sys

import structlog


def configure(level: str = "INFO", *, as_json: bool = False) -> None:
    """Send structlog and the standard library's loggers to standard error, once."""
    logging.basicConfig(level=level, format="%(levelname)s %(name)s %(message)s")
    for noisy in ("httpx", "procrastinate", "_granian"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # It warns of every odd byte that anybody sends; the answer says that already.
    logging.getLogger("python_multipart").setLevel(logging.ERROR)
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
        ),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
