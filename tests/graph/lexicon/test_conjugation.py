"""Forms of Italian verbs from their principal parts, against the grammar books."""

import pytest

from graph.lexicon.conjugation import PERSONS, Verb, VerbForm, forms
from graph.lexicon.vocabulary import vocabulary


def tense(verb: Verb, name: str) -> tuple[str, ...]:
    """The six forms of a tense, from ho to hanno."""
    told = {each.person: each.form for each in forms(verb) if each.tense == name}
    return tuple(told[person] for person in PERSONS)


def readings(word: str) -> set[tuple[str, str, str]]:
    return {(each.lemma, each.tense, each.person) for each in vocabulary("it").verb_forms.get(word, ())}


@pytest.mark.parametrize(
    ("verb", "name", "expected"),
    [
        (Verb("parlare"), "present", "parlo parli parla parliamo parlate parlano"),
        (Verb("parlare"), "imperfect", "parlavo parlavi parlava parlavamo parlavate parlavano"),
        (Verb("parlare"), "remote", "parlai parlasti parlò parlammo parlaste parlarono"),
        (Verb("parlare"), "future", "parlerò parlerai parlerà parleremo parlerete parleranno"),
        (Verb("parlare"), "conditional", "parlerei parleresti parlerebbe parleremmo parlereste parlerebbero"),
        (Verb("ricevere"), "present", "ricevo ricevi riceve riceviamo ricevete ricevono"),
        (Verb("ricevere"), "future", "riceverò riceverai riceverà riceveremo riceverete riceveranno"),
        (Verb("sentire"), "present", "sento senti sente sentiamo sentite sentono"),
        (Verb("sentire"), "remote", "sentii sentisti sentì sentimmo sentiste sentirono"),
    ],
)
def test_a_regular_verb_follows_its_conjugation(verb: Verb, name: str, expected: str) -> None:
    assert tense(verb, name) == tuple(expected.split())


def test_a_verb_of_the_isc_class_has_it_where_the_stem_is_stressed() -> None:
    verb = Verb("riferire", isc=True)
    assert tense(verb, "present") == tuple(
        "riferisco riferisci riferisce riferiamo riferite riferiscono".split()
    )
    assert VerbForm("riferisca", "riferire", "subjunctive", "3s") in set(forms(verb))


def test_the_present_subjunctive_of_are_ends_in_i_and_of_the_others_in_a() -> None:
    assert VerbForm("parlino", "parlare", "subjunctive", "3p") in set(forms(Verb("parlare")))
    assert VerbForm("ricevano", "ricevere", "subjunctive", "3p") in set(forms(Verb("ricevere")))


@pytest.mark.parametrize(
    ("lemma", "form"),
    [
        ("cercare", "cerchiamo"),
        ("cercare", "cercherà"),
        ("spiegare", "spieghi"),
        ("spiegare", "spiegherebbe"),
        ("annunciare", "annunci"),
        ("annunciare", "annuncerà"),
        ("viaggiare", "viaggeranno"),
        ("viaggiare", "viaggiamo"),
        ("studiare", "studierà"),
        ("studiare", "studiamo"),
    ],
)
def test_a_verb_in_are_keeps_its_sound_before_e_and_i(lemma: str, form: str) -> None:
    assert form in {each.form for each in forms(Verb(lemma))}


@pytest.mark.parametrize("wrong", ["cerciamo", "cercerà", "annuncierà", "annuncii", "studiiamo"])
def test_a_spelling_that_breaks_the_rule_is_no_form(wrong: str) -> None:
    verbs = (Verb("cercare"), Verb("annunciare"), Verb("studiare"))
    assert wrong not in {each.form for verb in verbs for each in forms(verb)}


@pytest.mark.parametrize(
    ("lemma", "participles", "gerund"),
    [
        ("parlare", {"parlato", "parlata", "parlati", "parlate"}, "parlando"),
        ("ricevere", {"ricevuto", "ricevuta", "ricevuti", "ricevute"}, "ricevendo"),
        ("sentire", {"sentito", "sentita", "sentiti", "sentite"}, "sentendo"),
    ],
)
def test_participles_agree_in_gender_and_number_and_the_gerund_does_not(
    lemma: str, participles: set[str], gerund: str
) -> None:
    told = list(forms(Verb(lemma)))
    assert {each.form for each in told if each.tense == "participle"} == participles
    assert {each.form for each in told if each.tense == "gerund"} == {gerund}
    assert {each.person for each in told if each.tense == "participle"} == {"s", "p"}


def test_an_infinitive_may_lose_its_last_vowel() -> None:
    told = {each.form for each in forms(Verb("parlare")) if each.tense == "infinitive"}
    assert told == {"parlare", "parlar"}


def test_a_strong_remote_past_is_strong_in_three_persons_alone() -> None:
    verb = Verb("chiedere", participle="chiesto", remote="chiese")
    assert tense(verb, "remote") == ("chiesi", "chiedesti", "chiese", "chiedemmo", "chiedeste", "chiesero")


def test_a_contracted_infinitive_takes_gerund_and_imperfect_from_its_long_stem() -> None:
    verb = Verb("proporre", participle="proposto", remote="propose", imperfect="propone", future="proporr")
    told = set(forms(verb))
    assert VerbForm("proponendo", "proporre", "gerund") in told
    assert VerbForm("proponeva", "proporre", "imperfect", "3s") in told
    assert VerbForm("proporranno", "proporre", "future", "3p") in told
    assert VerbForm("proposte", "proporre", "participle", "p") in told


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("ha", ("avere", "present", "3s")),
        ("ho", ("avere", "present", "1s")),
        ("era", ("essere", "imperfect", "3s")),
        ("sarebbe", ("essere", "conditional", "3s")),
        ("sia", ("essere", "subjunctive", "3s")),
        ("fosse", ("essere", "subjunctive", "3s")),
        ("disse", ("dire", "remote", "3s")),
        ("dicendo", ("dire", "gerund", "")),
        ("verrà", ("venire", "future", "3s")),
        ("dovrebbero", ("dovere", "conditional", "3p")),
        ("visti", ("vedere", "participle", "p")),
        ("fece", ("fare", "remote", "3s")),
        ("andrebbe", ("andare", "conditional", "3s")),
    ],
)
def test_an_irregular_form_of_the_tables_is_known(word: str, reading: tuple[str, str, str]) -> None:
    assert reading in readings(word)


def test_tense_and_person_tell_forms_apart_that_differ_by_an_accent() -> None:
    assert ("telefonare", "present", "1s") in readings("telefono")
    assert readings("telefonò") == {("telefonare", "remote", "3s")}


def test_a_form_with_two_readings_gives_both() -> None:
    assert {"1s", "3p"} <= {person for lemma, _, person in readings("sono") if lemma == "essere"}
