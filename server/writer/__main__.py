"""The writer as a process: python -m server.writer, with the settings of the server that starts it."""

import logging
import sys

from graph.errors import StoreError
from server import settings
from server.writer.desk import Terms
from server.writer.door import run

if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="parleygraph writer: %(message)s")
    found = settings.read()
    try:
        run(Terms(found.store.absolute(), found.base, found.write_timeout, 2 * found.limits.memory))
    except (OSError, StoreError) as error:
        sys.exit(f"parleygraph writer: {error}")
