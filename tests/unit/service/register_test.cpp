#include <doctest/doctest.h>

#include "sample.h"
#include "service/process_services.h"

using namespace vekha;
using namespace vekha::service;

namespace {

const Date today = make_date(2022, 12, 9);

struct Desk {
  office::Office office = sample_office();
  std::unique_ptr<store::Store> store = store::open_memory();
  ProcessServices services{office, *store, [](const workflow::Instance&) { return Plan{}; }, today};

  std::variant<Map, workflow::Rejection> ask(Map inputs) {
    workflow::Instance document;
    document.id = "з1";
    return services.call("register", inputs, document, {});
  }
  std::string number(Map inputs) { return std::get<Map>(ask(std::move(inputs))).find("number")->text(); }
  std::string refusal(Map inputs) { return std::get<workflow::Rejection>(ask(std::move(inputs))).message; }
};

}  // namespace

TEST_CASE("the first paper takes the first number of the register, the next one the next") {
  Desk desk;
  CHECK(desk.number({{"date", "2022-12-09"}, {"title", "Об утверждении плана"}}) == "17");
  CHECK(desk.number({{"date", "2022-12-09"}}) == "18");
}

TEST_CASE("another number may be typed, a lettered one too, and is not proposed again") {
  Desk desk;
  CHECK(desk.number({{"number", "21"}, {"date", "2022-12-09"}}) == "21");
  CHECK(desk.number({{"number", "21-а"}, {"date", "2022-12-09"}}) == "21-а");
  CHECK(desk.number({{"date", "2022-12-09"}}) == "22");
}

TEST_CASE("a taken number is refused with the paper that has it and the next free one") {
  Desk desk;
  desk.number({{"number", "18"}, {"date", "2022-12-09"}, {"title", "Об утверждении плана"}});
  CHECK(desk.refusal({{"number", "18"}, {"date", "2022-12-09"}}) ==
        "Номер 18 в 2022 году уже занят: «Об утверждении плана». Следующий свободный – 19.");
  CHECK(desk.number({{"number", "18"}, {"date", "2021-12-30"}}) == "18");
}

TEST_CASE("a paper without a date, or of tomorrow, is not registered") {
  Desk desk;
  CHECK(desk.refusal({{"number", "18"}}) == "Для регистрации нужна дата документа – день его подписания.");
  CHECK(desk.refusal({{"date", "2022-12-10"}}) ==
        "Дата документа 10.12.2022 позже дня регистрации 09.12.2022. Проверьте дату.");
}

TEST_CASE("a service that is not there is refused by name") {
  Desk desk;
  CHECK(std::get<workflow::Rejection>(desk.services.call("fly", {}, {}, {})).message ==
        "Процесс просит службу «fly», а такой нет. Известны: register, new-item, notify.");
}

TEST_CASE("the register's first number is that of its first year; the next year begins with 1") {
  Desk desk;
  store::Commit commit;
  desk.number({{"date", "2021-12-30"}});
  commit.register_added = desk.services.registered();
  desk.store->commit(commit);
  CHECK(commit.register_added[0].number == "17");
  CHECK(desk.number({{"date", "2022-12-09"}}) == "1");
}

TEST_CASE("a number is one however it is typed, and what is no number is refused") {
  Desk desk;
  CHECK(desk.number({{"number", "№ 18"}, {"date", "2022-12-09"}}) == "18");
  CHECK(desk.refusal({{"number", "018"}, {"date", "2022-12-09"}}) ==
        "Номер 018 в 2022 году уже занят. Следующий свободный – 19.");
  CHECK(desk.refusal({{"number", "7; 8"}, {"date", "2022-12-09"}}) ==
        "«7; 8» – не номер документа. Напишите, например, 18, 14-а или 01-05/18.");
  CHECK(desk.refusal({{"number", "202212091"}, {"date", "2022-12-09"}}) ==
        "Номер 202212091 намного больше следующего по порядку (19). Проверьте, нет ли лишней цифры.");
  CHECK(desk.refusal({{"number", "99999999999"}, {"date", "2022-12-09"}}) ==
        "Номер 99999999999 намного больше следующего по порядку (19). Проверьте, нет ли лишней цифры.");
}
