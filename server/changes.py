"""What differs between two generations of the graph: claims that were added, changed or withdrawn.

Generations are folders that nothing changes any more, so both are read by query processes of their own, which
end with the request. A claim has changed when anything said of it or in its graph has.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from flask import Blueprint, Response, json, request
from pyoxigraph import NamedNode

from graph.store import generations
from server.answers import pool
from server.evaluator.pool import Pool
from server.negotiation import prefers_page
from server.pages import namer, page, settings
from server.portraits.names import Name, Namer, labels_of
from server.portraits.questions import Row, asked, by, packaged
from server.problems import ProblemError

blueprint = Blueprint("changes", __name__)

MOST = 3000
"""Claims whose contents are compared at a time: about a second; those of a larger graph part after part."""

SHOWN = 200
"""Claims of one kind that the page lists; JSON has all."""


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that came, changed or went: event, certainty and source as the generation that has it says."""

    claim: Name
    event: Name | None
    modality: Name | None
    source: Name | None


@dataclass(frozen=True)
class Changes:
    """The IRIs of the claims. Contents are compared in parts: `changed` are those of the one asked for."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]
    part: int
    parts: int


@blueprint.route("/changes")
def changes() -> Response:
    """The claims that differ between two kept generations, as a page or as JSON."""
    kept = [str(number) for number in generations.numbers(Path(settings().store))]
    current = pool().generation().name
    last = request.args.get("to", current)
    older = [name for name in kept if int(name) < int(current)]
    first = request.args.get("from", older[-1] if older else current)
    for name, given in (("from", first), ("to", last)):
        if given not in kept:
            remedy = f"Kept are {', '.join(kept)}; older ones are gone."
            raise ProblemError(
                404, "There is no such version of the graph", f"{name}={given} is given.", remedy
            )
    folder = Path(settings().store) / generations.FOLDER
    limits = replace(pool().limits, quick_places=1, slow_places=1)
    before, after = (Pool(partial(Path, folder, name), limits) for name in (first, last))
    try:
        found = compare(before, after, _part())
        wanted = request.args.get("format", "")
        if wanted == "json" or (not wanted and not _reader()):
            content = {"from": first, "to": last, **asdict(found)}
            return Response(json.dumps(content) + "\n", mimetype="application/json")
        names = namer()
        lists = {
            "added": described(after, found.added[:SHOWN], names),
            "changed": described(after, found.changed[:SHOWN], names),
            "withdrawn": described(before, found.withdrawn[:SHOWN], names),
        }
    finally:
        before.close()
        after.close()
    return page("changes.html", kept=kept, first=first, last=last, found=found, lists=lists)


def _reader() -> bool:
    return not request.accept_mimetypes or prefers_page(request.accept_mimetypes)


def _part() -> int:
    text = request.args.get("part", "1")
    if not re.fullmatch(r"[1-9]\d{0,4}", text):
        raise ProblemError(400, "There is no such part", f"part={text} is given.", "Give a number from 1.")
    return int(text)


def compare(before: Pool, after: Pool, part: int = 1) -> Changes:
    """The claims that differ between two generations; the contents of a part of those in both, from 1."""
    old, new = _claims(before), _claims(after)
    common = sorted(old & new)
    parts = max(1, -(-len(common) // MOST))
    part = min(part, parts)
    looked_at = common[(part - 1) * MOST : part * MOST]
    changed: list[str] = []
    if looked_at and before.generation() != after.generation():
        digests = _digests(before, looked_at), _digests(after, looked_at)
        changed = [claim for claim in looked_at if digests[0].get(claim) != digests[1].get(claim)]
    return Changes(tuple(sorted(new - old)), tuple(changed), tuple(sorted(old - new)), part, parts)


def _claims(of: Pool) -> set[str]:
    return {row["claim"].text for row in asked(of, [packaged("changes_claims")])[0]}


def _digests(of: Pool, claims: Sequence[str]) -> Mapping[str, str]:
    """Claim → a hash of everything said of it and in its graph, in an order of its own."""
    found = by(asked(of, [_about("changes_contents", claims)])[0], "claim")
    return {claim: _digest(contents) for claim, contents in found.items()}


def _digest(contents: Sequence[Row]) -> str:
    lines = sorted(
        json.dumps([(name, row[name].kind, row[name].text) for name in sorted(row)]) for row in contents
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _about(name: str, claims: Sequence[str]) -> str:
    """A packaged query about some claims; NamedNode refuses what is no IRI."""
    return packaged(name).replace("# claims", " ".join(str(NamedNode(claim)) for claim in claims))


def described(of: Pool, claims: Sequence[str], names: Namer) -> list[Change]:
    """The claims as their generation tells of them."""
    if not claims:
        return []
    told = asked(of, [_about("changes_told", claims)])[0]
    events, sources = labels_of(told, "event", "label"), labels_of(told, "source", "name")
    found = []
    for claim, about in by(told, "claim").items():
        row = about[0]
        event = names.name(row["event"].text, events[row["event"].text]) if "event" in row else None
        source = names.name(row["source"].text, sources[row["source"].text]) if "source" in row else None
        modality = names.name(row["modality"].text) if "modality" in row else None
        found.append(Change(Name(claim, "", "", names.href(claim)), event, modality, source))
    return found
