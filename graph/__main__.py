"""`python -m graph` is `parleygraph`."""

from graph.cli import main

if __name__ == "__main__":
    main()
