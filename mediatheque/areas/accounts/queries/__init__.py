"""Selects about users, sessions and keys."""

from mediatheque.areas.accounts.queries.keys import list_api_keys
from mediatheque.areas.accounts.queries.sessions import IS_GOOD, SEEN, is_setup_token, list_sessions
from mediatheque.areas.accounts.queries.users import (
    USER_COLUMNS,
    find_login,
    find_my_password,
    find_user_id,
    get_me,
    get_setup,
    user_select,
)

__all__ = [
    "IS_GOOD",
    "SEEN",
    "USER_COLUMNS",
    "find_login",
    "find_my_password",
    "find_user_id",
    "get_me",
    "get_setup",
    "is_setup_token",
    "list_api_keys",
    "list_sessions",
    "user_select",
]
