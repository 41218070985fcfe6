"""What is written into updates for the engine's sake means what the update meant."""

import pyoxigraph as ox
import pytest

from server.syntax.updates import hoisted

FIRST = "PREFIX a: <x:> INSERT DATA { a:a a:b 1 }"


@pytest.mark.parametrize(
    "update",
    [
        f"{FIRST} ; PREFIX b: <x:b> INSERT DATA {{ b: b:c 2 }}",
        f"{FIRST} ; BASE <x:b> PREFIX b: <x:b> INSERT DATA {{ <#x> b:c 2 }} ; PREFIX a: <x:> CLEAR NAMED",
        f"{FIRST} # PREFIX\n; PREFIX b: <x:b> INSERT DATA {{ b: b:c 'PREFIX b: <x:>' }} ;",
    ],
)
def test_declarations_between_operations_reach_the_engine(update: str) -> None:
    with pytest.raises(SyntaxError):
        ox.Store().update(update)  # no longer needed when this is taken
    store = ox.Store()
    store.update(hoisted(update))
    assert ox.NamedNode("x:a") in {quad.subject for quad in store}
    assert len(store) == 2


@pytest.mark.parametrize(
    "update",
    [FIRST, "", "CLEAR ALL ;", f"{FIRST} ; PREFIX a: <y:> INSERT DATA {{ a:a a:b 1 }}", "PREFIX", "; BASE"],
)
def test_an_update_without_new_ones_stays_as_it_is(update: str) -> None:
    assert hoisted(update) == update
