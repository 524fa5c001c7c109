"""`python -m careplan` is `careplan`."""

from careplan.commands.main import entry

if __name__ == "__main__":
    entry()
