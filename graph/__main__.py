"""`python -m graph` is `parleygraph`."""

from graph.cli.command import main

if __name__ == "__main__":
    main()
