"""One annotation scheme for Italian treebanks that follow Universal Dependencies to different depths.

PUD writes no VerbForm and Clitic, ParlaMint no passive and no relative clause, PUD and ParlaMint neither
flat:name nor obl:agent, TWITTIRO subtypes of its own. Left alone, the model would learn a mixture of schemes;
the rules below say in the terms of the larger treebanks what the others leave out. They read nothing but the
sentence and what `transitive` has counted.
"""

from __future__ import annotations

from collections.abc import Iterable

from treebanks import Sentence, Word

#: Relations of tweets that are the plain relation everywhere else.
_PLAIN = {"vocative:mention", "discourse:emo", "obl:tmod", "csubj:pass", "nsubj:outer"}
_VERB_FORMS = {"VBC": "Fin", "VBN": "Part", "VB": "Inf", "VBG": "Ger"}
_DEFINITE = {"il", "lo", "la", "i", "gli", "le", "l'", "l’"}
_INDEFINITE = {"un", "uno", "una", "un'", "un’"}
_CLITICS = set("mi ti si ci vi lo la li le gli ne l' l’ s' c' m' se".split())
#: Gender and number of a past participle by its last letter.
_ENDINGS = {"o": ("Masc", "Sing"), "a": ("Fem", "Sing"), "i": ("Masc", "Plur"), "e": ("Fem", "Plur")}
_ELIDED = {"l'", "l’"}
#: Features the larger treebanks do not write.
_SCHEME = ("Voice", "Aspect", "Number[psor]", "ExtPos", "Typo")


def transitive(sentences: Iterable[Sentence]) -> frozenset[str]:
    """Lemmas seen with the auxiliary "avere": with "essere" their participle is a passive."""
    return frozenset(
        sentence.words[word.head].lemma
        for sentence in sentences
        for word in sentence.words
        if word.upos == "AUX" and word.lemma == "avere"
    )


def italian(sentence: Sentence, with_avere: frozenset[str]) -> None:
    """Brings one sentence to the common scheme, in place; its passives too if it is of a treebank that marks
    none, for which `with_avere` is not empty."""
    children: list[list[Word]] = [[] for _ in sentence.words]
    for index, word in enumerate(sentence.words):
        if word.head != index:
            children[word.head].append(word)
    for index, word in enumerate(sentence.words):
        _features(word)
        if word.deprel.startswith("parataxis") or word.deprel in _PLAIN:
            word.deprel = word.deprel.split(":")[0]
        elif word.deprel == "flat" and word.upos == "PROPN":
            word.deprel = "flat:name"
        elif word.deprel == "det" and word.feats.get("Poss") == "Yes":
            word.deprel = "det:poss"
        elif word.deprel == "acl" and _relative(sentence, index):
            word.deprel = "acl:relcl"
    for index, word in enumerate(sentence.words):
        _passive(word, children[index], with_avere)
    for index, word in enumerate(sentence.words):
        verb = sentence.words[word.head]
        by = any(child.deprel == "case" and child.lemma == "da" for child in children[index])
        done = any(child.deprel == "aux:pass" for child in children[word.head]) or verb.deprel == "acl"
        person = word.upos in {"NOUN", "PROPN", "PRON"}
        if word.deprel == "obl" and by and done and person and verb.feats.get("VerbForm") == "Part":
            word.deprel = "obl:agent"


def _features(word: Word) -> None:
    form, feats = word.form.lower(), word.feats
    if word.deprel == "det:poss":
        kept = {name: value for name, value in feats.items() if name in {"Gender", "Number"}}
        kept.update(Poss="Yes", PronType="Prs")
        word.upos, word.feats = "DET", kept
    elif word.upos in {"VERB", "AUX"} and word.xpos in _VERB_FORMS:
        _verb(word)
    elif word.upos == "DET" and feats.get("PronType") == "Art" and form in _DEFINITE | _INDEFINITE:
        feats["Definite"] = "Def" if form in _DEFINITE else "Ind"
        if form in _ELIDED:
            feats.pop("Gender", None)
    elif word.upos == "PRON":
        _pronoun(word)
    elif word.upos == "PROPN":
        feats.clear()
    elif word.upos == "NUM":
        word.feats = {"NumType": "Card"}
    elif word.upos == "ADJ" and word.lemma.endswith("e"):
        feats.pop("Gender", None)
    elif word.upos == "NOUN" and word.lemma.endswith(("à", "è", "é", "ì", "ò", "ù")):
        feats.pop("Number", None)
    for name in _SCHEME:
        word.feats.pop(name, None)


def _verb(word: Word) -> None:
    """The finite and other forms of PUD, told by its own tags."""
    feats = word.feats
    feats.setdefault("VerbForm", _VERB_FORMS[word.xpos])
    if feats["VerbForm"] == "Part" and feats.get("Tense") == "Past" and word.form[-1] in _ENDINGS:
        feats["Gender"], feats["Number"] = _ENDINGS[word.form[-1]]
    if feats.get("Aspect") == "Imp" and feats.get("Tense") == "Past":
        feats["Tense"] = "Imp"


def _pronoun(word: Word) -> None:
    form, feats = word.form.lower(), word.feats
    if form in _CLITICS and word.deprel.split(":")[0] in {"obj", "iobj", "expl"}:
        feats.update(Clitic="Yes", PronType="Prs")
        feats.pop("Case", None)
        if form in {"si", "s'", "se"}:
            feats.pop("Number", None)
    elif form in {"che", "cui"} and not feats.get("PronType"):
        word.feats = {"PronType": "Rel"}


def _relative(sentence: Sentence, clause: int) -> bool:
    """Whether a relative pronoun stands in the clause, at most two steps under its head."""
    words = sentence.words
    return any(
        word.feats.get("PronType") == "Rel" and clause in {word.head, words[word.head].head}
        for word in words[:clause]
    )


def _passive(verb: Word, children: list[Word], with_avere: frozenset[str]) -> None:
    auxiliaries = [word for word in children if word.deprel == "aux"]
    if verb.upos == "VERB" and verb.feats.get("VerbForm", "Part") == "Part" and auxiliaries:
        plain = not any(word.lemma == "avere" or word.deprel.startswith("expl") for word in children)
        double = [word for word in auxiliaries if word.form.lower() in {"stato", "stata", "stati", "state"}]
        come = [word for word in auxiliaries if word.lemma == "venire"]
        simple = [word for word in auxiliaries if word.lemma == "essere" and verb.lemma in with_avere]
        for word in (double or come or simple)[-1:] if plain or double or come else []:
            word.deprel = "aux:pass"
    passive = any(word.deprel == "aux:pass" for word in children)
    for word in children:
        if passive and word.deprel == "nsubj":
            word.deprel = "nsubj:pass"
