"""The writer as a process: python -m server.writer, with the settings of the server that starts it."""

import logging

from server import settings
from server.writer.desk import Terms
from server.writer.door import run

if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="parleygraph writer: %(message)s")
    found = settings.read()
    run(Terms(found.store.absolute(), found.base, found.write_timeout, 2 * found.limits.memory))
