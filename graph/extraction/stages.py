"""The components of the pipeline, each a few lines that call the module of its name."""

from dataclasses import replace

from spacy.tokens import Doc

from graph.extraction import words as word_module
from graph.extraction.arguments import fill
from graph.extraction.attribution import Attributions
from graph.extraction.claims import ClaimWriter, not_stated
from graph.extraction.clauses import Clauses
from graph.extraction.clusters import Agent, Clusters
from graph.extraction.concerns import (
    attach_callers,
    attach_entrusted,
    attach_leaders,
    link_concerns,
    social_posts,
)
from graph.extraction.dating import attach_times
from graph.extraction.delegations import attach_delegates
from graph.extraction.dependencies import Dependencies, lacking
from graph.extraction.discussions import attach_topics
from graph.extraction.drafter import Drafter
from graph.extraction.drafts import with_agents
from graph.extraction.factuality import Factuality
from graph.extraction.mentions import (
    Mention,
    find_collectives,
    find_known,
    find_preceded_collectives,
    mark_datelines,
    mark_inside,
    share_prepositions,
    widen_collective,
)
from graph.extraction.parsing import available
from graph.extraction.people import find_people
from graph.extraction.predicates import find_predicates
from graph.extraction.quotes import mark_quotes, open_incises
from graph.extraction.register import Register
from graph.extraction.roles import find_roles
from graph.extraction.sentences import mark_sentences
from graph.extraction.several import split
from graph.extraction.sources import Sources
from graph.extraction.speakers import Speakers
from graph.extraction.times import find_times
from graph.extraction.topics import concepts
from graph.extraction.triggers import find_triggers
from graph.findings import Cluster, Extraction, Title
from graph.lexicon.gazetteer import gazetteer
from graph.lexicon.vocabulary import vocabulary
from graph.llm.material import Material
from graph.model import Article, EntityKind, Grounded, Quotation, Span
from graph.settings import parses

# Prepositions that say where.
_WHERE = frozenset({"in", "a", "da", "verso", "per", "near"})

# Quoted words without a known speaker count as a quotation from this many words on; fewer are so-called
# "so-called" words.
_SHORTEST = 4


def words(doc: Doc) -> Doc:
    """Tokens with offsets into the raw article, word classes, verb forms."""
    article: Article = doc._.article
    doc._.words = word_module.words(doc, article.body.start, vocabulary(doc.lang_))
    return doc


def sentences(doc: Doc) -> Doc:
    """Sentence numbers."""
    doc._.sentences = mark_sentences(doc._.words, vocabulary(doc.lang_).lists.abbreviations)
    return doc


def quotation_marks(doc: Doc) -> Doc:
    """What stands between quotation marks, incises apart."""
    lexicon = vocabulary(doc.lang_)
    doc._.quotes = mark_quotes(doc._.words, lexicon)
    open_incises(doc._.words, doc._.quotes, lexicon)
    return doc


def mentions(doc: Doc) -> Doc:
    """Names, roles, pronouns, and which of them are the same agent."""
    article: Article = doc._.article
    words, tables, lexicon = doc._.words, gazetteer(), vocabulary(doc.lang_)
    known = find_known(words, tables)
    found = find_people(words, known, find_roles(words, known, tables, lexicon), tables, lexicon)
    taken = {index for mention in found for index in range(mention.first, mention.last + 1)}
    found += find_collectives(words, tables, lexicon, taken)
    found += find_preceded_collectives(words, tables, lexicon, taken)
    found.sort(key=lambda mention: (mention.first, -mention.last))
    doc._.clusters = Clusters(words, Register(tables, article.published), lexicon)
    doc._.mentions = doc._.clusters.resolve(found)
    for mention in doc._.mentions:
        widen_collective(words, mention, lexicon)
    share_prepositions(words, doc._.mentions)
    mark_inside(words, doc._.mentions)
    mark_datelines(words, doc._.mentions)
    return doc


def times(doc: Doc) -> Doc:
    """Dates and durations."""
    article: Article = doc._.article
    doc._.times = find_times(doc._.words, vocabulary(doc.lang_).calendar, article.published)
    for expression in doc._.times:
        for word in doc._.words[expression.first : expression.last + 1]:
            word.tags |= {"future"} if expression.future else set()
    return doc


def predicates(doc: Doc) -> Doc:
    """Verb groups, and the clauses around them."""
    named = {i for m in doc._.mentions for i in range(m.first, m.last + 1) if m.form in ("name", "role")}
    lexicon = vocabulary(doc.lang_)
    found = find_predicates(doc._.words, named, lexicon)
    doc._.clauses = Clauses(doc._.words, doc._.mentions, found, lexicon, gazetteer().demonyms)
    return doc


def sources(doc: Doc) -> Doc:
    """Who says what, through whom."""
    attributions = Attributions(doc._.clauses)
    doc._.sources = Sources(attributions, Speakers(attributions, doc._.quotes))
    return doc


def triggers(doc: Doc) -> Doc:
    """Words that evoke events."""
    # "Ukrainian negotiators", "a U.S. delegation": the noun of a collective may evoke an event, too
    named = {i for m in doc._.mentions for i in range(m.first, m.last + (m.form != "collective"))}
    doc._.triggers = find_triggers(doc._.clauses, named)
    return doc


def arguments(doc: Doc) -> Doc:
    """Who plays which part."""
    stops = frozenset(index for t in doc._.triggers for index in range(t.first, t.last + 1))
    doc._.filled = [fill(trigger, doc._.clauses, stops) for trigger in doc._.triggers]
    sentences = lacking(doc._.filled, doc._.clauses) if parses() else set()
    if sentences and doc.lang_ in available():
        article: Article = doc._.article
        tree = Dependencies(doc.text, article.body.start, doc._.clauses, doc.lang_, sentences)
        for one in doc._.filled:
            one.parsed = tree.fill(one)
    return doc


def drafts(doc: Doc) -> Doc:
    """Claims in the making: agents resolved, times and topics attached, invitations tied to their visits."""
    clauses: Clauses = doc._.clauses
    drafter = Drafter(clauses, doc._.clusters, doc._.sources)
    filled = sorted([*doc._.filled, *social_posts(doc._.sources)], key=lambda one: one.trigger.first)
    parts = (part for one in filled for part in split(one, clauses))
    found = [draft for part in parts if (draft := drafter.draft(part)) is not None]
    attach_callers(found, clauses)
    attach_leaders(found, clauses)
    attach_entrusted(found, clauses)
    attach_delegates(found, clauses)
    found = with_agents(found)
    attach_times(found, doc._.times, clauses)
    found += attach_topics(found, clauses, doc._.sources)
    doc._.drafts = link_concerns(found, clauses)
    return doc


def claims(doc: Doc) -> Doc:
    """Drafts and quotations with spans of the raw article."""
    clauses: Clauses = doc._.clauses
    writer = ClaimWriter(doc._.article.text, clauses, doc._.clusters, Factuality(clauses))
    by_event = {draft.event: draft for draft in reversed(doc._.drafts)}
    doc._.claims = [writer.write(draft, by_event) for draft in doc._.drafts]
    doc._.quotations = []
    for number, quote in enumerate(doc._.quotes):
        source = writer.source(doc._.sources.by_quote[number])
        if doc._.sources.said[number] or quote.last - quote.first + 1 >= _SHORTEST:
            doc._.quotations.append(Quotation(Span(quote.start, quote.end), source))
    return doc


def findings(doc: Doc) -> Doc:
    """What the components left on the document, as values for the next stage."""
    article: Article = doc._.article
    topics = {t.key: t.label for d in doc._.drafts for t in d.topics if t.key.startswith("topic:")}
    doc._.findings = Extraction(
        article=article,
        language=doc.lang_,
        clusters=tuple(
            _cluster(agent, doc)
            for agent in doc._.clusters.agents
            if agent.mentions or agent.kind is EntityKind.STATE
        ),
        claims=tuple(doc._.claims),
        quotations=tuple(doc._.quotations),
        topics=tuple((key, ((doc.lang_, label),)) for key, label in topics.items()),
    )
    return doc


def language_model(doc: Doc) -> Doc:
    """With what a language model adds to the findings, where one is asked."""
    if doc._.reader is None:
        return doc
    words = doc._.words
    spans = [(word_module.span(words, each.first, each.last), each) for each in doc._.times]
    material = Material(
        findings=doc._.findings,
        sentences=tuple(word_module.span(words, first, last) for first, last in doc._.sentences),
        periods=tuple(Grounded(each.period, span) for span, each in spans if each.period),
        durations=tuple(Grounded(each.duration, span) for span, each in spans if each.duration),
        concepts=concepts(doc.lang_),
    )
    found: Extraction = doc._.reader.read(material)
    claims = tuple(c if c.not_stated else replace(c, not_stated=not_stated(c)) for c in found.claims)
    doc._.findings = replace(found, claims=claims)
    return doc


def _cluster(agent: Agent, doc: Doc) -> Cluster:
    article: Article = doc._.article
    spans = [word_module.span(doc._.words, *(m.name or (m.first, m.last))) for m in agent.mentions]
    named = [s for s, m in zip(spans, agent.mentions, strict=True) if m.name is not None]
    surfaces = tuple(dict.fromkeys(s.of(article.text) for s in named))
    titles = [
        Title(span.of(article.text), span)
        for m in agent.mentions
        if m.role is not None and m.title != "person"
        for span in [word_module.span(doc._.words, *m.role)]
    ]
    spelled = [word_module.text(doc._.words[m.name[0] : m.name[1] + 1]) for m in agent.mentions if m.name]
    longest = max(spelled, key=lambda s: (s.count(" "), len(s)), default="")
    name = (
        longest if agent.kind is EntityKind.PERSON and " " in longest else _styled(agent, doc) or agent.name
    )
    located = any(_locates(m) for m in agent.mentions)
    cluster = Cluster(
        key=f"a{agent.number}",
        kind=agent.kind,
        name=name,
        surfaces=surfaces,
        spans=tuple(spans),
        titles=tuple(titles),
        entry=agent.entry.key if agent.entry else None,
    )
    return replace(cluster, located=agent.kind in (EntityKind.PLACE, EntityKind.STATE) and located)


def _locates(mention: Mention) -> bool:
    """Whether a mention says where something is; a capital that acts ("Mosca rifiuta") does not."""
    if mention.inside:
        return False
    capital = mention.kind is EntityKind.STATE or (
        bool(mention.entries) and mention.entries[0].subkind == "capital"
    )
    return mention.prep in _WHERE or (not capital and mention.kind is EntityKind.PLACE)


def _styled(agent: Agent, doc: Doc) -> str:
    """The name of somebody known by title and one name ("papa Francesco", "re Abdullah")."""
    for mention in agent.mentions:
        if (
            mention.name
            and mention.role
            and mention.title in ("religious", "pontiff", "monarch", "royal", "head_of_state")
            and mention.role[1] + 1 == mention.name[0]
        ) and (
            mention.role[0] == mention.role[1]
            and agent.kind is EntityKind.PERSON
            and mention.title != "head_of_state"
        ):
            return word_module.span(doc._.words, mention.role[0], mention.name[1]).of(doc._.article.text)
    return ""
