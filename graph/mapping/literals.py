"""Values as RDF literals, always in the canonical form of XML Schema 1.1.

Oxigraph keeps numbers, dates and durations by value: a literal that is not canonical would come back from the
store in another form than it went in, and two builds would not be comparable as text.
"""

from datetime import date
from decimal import Decimal

from pyoxigraph import Literal

from graph.mapping import vocabulary as v

DEGREE_DIGITS = 6
"""Decimals of a coordinate: a tenth of a metre, finer than any gazetteer."""


def text(words: str, language: str | None = None) -> Literal:
    """`words` with a language tag where the language is known."""
    return Literal(words, language=language) if language else Literal(words)


def integer(value: int) -> Literal:
    """A whole number as xsd:integer."""
    return Literal(str(value), datatype=v.XSD_INTEGER)


def decimal(value: float, digits: int = 2) -> Literal:
    """`value` rounded to `digits` decimals, without trailing zeros."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-digits))
    plain = f"{rounded:f}".rstrip("0").rstrip(".")
    return Literal("0" if plain in ("", "-0", "-") else plain, datatype=v.XSD_DECIMAL)


def boolean(value: bool) -> Literal:
    """A truth value as xsd:boolean."""
    return Literal("true" if value else "false", datatype=v.XSD_BOOLEAN)


def day(value: date) -> Literal:
    """A day as xsd:date."""
    return Literal(value.isoformat(), datatype=v.XSD_DATE)


def duration(minutes: int) -> Literal:
    """`minutes` as xsd:duration: 90 is PT1H30M, 1440 is P1D."""
    days, rest = divmod(minutes, 24 * 60)
    hours, rest = divmod(rest, 60)
    clock = (f"{hours}H" if hours else "") + (f"{rest}M" if rest else "")
    written = "P" + (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return Literal("PT0S" if written == "P" else written, datatype=v.XSD_DURATION)


def wkt_point(latitude: float, longitude: float) -> Literal:
    """The point as GeoSPARQL wants it: longitude before latitude, in WGS84, the default system."""
    x, y = decimal(longitude, DEGREE_DIGITS).value, decimal(latitude, DEGREE_DIGITS).value
    return Literal(f"POINT({x} {y})", datatype=v.WKT)
