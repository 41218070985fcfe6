"""Texts with marks: excerpts around spans, overlaps cut into segments, nothing shown that should not be."""

from hypothesis import given
from hypothesis import strategies as st

from server.portraits.passages import CONTEXT, PART, Mark, Piece, excerpts, parted, passages, pieces

FILLING = "Altro che non importa a nessuno, e molto. " * 20
TEXT = f"Anna Verdi ha telefonato a Piero Bruni. {FILLING}Fine della storia."


def shown(text: str, marks: list[Mark]) -> str:
    """Everything that is shown of a text, the gaps as a bar."""
    found = passages(excerpts(text, marks), marks, len(text))
    return "|".join("".join(segment.text for segment in passage.segments) for passage in found)


def test_an_excerpt_shows_the_marked_words_and_little_more() -> None:
    marks = [Mark(0, 10), Mark(len(TEXT) - 6, len(TEXT))]
    text = shown(TEXT, marks)
    assert text.startswith("Anna Verdi ha telefonato")
    assert text.endswith("storia.")
    assert text.count("|") == 1
    assert len(text) < 20 + 2 * (CONTEXT + 21) + 10


def test_close_marks_share_one_excerpt() -> None:
    assert "|" not in shown(TEXT, [Mark(0, 4), Mark(27, 38)])


def test_overlapping_marks_are_cut_where_they_begin_and_end() -> None:
    marks = [Mark(0, 10, ("actor",)), Mark(5, 24, ("trigger",))]
    segments = passages([Piece(0, TEXT)], marks, len(TEXT))[0].segments
    assert [(segment.text, segment.kinds) for segment in segments[:3]] == [
        ("Anna ", ("actor",)),
        ("Verdi", ("actor", "trigger")),
        (" ha telefonato", ("trigger",)),
    ]


def test_each_span_has_its_anchor_once() -> None:
    marks = [Mark(0, 10), Mark(0, 4), Mark(5, 24)]
    segments = passages([Piece(0, TEXT)], marks, len(TEXT))[0].segments
    anchors = [anchor for segment in segments for anchor in segment.anchors]
    assert sorted(anchors) == ["0,10", "0,4", "5,24"]


def test_what_is_left_out_is_told() -> None:
    marks = [Mark(300, 305)]
    first = passages(excerpts(TEXT, marks), marks, len(TEXT))[0]
    assert first.cut_before
    assert first.cut_after
    whole = passages([Piece(0, TEXT)], marks, len(TEXT))[0]
    assert not whole.cut_before
    assert not whole.cut_after


def test_pieces_that_overlap_become_one() -> None:
    joined = pieces([Piece(4, "efgh"), Piece(0, "abcdef"), Piece(20, "u")])
    assert joined == [Piece(0, "abcdefgh"), Piece(20, "u")]


SPANS = st.lists(st.tuples(st.integers(0, 199), st.integers(1, 40)), max_size=12)


@given(text=st.text(min_size=240, max_size=300), spans=SPANS)
def test_every_marked_word_is_shown_as_it_stands(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(start, start + length) for start, length in sorted(set(spans))]
    seen: dict[Mark, str] = {}
    end = -1
    for passage in passages(excerpts(text, marks), marks, len(text)):
        for segment in passage.segments:
            assert segment.text in text
            for mark in segment.marks:
                seen[mark] = seen.get(mark, "") + segment.text
    for mark in marks:
        assert seen[mark] == text[mark.start : mark.end]
    for piece in excerpts(text, marks):
        assert piece.start > end
        end = piece.end


def test_a_long_text_comes_in_parts_cut_between_words() -> None:
    text = ("una frase di prova. " * 4000).strip()
    parts = parted([Piece(0, text)])
    assert len(parts) > 2
    assert "".join(piece.text for part in parts for piece in part) == text
    for part in parts:
        assert sum(len(piece.text) for piece in part) <= PART
        assert all(text[piece.start : piece.end] == piece.text for piece in part)
    assert all(part[-1].text.endswith(" ") for part in parts[:-1])


def test_excerpts_fill_parts_in_order_and_a_short_text_is_one() -> None:
    pieces_of_text = [Piece(number * 1000, "x" * 900) for number in range(50)]
    parts = parted(pieces_of_text)
    assert [piece for part in parts for piece in part] == pieces_of_text
    assert max(sum(len(piece.text) for piece in part) for part in parts) <= PART
    assert parted([Piece(5, "kurz")]) == [[Piece(5, "kurz")]]
    assert parted([]) == [[]]


def test_a_text_without_a_space_is_cut_anyway() -> None:
    parts = parted([Piece(0, "x" * (2 * PART + 5))])
    assert [len(part[0].text) for part in parts] == [PART, PART, 5]
