"""`python -m unionhall` is the command `./hall` calls."""

from unionhall.cli.main import main

if __name__ == "__main__":
    main()
