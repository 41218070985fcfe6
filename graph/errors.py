"""The errors a user can cause, as a small tree.

    ParleygraphError
    ├── ArticleError       one article cannot be read or mapped; the others go on
    ├── DataError          a file of RDF, a lexicon or a gazetteer table is wrong
    ├── StoreError         a store folder is missing, locked, foreign or full
    ├── QueryError         a query or its parameters are wrong
    └── SettingError       an environment variable or an option has an impossible value

A message carries what was wrong, where, and what to do about it; it is shown to the user as it is.
"""


class ParleygraphError(Exception):
    """Something a user can understand and mend."""

    def __init__(self, reason: str, *, place: str = "", remedy: str = "") -> None:
        """`reason` says what is wrong, `place` where (file, line, column), `remedy` what to do."""
        super().__init__(reason)
        self.reason = reason
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        what_to_do = f" ({self.remedy})" if self.remedy else ""
        return f"{where}{self.reason}{what_to_do}"


class ArticleError(ParleygraphError):
    """An article that cannot be read; it is reported, the others are published."""


class DataError(ParleygraphError):
    """A table, an ontology file or an RDF file that cannot be used."""


class StoreError(ParleygraphError):
    """A store that cannot be opened, written or published."""


class QueryError(ParleygraphError):
    """A query that cannot be evaluated as it stands."""


class SettingError(ParleygraphError):
    """A setting whose value makes no sense."""
