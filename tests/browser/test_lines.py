"""Lines that eyes can follow: 45 to 80 letters in running text, whatever font the reader has."""


def test_a_full_line_of_text_has_45_to_80_letters(visits) -> None:
    visits.check(
        "lines", "desk", kinds=["entry, member", "remedy", "condition", "grading"], least=1000
    )
