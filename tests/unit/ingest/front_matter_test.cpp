#include "ingest/front_matter.h"

#include <doctest/doctest.h>

#include "reading.h"

using namespace vekha;
using namespace vekha::ingest;

namespace {

const std::string table = "\n\n№\tМероприятия\tСроки\tОтветственные\n1.\tСлёт\tмай 2024\tДиректор\n";

}  // namespace

TEST_CASE("an order gives its organisation, number, date, place and signer") {
  const ReadResult result = read_plan(
      "**МКУ ОЗЁРНОГО РАЙОНА  \n«МОСТ»**\n\n**П Р И К А З**\n\nот 05.12.2023\n\n№ 31-ОД\n\nс. Озёрное\n\n"
      "**Об утверждении плана на 2024 год**\n\nВ целях порядка п р и к а з ы в а ю:\n\n1. Утвердить план.\n"
      "2. Контроль оставляю за собой.\n\nРуководитель МКУ  \n«Мост»\n\n\nА.Б. Рощина\n\n"
      "Приложение  \nк приказу МКУ «Мост»  \nот 05.12.2023 № 31-ОД\n\n**План слётов на 2024 год**" +
      table + "\nНачальник отдела\n\n*Мост*\n\nВ.Г. Лугов\n");
  REQUIRE(result.roadmap.order.has_value());
  const roadmap::PrintedOrder& order = *result.roadmap.order;
  CHECK(order.number == "31-ОД");
  CHECK(order.date == make_date(2023, 12, 5));
  CHECK(order.place == "с. Озёрное");
  CHECK(order.signer.name == "А.Б. Рощина");
  CHECK(order.signer.post == "Руководитель МКУ «Мост»");
  CHECK(result.roadmap.organization == "МКУ ОЗЁРНОГО РАЙОНА «МОСТ»");
  CHECK(result.roadmap.title == "План слётов на 2024 год");
  CHECK(result.roadmap.preface == std::vector<std::string>{"Об утверждении плана на 2024 год",
                                                           "В целях порядка п р и к а з ы в а ю:", "1. Утвердить план.",
                                                           "2. Контроль оставляю за собой."});
  CHECK(told(result, "plan-signature") == "38:1 Под планом стоит своя подпись: В.Г. Лугов, Начальник отдела.");
  CHECK(told(result, "text-after-table") == "36:1 Под планом стоит текст «Мост»; в план он не вошёл.");
}

TEST_CASE("requisites may stand in one line, with the date in words and the signer behind the post") {
  const ReadResult result = read_plan(
      "МБУ «Мост»\n\nПРИКАЗ\n\n«05» декабря 2023 г. № 31 г. Озёрный\n\nО плане\n\nПриказываю: утвердить план.\n\n"
      "Директор А.Б. Рощина\n\nПриложение к приказу от 06.12.2023 № 31\n\nПлан на 2024 год" +
      table);
  REQUIRE(result.roadmap.order.has_value());
  CHECK(result.roadmap.order->date == make_date(2023, 12, 5));
  CHECK(result.roadmap.order->number == "31");
  CHECK(result.roadmap.order->place == "г. Озёрный");
  CHECK(result.roadmap.order->signer.name == "А.Б. Рощина");
  CHECK(result.roadmap.order->signer.post == "Директор");
  CHECK(told(result, "appendix-mismatch") ==
        "13:1 В шапке приложения «Приложение к приказу от 06.12.2023 № 31» другая дата или другой номер, чем в "
        "приказе.");
}

TEST_CASE("what an order lacks is told") {
  const ReadResult result = read_plan("МБУ «Мост»\n\nПРИКАЗ\n\nО плане\n\nПриложение\n\nПлан на 2024 год" + table);
  CHECK(told(result, "order-number-missing") == "3:1 В приказе не найден номер.");
  CHECK(told(result, "order-date-missing") == "3:1 В приказе не найдена дата.");
  CHECK(told(result, "order-place-missing") == "3:1 В приказе не найдено место издания.");
  CHECK(told(result, "order-signer-missing") == "3:1 В приказе не найден подписавший.");
}

TEST_CASE("a passport keeps its rows, cut ones joined, with the list that stands below it") {
  const ReadResult result = read_plan(
      "Программа «Мост»\n\nПАСПОРТ\n\nЦель\t<p>Дружба школ</p>\nОснования\t<ol> 1. Закон о\n\t<p>школах.</p> 2. Указ\n"
      "Итоги\t- слёты; - сборы и\n\nпоходы\n\n- кросс\n- бал\n\n«Дорожная карта» программы на 2024 год" +
      table);
  const auto& passport = result.roadmap.passport;
  REQUIRE(passport.size() == 3);
  CHECK(passport[1].name == "Основания");
  CHECK(passport[1].value == "1. Закон о школах. 2. Указ");
  CHECK(passport[2].value == "- слёты; - сборы и походы - кросс - бал");
  CHECK(result.roadmap.title == "«Дорожная карта» программы на 2024 год");
  CHECK(result.roadmap.preface == std::vector<std::string>{"Программа «Мост»"});
  CHECK(told(result, "row-joined") ==
        "7:1 Строка без названия продолжает строку паспорта «Основания», разрезанную страницей; половины соединены.");
  CHECK(told(result, "list-after-table") ==
        "10:1 Перечень строки паспорта «Итоги» продолжается под таблицей; он присоединён к ней.");
}

TEST_CASE("a plan approved before its own deadline for the approval is told") {
  const ReadResult result = read_plan(
      "МБУ «Мост»\n\nПРИКАЗ\n\nот 05.12.2023 № 3 г. Озёрный\n\nДиректор А.Б. Рощина\n\nПриложение\n\nПлан на 2024 "
      "год\n\n"
      "№\tМероприятия\tСроки\tОтветственные\n1.\tУтверждение дорожной карты\tянварь 2024\tДиректор\n");
  CHECK(told(result, "approved-before-deadline") ==
        "14:1 Срок пункта 1 начинается позже, чем приказ от 2023-12-05 утвердил план.");
}

TEST_CASE("a text without a title that says so is told") {
  const ReadResult result = read_plan("Наша школа" + table);
  CHECK(result.roadmap.title == "Наша школа");
  CHECK(told(result, "title-doubtful") == "1:1 Названием плана принят первый абзац: «Наша школа».");
}

TEST_CASE("Latin N for № and bullets of two kinds are told once") {
  const ReadResult result =
      read_plan("План по указу N 5 на 2024 год\n\nЗадачи:\n- слёты;\n· сборы по N 7;\n- походы" + table);
  CHECK(told(result, "latin-n") ==
        "1:1 Вместо знака «№» стоит латинская буква N, всего раз: 2; текст оставлен как напечатан.");
  CHECK(told(result, "mixed-bullets") == "5:1 В одном перечне стоят маркеры двух видов.");
}

TEST_CASE("dates are found in figures and in words") {
  CHECK(find_date("от 09.12.2022 № 18") == make_date(2022, 12, 9));
  CHECK(find_date("«9» декабря 2022 г.") == make_date(2022, 12, 9));
  CHECK_FALSE(find_date("приказ № 2022").has_value());
  CHECK_FALSE(find_date("декабрь 2022").has_value());
}
