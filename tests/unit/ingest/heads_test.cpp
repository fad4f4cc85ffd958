// Heads of plans as offices write them: in any order, in two rows, without a number, twice in a file.
#include <doctest/doctest.h>

#include "base/error.h"
#include "reading.h"

using namespace vekha;
using namespace vekha::ingest;

namespace {

const std::string title = "План работы на 2023-2024 годы\n\n";

// «[section] number title; deadline; responsible; indicator» of every item.
std::string items(const ReadResult& result) {
  std::vector<std::string> all;
  for (const roadmap::Section& section : result.roadmap.sections) {
    if (!section.title.empty()) all.push_back("[" + section.title + "]");
    for (const roadmap::Item& item : section.items)
      all.push_back(
          join({item.number, item.title, item.deadline.text, item.responsible_text, item.indicator_text}, ";"));
  }
  return join(all, " ");
}

std::string section_number(const ReadResult& result) { return result.roadmap.sections[0].number; }

}  // namespace

TEST_CASE("columns are known by their headings in any order") {
  for (const std::string head :
       {"Сроки\tОтветственные\tНаправления деятельности\t№\tРезультат",
        "Период реализации\tИсполнитель/соисполнители\tНаименование мероприятия\t№ п/п\tОжидаемый результат",
        "Дата\tКуратор\tЗадачи\tN\tПоказатели", "Когда\tКто\tЧто делать\t№\tДокумент",
        "Срок\tОтв.\tВид деятельности\t№ пп\tФорма представления результата"})
    CHECK(items(read_plan(title + head + "\nмай 2024\tДиректор\tСлёт\t1\tПриказ\n")) ==
          "1;Слёт;май 2024;Директор;Приказ");
}

TEST_CASE("of «Задачи» and «Мероприятия» the latter are the items") {
  CHECK(items(read_plan(title + "Задачи\tМероприятия\tСроки\tОтветственные\nРасти\tСлёт\tмай 2024\tДиректор\n")) ==
        ";Слёт;май 2024;Директор;");
}

TEST_CASE("a column of numbers needs no heading, and a plan needs no numbers") {
  CHECK(
      items(read_plan(
          title + "\tМероприятия\tСроки\tОтветственные\n1\tСлёт\tмай 2024\tДиректор\n2\tСбор\tмай 2024\tДиректор\n")) ==
      "1;Слёт;май 2024;Директор; 2;Сбор;май 2024;Директор;");
  CHECK(items(read_plan(title + "Мероприятия\tСроки\tОтветственные\nСлёт\tмай 2024\tДиректор\n")) ==
        ";Слёт;май 2024;Директор;");
}

TEST_CASE("a row or a line with a year dates the items below it") {
  for (const std::string band : {"2023 год\n", "\t2023 год\t\t\n", "2023 год\t\t\t\n"}) {
    const ReadResult result =
        read_plan(title + "№\tМероприятия\tСроки\tОтветственные\n" + band + "1\tСлёт\tмай\tДиректор\n");
    CHECK(items(result) == "[2023 год] 1;Слёт;май;Директор;");
    CHECK(to_iso(*result.roadmap.sections[0].items[0].deadline.start) == "2023-05-01");
  }
}

TEST_CASE("a head in two rows is one head, a deadline in two columns one deadline") {
  const ReadResult result = read_plan(title +
                                      "№\tМероприятия\tСроки\t\tОтветственные\n\t\tначало\tокончание\t\n"
                                      "1\tСлёт\t01.05.2024\t31.05.2024\tДиректор\n");
  CHECK(items(result) == "1;Слёт;01.05.2024 – 31.05.2024;Директор;");
  CHECK(told(result, "head-second-row") == "4:1 Заголовки граф стоят в две строки; вторая прочитана с первой.");
}

TEST_CASE("a second table of activities is read by its own head and named by the line above it") {
  const ReadResult result =
      read_plan(title +
                "№\tМероприятия\tСроки\tОтветственные\n1\tСлёт\tмай 2024\tДиректор\n\nЧасть вторая\n\n"
                "№\tСодержание работы\tСрок исполнения\tРезультат\tИсполнитель\n"
                "1\tСбор\tиюнь 2024\tПриказ\tТьютор\n");
  CHECK(items(result) == "1;Слёт;май 2024;Директор; [Часть вторая] 1;Сбор;июнь 2024;Тьютор;Приказ");
}

TEST_CASE("a row with a number and a name alone is a section, where the number is Roman or its parts follow") {
  for (const auto& [first, second] : {std::pair{"I", "II"}, std::pair{"1", "2"}, std::pair{"1.", "2."}}) {
    const bool roman = first[0] == 'I';
    const ReadResult result = read_plan(title + "№\tМероприятия\tСроки\tОтветственные\n" + first + "\tСлёты\t\t\n" +
                                        (roman ? "1" : "1.1") + "\tСлёт\tмай 2024\tДиректор\n" + second +
                                        "\tСборы\t\t\n" + (roman ? "2" : "2.1") + "\tСбор\tмай 2024\tДиректор\n");
    CHECK(items(result) == (roman ? "[Слёты] 1;Слёт;май 2024;Директор; [Сборы] 2;Сбор;май 2024;Директор;"
                                  : "[Слёты] 1.1;Слёт;май 2024;Директор; [Сборы] 2.1;Сбор;май 2024;Директор;"));
    CHECK(section_number(result) == (roman ? "I" : "1"));
  }
}

TEST_CASE("a cell a line without any marks is read where the numbers leave no doubt, and refused elsewhere") {
  const std::string head = "План на 2024 год\n№\nМероприятия\nСроки\nОтветственные\n";
  CHECK(items(read_plan(head + "1\nСлёт\nмай 2024\nДиректор\n\n2.\nСбор\nмай 2024\nДиректор\n")) ==
        "1;Слёт;май 2024;Директор; 2;Сбор;май 2024;Директор;");
  CHECK_THROWS_AS(read_plan(head + "1\nСлёт\nмай 2024\n2\nСбор\nмай 2024\nДиректор\n"), Error);
}

TEST_CASE("commas in sentences make no table of a text with TABs") {
  CHECK(items(read_plan("Мероприятия, сроки, ответственные названы ниже\n\n№\tМероприятия\tСроки\tОтветственные\n"
                        "1\tСлёт, сбор\tмай 2024\tДиректор\n")) == "1;Слёт, сбор;май 2024;Директор;");
}
