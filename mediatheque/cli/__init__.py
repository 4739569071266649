"""The command line: ``mediatheque`` or ``python -m mediatheque.cli``."""

from __future__ import annotations

import sys

from mediatheque.cli.serve import WITH_PARENT, run


def main() -> None:
    """Run the command of this process's arguments.

    ``serve`` stays for as long as the product runs, so it does not pay for the parser (7 MB).
    """
    if sys.argv[1:] in (["serve"], ["serve", WITH_PARENT]):
        sys.exit(run(with_parent=WITH_PARENT in sys.argv))
    from mediatheque.cli.app import app  # noqa: PLC0415 - see above

    app(prog_name="mediatheque")
