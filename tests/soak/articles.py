"""Articles that are posted while processes are killed: which were acknowledged, and which are whole."""

import random
import threading
import time

import httpx

from tests.server.faults.test_kill import HEADERS

TEXT = (
    "date 2031-03-{day:02} {caller} ha telefonato martedì a {callee}, ha detto il portavoce Teo Lunn. "
    "La telefonata è durata circa due ore. {callee} visiterà Porto Grigio in estate."
)
SYLLABLES = ("ba", "re", "li", "mo", "tu", "va", "ne", "si", "co", "da")

WHOLE = """
PREFIX pg: <https://w3id.org/parleygraph/ns#>
SELECT ?graph (COUNT(?claim) AS ?claims) (SUM(IF(?held, 1, 0)) AS ?whole) {
  GRAPH ?graph { ?article a pg:Article . ?claim a pg:Claim }
  BIND(EXISTS { GRAPH ?claim { ?s ?p ?o } } AS ?held)
} GROUP BY ?graph"""


class Articles:
    """Posts that go on, one after the other, until they are stopped; ids of those acknowledged are added."""

    def __init__(self, url: str, acknowledged: set[str], number: int) -> None:
        self._url = url
        self._acknowledged = acknowledged
        self._chance = random.Random(number)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._post)
        self._thread.start()

    def stop(self) -> None:
        """Return when the last one has its answer, or has lost its connection."""
        self._stopped.set()
        self._thread.join()

    def _post(self) -> None:
        headers = {**HEADERS, "Content-Type": "text/plain"}
        with httpx.Client(base_url=self._url, headers=headers, timeout=120) as client:
            while not self._stopped.is_set():
                names = {each: f"{self._name()} {self._name()}" for each in ("caller", "callee")}
                text = TEXT.format(day=self._chance.randrange(1, 29), **names)
                try:
                    answer = client.post("/articles", content=text.encode())
                except httpx.TransportError:
                    time.sleep(0.05)
                    continue
                if answer.status_code in (200, 201):
                    self._acknowledged.add(answer.json()["article"].rpartition("/")[2])
                else:
                    time.sleep(0.05)

    def _name(self) -> str:
        return "".join(self._chance.choice(SYLLABLES) for _ in range(3)).capitalize()


def whole(client: httpx.Client) -> dict[str, bool]:
    """The ids of the articles that are there, and whether each of their claims is."""
    answer = client.post("/sparql", data={"query": WHOLE}, headers={"Accept": "application/json"})
    assert answer.status_code == 200, answer.text
    found = {}
    for row in answer.json()["results"]["bindings"]:
        name = row["graph"]["value"].rpartition("/")[2]
        found[name] = 0 < int(row["claims"]["value"]) == int(row["whole"]["value"])
    return found
