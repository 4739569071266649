"""``python -m mediatheque.cli``."""

from mediatheque.cli import main

if __name__ == "__main__":
    main()
