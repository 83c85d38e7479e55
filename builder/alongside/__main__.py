"""`python -m alongside` does what the command `alongside` does."""

from alongside.cli import main

if __name__ == "__main__":
    main()
