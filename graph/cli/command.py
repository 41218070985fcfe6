"""The command as a whole."""

from typing import Any

import click

from graph.cli import articles, contents, upkeep
from graph.errors import ParleygraphError


class Commands(click.Group):
    """A group whose commands report the errors a user can cause as one message, without a trace."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; an error of ours becomes click's own, with exit status 1."""
        try:
            return super().invoke(ctx)
        except ParleygraphError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="parleygraph")
def main() -> None:
    """News articles as a graph that says who says what, in which words."""


for _command in (
    articles.build, articles.extract, articles.evaluate,
    contents.load, contents.query, contents.dump, contents.validate,
    upkeep.backup, upkeep.restore, upkeep.index, upkeep.replica, upkeep.prune,
):  # fmt: skip
    main.add_command(_command)
