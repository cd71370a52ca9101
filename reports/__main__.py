"""``python -m reports``: pages, summaries, comparisons, joins and badges, from result files alone."""

import sys

from reports.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
