"""What `vekha read` and `vekha deadline` tell a person and a program."""
import unittest

from program import answer, run


class DeadlineCommand(unittest.TestCase):
    def test_a_person_is_told_in_russian(self):
        told = run("deadline", "1 раз в полугодие", "--period", "2021-01-01..2021-12-31").stdout
        self.assertEqual(
            told,
            "Срок «1 раз в полугодие»: повторяется, раз в полугодие, 01.01.2021 – 31.12.2021.\n"
            "Контрольные сроки (2):\n  01.01.2021 – 30.06.2021\n  01.07.2021 – 31.12.2021\n",
        )
        told = run("deadline", "апрель", "--period", "2021-01-01..2022-12-31").stdout
        self.assertEqual(
            told,
            "Срок «апрель»: месяц. Можно понять по-разному.\n"
            "  возможно: С 1 апреля 2021 г. по 30 апреля 2021 г. (год не назван).\n"
            "  возможно: С 1 апреля 2022 г. по 30 апреля 2022 г. (год не назван).\n"
            "  возможно: Каждый год плана.\n",
        )

    def test_the_year_of_a_band_row_is_an_option(self):
        read = answer("deadline", "апрель", "--period", "2021-01-01..2022-12-31", "--context-year", "2022")
        self.assertEqual((read["kind"], read["start"], read["end"]), ("month", "2022-04-01", "2022-04-30"))


if __name__ == "__main__":
    unittest.main()
