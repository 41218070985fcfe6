"""Prospects: whether a date without a year or week is yet to come, by the words around it."""

from graph.extraction.words import Word

# Ends of Italian infinitives, with their pronouns.
_INFINITIVE = ("re", "rsi", "rlo", "rla", "rli", "rle", "rgli", "rne")


def scheduled(words: list[Word], index: int) -> bool:
    """ "Previsto per martedì", "set for Tuesday": what is for a day is yet to come."""
    before = [word.value for word in words[max(0, index - 2) : index] if word.cls in ("prep", "det")]
    return "per" in before


def to_come(words: list[Word], index: int) -> bool:
    """Whether the verb nearest to a date in its sentence, before it if there is one, is yet to come.

    So are a future, a conditional of the present, and an infinitive that depends on another verb.
    """
    sentence = words[index].sentence
    for indices in (range(index - 1, -1, -1), range(index + 1, len(words))):
        for place in indices:
            word = words[place]
            if word.sentence != sentence or word.text in (";", ":") or word.cls in ("rel", "sub"):
                break
            tenses = {form.tense for form in word.forms}
            if tenses & {"future", "conditional"}:
                return not _perfect(words, place)
            if "infinitive" in tenses:
                if not place or _governed(words, place):
                    return not _perfect(words, place)
                modal = {form.tense for form in words[place - 1].forms}
                if not modal:
                    continue  # "by phone": a noun
                return not modal & {"remote", "imperfect", "participle"} and not _perfect(words, place)
            if tenses - {"gerund", "infinitive"} and not word.cls:
                return any(
                    form.tense == "future" for w in words[max(0, place - 2) : place] for form in w.forms
                )
    return False


def _governed(words: list[Word], place: int) -> bool:
    """Whether a preposition makes an infinitive of a word ("to meet", "di recarsi"; not "by phone")."""
    before, word = words[place - 1], words[place].lower
    return before.lower == "to" or (before.value in ("a", "di", "per") and word.endswith(_INFINITIVE))


def _perfect(words: list[Word], place: int) -> bool:
    """Whether an auxiliary at a word makes a perfect ("avrebbe incontrato", "aver parlato")."""
    following = words[place + 1 : place + 3]
    auxiliary = {form.lemma for form in words[place].forms} & {"avere", "essere", "have"}
    return bool(auxiliary) and any(form.tense == "participle" for word in following for form in word.forms)
