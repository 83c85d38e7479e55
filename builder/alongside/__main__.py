"""`python -m alongside` does what the command `alongside` does."""

from alongside.commands.main import main

if __name__ == "__main__":
    main()
