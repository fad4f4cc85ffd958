#include <doctest/doctest.h>

#include "reading.h"

using namespace vekha;
using namespace vekha::ingest;

TEST_CASE("sections, items and their cells are read from rows with a TAB between cells") {
  const ReadResult result = read_rows(
      "1. Документы Задача: собрать их\t\t\t\n"
      "1.1.\tСоставить положение\tмарт 2024\tМетодисты\n"
      "1.2.\tУтвердить положение\tапрель 2024\tДиректор\n"
      "<b>II. Обучение</b>\t\t\t\n"
      "2.1\tПровести семинар\tмай 2024\tТьюторы\n");
  CHECK(numbers(result) == "1.1, 1.2 | 2.1");
  CHECK(result.roadmap.title == "План работы на 2024 год");
  CHECK(to_iso(result.roadmap.period->end) == "2024-12-31");
  const auto& sections = result.roadmap.sections;
  CHECK(sections[0].number == "1");
  CHECK(sections[0].title == "Документы");
  CHECK(sections[0].task == "собрать их");
  CHECK(sections[1].number == "II");
  CHECK(sections[1].title == "Обучение");
  CHECK(sections[0].items[1].title == "Утвердить положение");
  CHECK(sections[0].items[1].responsible_text == "Директор");
  CHECK(sections[0].items[1].where.line == 6);
  CHECK(sections[0].items[1].where.column == 1);
}

TEST_CASE("a file with one cell a line is read the same, blank lines inside a row included") {
  const ReadResult result = read_plan(
      "План на 2024 год\n\n\t№\n\tМероприятия\n\tСроки\n\tОтветственные\n\n\t\n\tДокументы\n\n"
      "\t1\n\tСоставить\nположение\n\n\tмарт 2024\n\tМетодисты\nТьюторы\n\n"
      "\t2\n\tУтвердить\n\tапрель 2024\n\tДиректор\n\n\t\n\tОбучение\n\n\t1\n\tСеминар\n\tмай 2024\n\tТьюторы\n");
  CHECK(numbers(result) == "1, 2 | 1");
  CHECK(result.roadmap.sections[0].title == "Документы");
  CHECK(result.roadmap.sections[0].items[0].title == "Составить положение");
  CHECK(result.roadmap.sections[0].items[0].deadline.text == "март 2024");
  CHECK(result.roadmap.sections[0].items[0].responsible.size() == 2);
  CHECK(told(result, "blank-line-in-row") ==
        "15:2 Внутри строки таблицы стоит пустая строка; половины строки соединены.");
  CHECK(told(result, "number-restart") == "27:2 В разделе «Обучение» нумерация пунктов начата заново с 1.");
}

TEST_CASE("a flat plan has one section with an empty title") {
  const ReadResult result = read_rows("1.\tСеминар\tмай 2024\tТьюторы\n2.\tКруглый стол\tиюнь 2024\tТьюторы\n");
  CHECK(numbers(result) == "1, 2");
  CHECK(result.roadmap.sections[0].title.empty());
  CHECK(result.roadmap.sections[0].number.empty());
}

TEST_CASE("the halves of a row cut by a page are joined with a blank, a cut word is told") {
  const ReadResult result = read_rows(
      "1.1\tПровести слёты,\tмай 2024\tспециалист по социально-\n\n"
      "\tсеминары и выставки\t\tпедагогической работе\n1.2\tОтчёт\tиюнь 2024\tДиректор\n");
  REQUIRE(numbers(result) == "1.1, 1.2");
  const auto& item = result.roadmap.sections[0].items[0];
  CHECK(item.title == "Провести слёты, семинары и выставки");
  CHECK(item.responsible_text == "специалист по социально- педагогической работе");
  CHECK(item.responsible.size() == 1);
  CHECK(told(result, "row-joined") ==
        "6:1 Строка без номера продолжает пункт 1.1, разрезанный страницей; половины соединены.");
  CHECK(told(result, "cut-at-hyphen") ==
        "6:23 Разрез страницы пришёлся на дефис: «социально-» и «педагогической» соединены через пробел.");
}

TEST_CASE("gaps, repeats and numbers of another section are kept and told") {
  const ReadResult result = read_rows(
      "1. Документы\t\t\t\n1.1\tСлёт\tмай 2024\tДиректор\n1.4\tСбор\tмай 2024\tДиректор\n"
      "1.4\tПоход\tмай 2024\tДиректор\n1.2\tВыставка\tмай 2024\tДиректор\n3. Обучение\t\t\t\n"
      "2.1\tСеминар\tмай 2024\tДиректор\n");
  CHECK(numbers(result) == "1.1, 1.4, 1.4, 1.2 | 2.1");
  CHECK(told(result, "number-gap") == "6:1 После пункта 1.1 идёт 1.4: пунктов 1.2–1.3 нет.");
  CHECK(told(result, "number-twice") == "7:1 Номер 1.4 стоит у двух пунктов.");
  CHECK(told(result, "number-order") == "8:1 После пункта 1.4 идёт пункт 1.2.");
  CHECK(told(result, "section-gap") == "9:1 После раздела 1 идёт раздел 3.");
  CHECK(told(result, "number-of-other-section") == "10:1 Пункт 2.1 стоит в разделе 3.");
}

TEST_CASE("a row that is whole but has no number is an item of its own") {
  const ReadResult result = read_rows("1.\tСлёт\tмай 2024\tДиректор\n\tСбор\tиюнь 2024\tДиректор\n");
  CHECK(numbers(result) == "1, ");
  CHECK(told(result, "number-missing") == "5:2 У пункта «Сбор» нет номера.");
}

TEST_CASE("an empty column that only some rows have is left out of them") {
  const ReadResult result = read_plan(
      "План на 2024 год\n\n№\tМероприятия\tСроки\tПоказатели\tОтветственные\tВыполнение\n"
      "1.\tСлёт\tмай 2024\tНе менее 5 человек\tДиректор\t\n"
      "2.\tСбор\tмай 2024\tНе менее 6 человек\t\tТьюторы\t\n"
      "3.\tПоход\tмай 2024\tНе менее 7 человек\t\tМетодисты\tВыполнено\n");
  CHECK(result.roadmap.sections[0].items[1].responsible_text == "Тьюторы");
  CHECK(result.roadmap.sections[0].items[2].mark_text == "Выполнено");
  CHECK(told(result, "extra-column") ==
        "5:1 В строках таблицы лишняя пустая графа перед графой «Ответственные»; она пропущена.");
}

TEST_CASE("a row with more cells than columns keeps its words in the last column") {
  const ReadResult result = read_rows("1.\tСлёт\tмай 2024\tДиректор\tТьюторы\n");
  CHECK(result.roadmap.sections[0].items[0].responsible_text == "Директор Тьюторы");
  CHECK(told(result, "extra-cell") == "4:1 В строке 5 ячеек, а граф 4; лишние слова присоединены к последней графе.");
}

TEST_CASE("a row with fewer cells than columns is read with empty ones") {
  const ReadResult result = read_rows("1.\tСлёт\tмай 2024\n");
  CHECK(told(result, "short-row") == "4:1 В строке 3 ячеек из 4; недостающие считаются пустыми.");
  CHECK(told(result, "responsible-empty") == "4:1 У пункта 1 не названы ответственные.");
}

TEST_CASE("column numbers, Markdown rules and repeated heads are no items") {
  const ReadResult result = read_rows(
      "1\t2\t3\t4\n1.\tСлёт\tмай 2024\tДиректор\n---\t---\t---\t---\n№\tМероприятия\tСроки\tОтветственные\n"
      "2.\tСбор\tмай 2024\tДиректор\n");
  CHECK(numbers(result) == "1, 2");
  CHECK(told(result, "column-numbers") == "4:1 Под заголовками стоит строка с номерами граф; она пропущена.");
  CHECK(told(result, "markdown-rule") ==
        "6:1 Среди строк таблицы стоит черта из дефисов, след разметки Markdown; она пропущена.");
  CHECK(told(result, "head-repeated") == "7:1 Заголовки граф повторены в середине таблицы; строка пропущена.");
}

TEST_CASE("a numbered line between two halves of the table is a section, other text is only told") {
  const ReadResult result = read_rows(
      "1. Документы\t\t\t\n1.1\tСлёт\tмай 2024\tДиректор\n\n2. Обучение\n\n2.1\tСбор\tмай 2024\tДиректор\n\n"
      "Продолжение таблицы\n\n2.2\tПоход\tмай 2024\tДиректор\n");
  CHECK(numbers(result) == "1.1 | 2.1, 2.2");
  CHECK(told(result, "section-outside-table") ==
        "7:1 Заголовок раздела «2. Обучение» стоит вне таблицы; он прочитан как раздел.");
  CHECK(told(result, "text-in-table") ==
        "11:1 Между строками таблицы стоит текст «Продолжение таблицы»; ни к одному пункту он не отнесён.");
}

TEST_CASE("sections numbered now in Arabic, now in Roman figures are told once") {
  const ReadResult result = read_rows(
      "1. Слёты\t\t\t\n1.1\tСлёт\tмай 2024\tДиректор\nII. Сборы\t\t\t\n2.1\tСбор\tмай 2024\tДиректор\n"
      "III. Походы\t\t\t\n3.1\tПоход\tмай 2024\tДиректор\n");
  CHECK(told(result, "section-number-style") ==
        "6:1 Разделы пронумерованы то арабскими, то римскими цифрами; номера оставлены как напечатаны.");
  CHECK(told(result, "section-gap").empty());
}

TEST_CASE("a column that nobody can name is told") {
  const ReadResult result = read_plan(
      "План на 2024 год\n\n№\tМероприятия\tСроки\tОтветственные\tЗаметки\n1.\tСлёт\tмай 2024\tДиректор\tда\n");
  CHECK(told(result, "column-not-read") ==
        "3:35 Что стоит в графе «Заметки», по её заголовку не понять; графа не прочитана.");
}

TEST_CASE("a section without items and a table without any are told") {
  CHECK(told(read_rows("1. Слёты\t\t\t\n2. Сборы\t\t\t\n2.1\tСбор\tмай 2024\tДиректор\n"), "section-empty") ==
        "4:1 В разделе «Слёты» нет ни одного пункта.");
  CHECK(told(read_rows(""), "no-items") == "3:1 В таблице мероприятий нет ни одного пункта.");
}

TEST_CASE("quotes and brackets left open and words typed twice are told, never mended") {
  const ReadResult result = read_rows(
      "1.\tКонкурс «Учитель «Года»\tмай 2024\tДиректор\n2.\tСлёт (юных\tмай 2024\tДиректор\n"
      "3.\tСбор итогов работы итогов работы школ\tмай 2024\tДиректор\n4.\tПоход»\tмай 2024\tДиректор\n");
  CHECK(result.roadmap.sections[0].items[2].title == "Сбор итогов работы итогов работы школ");
  CHECK(told(result, "unclosed-quote") ==
        "4:1 В тексте пункта 1 не закрыты кавычки: «…» открыто больше раз, чем закрыто.\n"
        "7:1 В тексте пункта 4 кавычки закрыты больше раз, чем открыты.");
  CHECK(told(result, "unclosed-bracket") == "5:1 В тексте пункта 2 не закрыта скобка.");
  CHECK(told(result, "repeated-words") == "6:1 В тексте пункта 3 слова «итогов работы» стоят дважды подряд.");
}

TEST_CASE("a list of parties that breaks off at a semicolon may belong to two items") {
  const ReadResult result = read_rows("1.\tСлёт\tмай 2024\t- директор; - методист;\n2.\tСбор\tмай 2024\t- тьюторы\n");
  CHECK(told(result, "cell-goes-on") ==
        "4:1 Перечень ответственных пункта 1 обрывается на «;»: может быть, он общий с пунктом 2. Перечни оставлены "
        "как напечатаны.");
}

TEST_CASE("one party in several spellings is told once with all of them") {
  const ReadResult result = read_rows(
      "1.\tСлёт\tмай 2024\tРощина А.Б., методист МБУ ДПО «Мост»\n2.\tСбор\tмай 2024\tРощина А.Б. методист ДПО «Мост»\n"
      "3.\tПоход\tмай 2024\tтьюторы\n4.\tБал\tмай 2024\tТьюторы\n");
  CHECK(told(result, "party-spellings") ==
        "4:1 Один человек записан по-разному: Рощина А.Б., методист МБУ ДПО «Мост» | Рощина А.Б. методист ДПО «Мост».\n"
        "6:1 Один исполнитель записан по-разному: тьюторы | Тьюторы.");
  CHECK(told(result, "organization-spellings") ==
        "4:1 Одна организация записана по-разному: МБУ ДПО «Мост» | ДПО «Мост».");
}

TEST_CASE("time words in an activity are hints, shown and not applied") {
  const ReadResult result = read_rows("1.\tКонсультации по запросу школ\tмай 2024\tДиректор\n");
  CHECK(told(result, "time-words-in-title") ==
        "4:1 В тексте пункта 1 есть слова о времени («по запрос…»), в сроке их нет; к сроку они не применены.");
  CHECK(result.roadmap.sections[0].items[0].deadline.kind == roadmap::ScheduleKind::month);
}
