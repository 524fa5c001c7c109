"""`python -m careplan` is `careplan`."""

import sys

from careplan.commands.main import main

if __name__ == "__main__":
    sys.exit(main())
