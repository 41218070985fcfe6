"""The method of extraction, as a table: the components of a spaCy pipeline, in order, and what each adds.

Each component reads what the ones before it left on the document and writes one thing of its own; `Pipeline`
runs them over an article and hands the findings on.
"""

from collections.abc import Callable
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

from graph.extraction import stages
from graph.extraction.language import detect
from graph.extraction.words import normalise
from graph.findings import Extraction
from graph.llm.reader import Reader
from graph.model import Article

# A quotation mark inside a token, and the stop or comma beside it.
_GLUED = (r"""["«»“”„]""", r"""[.,:;!?]+(?=["«»“”„])""", r"""(?<=["«»“”„])[.,:;!?]+""")

Component = Callable[[Doc], Doc]

# name, what it does, what it needs on the document, what it leaves there
COMPONENTS: tuple[tuple[str, Component, tuple[str, ...], tuple[str, ...]], ...] = (
    ("words", stages.words, (), ("words",)),
    ("sentences", stages.sentences, ("words",), ("sentences",)),
    ("quotation_marks", stages.quotation_marks, ("words", "sentences"), ("quotes",)),
    ("mentions", stages.mentions, ("words",), ("mentions", "clusters")),
    ("times", stages.times, ("words",), ("times",)),
    ("predicates", stages.predicates, ("words", "mentions", "times"), ("clauses",)),
    ("sources", stages.sources, ("clauses", "quotes"), ("sources",)),
    ("triggers", stages.triggers, ("clauses",), ("triggers",)),
    ("arguments", stages.arguments, ("triggers", "clauses"), ("filled",)),
    ("drafts", stages.drafts, ("filled", "sources", "clusters", "times"), ("drafts",)),
    ("claims", stages.claims, ("drafts",), ("claims", "quotations")),
    ("findings", stages.findings, ("clusters", "drafts", "claims", "quotations"), ("findings",)),
    ("language_model", stages.language_model, ("findings", "sentences", "times"), ("findings",)),
)

for _name, _component, _requires, _assigns in COMPONENTS:
    Language.component(
        f"parleygraph_{_name}",
        func=_component,
        requires=[f"doc._.{attribute}" for attribute in _requires],
        assigns=[f"doc._.{attribute}" for attribute in _assigns],
    )
    for _attribute in _assigns:
        Doc.set_extension(_attribute, default=None, force=True)
Doc.set_extension("article", default=None, force=True)
Doc.set_extension("reader", default=None, force=True)


class Pipeline:
    """Reads articles of one or more languages; a language without a lexicon of its own is read as Italian.

    With a `reader` its language model reads each article after the rules.
    """

    def __init__(self, reader: Reader | None = None) -> None:
        self._pipelines: dict[str, Language] = {}
        self._reader = reader

    def extract(self, article: Article) -> Extraction:
        """All that is found in `article`; its time is linear in the text's length."""
        found: Extraction = self.read(article)._.findings
        return found

    def read(self, article: Article) -> Doc:
        """The document with what each component left on it."""
        language = detect(article)
        nlp = self._pipeline(language)
        body = normalise(article.body.of(article.text))
        doc = nlp.make_doc(body)
        doc._.article = article
        doc._.reader = self._reader
        for _, component in nlp.pipeline:
            doc = component(doc)
        return doc

    def _pipeline(self, language: str) -> Language:
        if language not in self._pipelines:
            self._pipelines[language] = _blank(language)
        return self._pipelines[language]


def tokenizer(language: str) -> Language:
    """The tokeniser of `language`, alone; it takes no mark for a part of a word ("disse:"Non parto"")."""
    nlp = spacy.blank(language)
    if isinstance(nlp.tokenizer, Tokenizer):
        infixes = [*(nlp.Defaults.infixes or ()), *_GLUED]
        nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    return nlp


@lru_cache(maxsize=4)
def _blank(language: str) -> Language:
    nlp = tokenizer(language)
    nlp.max_length = 6_000_000  # an article may have 5 MB; nothing here needs memory beyond the tokens
    for name, *_ in COMPONENTS:
        nlp.add_pipe(f"parleygraph_{name}")
    return nlp
