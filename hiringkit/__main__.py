"""`python -m hiringkit` is `hiringkit`."""

from hiringkit.cli.main import main

if __name__ == "__main__":
    main()
