"""Readings: which verb form a word is at its place, or none; a word that can be a noun is mostly one."""

from collections.abc import Sequence

from graph.extraction.words import NON_FINITE, Word
from graph.lexicon.conjugation import VerbForm
from graph.lexicon.vocabulary import Vocabulary

# Which reading of an ambiguous form is the likeliest ("parla" is present before it is imperative or
# subjunctive).
_LIKELIEST = "present remote imperfect future conditional infinitive gerund participle subjunctive".split()


class Readings:
    """Reads the words of one article."""

    def __init__(self, words: list[Word], vocabulary: Vocabulary) -> None:
        self.words = words
        self.vocabulary = vocabulary
        self.lists = vocabulary.lists

    def of(self, index: int) -> VerbForm | None:
        """The verb form that the word is here, or None when it is no verb here."""
        word = self.words[index]
        if not word.forms or word.cls in ("prep", "rel", "conj", "num"):
            return None
        before = self.words[index - 1] if index else None
        if before is not None and before.sentence == word.sentence:
            auxiliary = any(form.lemma in self.vocabulary.auxiliaries for form in word.forms)
            if auxiliary and before.lower in self.lists.infinitive_markers:  # "to have met"
                infinitive = next((form for form in word.forms if form.tense == "infinitive"), None)
                if infinitive is not None:
                    return infinitive
            if not auxiliary and word.capital and before.text not in '"«“-:':
                return None
            if not auxiliary and word.lower in self.vocabulary.noun_frames and _nominal_before(before):
                return None
            if not auxiliary and (self._carried(word, before) or self._governed(word, before)):
                return None
            if not auxiliary and before.cls in ("det", "poss", "num", "prep"):
                return self._behind_determiner(word, before)
        else:
            before = None
        if self._noun(index, before) or self._no_verb(word):
            return None
        after = self.words[index + 1] if index + 1 < len(self.words) else None
        participle = [form for form in word.forms if form.tense == "participle"]
        if participle and after is not None and after.value == "da" and len(word.forms) > 1:
            return participle[0]
        chosen = self._choose(word.forms, word)
        marked = not self.lists.infinitive_markers or chosen is None or chosen.tense != "infinitive"
        return chosen if marked else None

    def _behind_determiner(self, word: Word, before: Word) -> VerbForm | None:
        """Behind "la" a verb when "la" is a pronoun ("la incontra"), behind a preposition an infinitive."""
        finite = [form for form in word.forms if form.tense not in NON_FINITE]
        if before.lower in self.lists.object_clitics:
            # "La parte": a verb without an object has no pronoun for one before it.
            finite = [form for form in finite if form.lemma not in self.lists.unaccusatives]
        clitic = before.cls == "det" and before.lower in self.lists.verbal_clitics
        noun = word.lower in self.vocabulary.noun_frames or word.lower in self.lists.leading_nouns
        if clitic and finite and not noun:
            return self._choose(finite, word)
        markers = self.lists.infinitive_markers
        wanted = "infinitive" if not markers or before.lower in markers else "gerund"
        governed = [form for form in word.forms if form.tense == wanted]
        if markers and not governed:  # "looks forward to seeing"
            governed = [form for form in word.forms if form.tense == "gerund"]
        return governed[0] if governed and before.cls == "prep" else None

    def _carried(self, word: Word, before: Word) -> bool:
        """ "Faranno visita": a noun without article behind the verb that carries it."""
        noun = word.lower in self.vocabulary.noun_frames
        verbs = {form.lemma for form in before.forms if form.tense != "participle"}
        finite = any(form.tense not in NON_FINITE for form in word.forms)
        light = not verbs.isdisjoint(self.vocabulary.lists.light_verbs)
        return noun and light and finite and all(form.tense != "participle" for form in word.forms)

    def _governed(self, word: Word, before: Word) -> bool:
        """ "Received calls", "riceverà visite": right behind a full verb what can be a noun is one."""
        noun = word.lower in self.vocabulary.noun_frames
        full = bool(before.forms) and not before.cls
        lemmas = {form.lemma for form in before.forms}
        return noun and full and not before.capital and lemmas.isdisjoint(self.vocabulary.auxiliaries)

    def _no_verb(self, word: Word) -> bool:
        """Whether a word is a verb only in the subjunctive, which "colloqui" and "inviti" hardly ever are."""
        moods = {form.tense for form in word.forms if form.person[:1] != "2"}
        return moods == {"subjunctive"} and word.lower in self.vocabulary.noun_frames

    def _noun(self, index: int, before: Word | None) -> bool:
        """Whether a word that can be a noun is one by what follows ("incontro tra", "visita di")."""
        after = self.words[index + 1] if index + 1 < len(self.words) else None
        if after is None or self.words[index].lower not in self.vocabulary.noun_frames:
            return False
        followed = after.cls == "prep" and after.value in ("tra", "con", "di")
        kinds = (
            {self.vocabulary.auxiliary(form.lemma) for form in before.forms} if before is not None else set()
        )
        return followed and kinds.isdisjoint(("have", "be"))

    def _choose(self, forms: Sequence[VerbForm], word: Word) -> VerbForm | None:
        """The likeliest reading; no bare first person of the present outside a quotation ("incontro")."""
        quoted = word.quote >= 0
        fitting = [
            form
            for form in forms
            if form.person[:1] != "2"
            and (
                quoted
                or form.person[:1] != "1"
                or form.tense != "present"
                or self.vocabulary.auxiliary(form.lemma) not in ("", "modal")
            )
        ]
        return min(
            fitting,
            key=lambda form: (not quoted and form.person[:1] == "1", _LIKELIEST.index(form.tense)),
            default=None,
        )


def _nominal_before(before: Word) -> bool:
    return before.cls in ("det", "prep", "poss", "num") or (
        not before.cls and not before.forms and not before.capital and before.alphabetic
    )
