"""What ``mediatheque doctor`` looks at."""

from mediatheque.cli.checks.database import check_database
from mediatheque.cli.checks.finding import Finding, Level
from mediatheque.cli.checks.surroundings import (
    check_keys,
    check_post,
    check_redis,
    check_settings,
    check_storage,
    check_web,
)

__all__ = [
    "Finding",
    "Level",
    "check_database",
    "check_keys",
    "check_post",
    "check_redis",
    "check_settings",
    "check_storage",
    "check_web",
]
