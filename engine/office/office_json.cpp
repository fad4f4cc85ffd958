// Office in and out of JSON values; every fault of a file is named at once.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/error.h"
#include "base/text.h"
#include "base/time_zone.h"
#include "office/office.h"

namespace vekha::office {
namespace {

enum class Presence { required, optional };

class Reader {
 public:
  Office read(const Value& value) {
    Office office;
    if (!value.is<Map>()) {
      fault("Описание организации – это {}, а нужен набор полей с ключами «organization», «register» и «people».",
            kind_name(value));
      return office;
    }
    know(value, "",
         {"time_zone", "organization", "letterhead", "register", "people", "substitutions", "mailing", "grounds",
          "goal"});
    if (const std::string zone = text(value, "", "time_zone", "часовой пояс, например «Europe/Moscow»"); !zone.empty())
      office.time_zone = zone;
    check_zone(office.time_zone);
    office.organization = map(value, "organization", Presence::required);
    text(value.at("organization"), " в «organization»", "name", "полное название организации",
         value.at("organization").is<Map>() ? Presence::required : Presence::optional);
    office.letterhead = map(value, "letterhead", Presence::optional);
    read_register(value, office.orders);
    read_people(value, office.people);
    read_substitutions(value, office);
    for (const char* setting : {"signer", "report_to", "clerk", "site_person", "controller", "developer"})
      if (const Value* id = office.letterhead.find(setting); id && !id->is_null() && !office.find(id->text()))
        fault(
            "В «letterhead» под ключом «{}» указан «{}», а такого сотрудника в «people» нет: впишите его «id» или "
            "null.",
            setting, id->text());
    office.mailing = list(value, "", "mailing", "организаций для рассылки");
    office.grounds = list(value, "", "grounds", "оснований");
    for (size_t i = 0; i < office.grounds.size(); ++i)
      if (!office.grounds[i].is<std::string>())
        fault("В списке «grounds» строка {} – это {}, а нужен текст: основание плана.", i + 1,
              kind_name(office.grounds[i]));
    office.goal = text(value, "", "goal", "цель, например «в целях развития наставничества»");
    return office;
  }

  const std::vector<std::string>& faults() const { return faults_; }

 private:
  template <class... Arguments>
  void fault(fmt::format_string<Arguments...> sentence, Arguments&&... arguments) {
    faults_.push_back(fmt::format(sentence, std::forward<Arguments>(arguments)...));
  }

  // Names the keys of `value` that nobody reads: mostly a slip of the pen.
  void know(const Value& value, const std::string& path, const std::vector<std::string>& keys) {
    for (const auto& [key, unused] : value.map()) {
      if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
      const std::string near = nearest(key, keys);
      fault("Ключ «{}»{} не известен: исправьте его{} или уберите.", key, path,
            near.empty() ? "" : fmt::format(" (может быть, «{}»?)", near));
    }
  }

  // The text under `key`; null and a missing key are an empty text. `what` says what it is, in the nominative.
  std::string text(const Value& value, const std::string& path, const char* key, const char* what,
                   Presence presence = Presence::optional) {
    const Value& found = value.at(key);
    if (found.is_null() || (found.is<std::string>() && trim(found.text()).empty())) {
      if (presence == Presence::required) fault("Не задан ключ «{}»{}: впишите текст – {}.", key, path, what);
      return {};
    }
    if (!found.is<std::string>()) fault("Ключ «{}»{} – это {}, а нужен текст: {}.", key, path, kind_name(found), what);
    return found.text();
  }

  Map map(const Value& value, const char* key, Presence presence) {
    const Value& found = value.at(key);
    if (found.is<Map>()) return found.map();
    if (!found.is_null())
      fault("Ключ «{}» – это {}, а нужен набор полей.", key, kind_name(found));
    else if (presence == Presence::required)
      fault("Не задан ключ «{}»: нужен набор полей.", key);
    return {};
  }

  List list(const Value& value, const std::string& path, const char* key, const char* of_what,
            Presence presence = Presence::optional) {
    const Value& found = value.at(key);
    if (found.is<List>()) return found.list();
    if (!found.is_null())
      fault("Ключ «{}»{} – это {}, а нужен список {}.", key, path, kind_name(found), of_what);
    else if (presence == Presence::required)
      fault("Не задан ключ «{}»{}: нужен список {}.", key, path, of_what);
    return {};
  }

  Date date(const Value& value, const std::string& path, const char* key) {
    const Value& found = value.at(key);
    if (const auto day = found.date()) return *day;
    if (found.is_null())
      fault("Не задан ключ «{}»{}: впишите дату вида «2022-12-09».", key, path);
    else if (found.is<std::string>())
      fault("Ключ «{}»{} – «{}», а нужна дата вида «2022-12-09».", key, path, found.text());
    else
      fault("Ключ «{}»{} – это {}, а нужна дата вида «2022-12-09».", key, path, kind_name(found));
    return {};
  }

  void check_zone(const std::string& zone) {
    try {
      to_local(Instant{}, zone);
    } catch (const Error&) {
      fault("Ключ «time_zone» – «{}», а такого часового пояса нет: впишите, например, «Europe/Moscow».", zone);
    }
  }

  void read_register(const Value& value, Register& orders) {
    const Value& source = value.at("register");
    map(value, "register", Presence::required);
    if (!source.is<Map>()) return;
    const std::string in_register = " в «register»";
    know(source, in_register, {"name", "case_index", "first_number", "number_format"});
    orders.name = text(source, in_register, "name", "название журнала регистрации", Presence::required);
    orders.case_index = text(source, in_register, "case_index", "индекс дела, например «01-06»");
    if (const Value& first = source.at("first_number"); !first.is_null()) {
      const auto* number = first.get_if<Decimal>();
      const auto whole = number ? number->to_integer() : std::nullopt;
      if (whole && *whole >= 1 && *whole <= 999'999'999)
        orders.first_number = static_cast<int>(*whole);
      else
        fault("Ключ «first_number» в «register» – {}, а нужно целое число от 1 до 999999999: первый свободный номер.",
              number ? number->to_text() : fmt::format("это {}", kind_name(first)));
    }
    const std::string format = text(source, in_register, "number_format", "правило номера, например «01-05/{n}»");
    if (format.empty()) return;
    const size_t hole = format.find("{n}");
    if (hole == std::string::npos || format.find("{n}", hole + 1) != std::string::npos)
      fault(
          "Ключ «number_format» в «register» – «{}», а в нём должно один раз стоять {{n}} – место порядкового номера, "
          "например «01-05/{{n}}».",
          format);
    else
      orders.number_format = format;
  }

  void read_people(const Value& value, std::vector<Person>& people) {
    std::map<std::string, size_t> first_with;
    const List entries = list(value, "", "people", "людей", Presence::required);
    for (size_t i = 0; i < entries.size(); ++i) {
      const Value& entry = entries[i];
      Person& person = people.emplace_back();
      if (!entry.is<Map>()) {
        fault("В списке «people» запись {} – это {}, а нужен набор полей: человек.", i + 1, kind_name(entry));
        continue;
      }
      const std::string path = fmt::format(" в записи {} списка «people»", i + 1);
      know(entry, path, {"id", "name", "gender", "post", "organization", "phone", "roles"});
      person.id = text(entry, path, "id", "короткое имя для команд, например «ivanova»", Presence::required);
      person.name = text(entry, path, "name", "фамилия, имя и отчество", Presence::required);
      person.gender = text(entry, path, "gender", "«female» или «male»");
      if (!person.gender.empty() && person.gender != "female" && person.gender != "male")
        fault("Ключ «gender»{} – «{}», а нужно «female», «male» или null.", path, person.gender);
      person.post = text(entry, path, "post", "должность в именительном падеже", Presence::required);
      person.organization = text(entry, path, "organization", "другая организация, в которой человек работает");
      person.phone = text(entry, path, "phone", "телефон");
      const List roles = list(entry, path, "roles", "ролей");
      for (size_t role = 0; role < roles.size(); ++role) {
        if (!roles[role].is<std::string>())
          fault("В ключе «roles»{} строка {} – это {}, а нужен текст: роль.", path, role + 1, kind_name(roles[role]));
        person.roles.push_back(roles[role].text());
      }
      if (person.id.empty()) continue;
      const auto [known, is_new] = first_with.emplace(person.id, i + 1);
      if (!is_new)
        fault("Ключ «id»{} – «{}», но такой id уже есть в записи {}: дайте каждому человеку свой.", path, person.id,
              known->second);
    }
  }

  void check_known(const Office& office, const std::string& path, const char* key, const std::string& id) {
    if (id.empty() || office.find(id)) return;
    std::vector<std::string> ids;
    for (const Person& person : office.people)
      ids.push_back(person.id);
    const std::string near = nearest(id, ids);
    fault("Ключ «{}»{} – «{}», а человека с таким id в списке «people» нет: впишите id из списка{}.", key, path, id,
          near.empty() ? "" : fmt::format(" (может быть, «{}»?)", near));
  }

  void read_substitutions(const Value& value, Office& office) {
    const List entries = list(value, "", "substitutions", "замещений");
    for (size_t i = 0; i < entries.size(); ++i) {
      const Value& entry = entries[i];
      if (!entry.is<Map>()) {
        fault("В списке «substitutions» запись {} – это {}, а нужен набор полей: замещение.", i + 1, kind_name(entry));
        continue;
      }
      const std::string path = fmt::format(" в записи {} списка «substitutions»", i + 1);
      Substitution& substitution = office.substitutions.emplace_back();
      know(entry, path, {"absent", "deputy", "from", "to", "basis", "reason"});
      substitution.absent = text(entry, path, "absent", "id отсутствующего", Presence::required);
      substitution.deputy = text(entry, path, "deputy", "id замещающего", Presence::required);
      check_known(office, path, "absent", substitution.absent);
      check_known(office, path, "deputy", substitution.deputy);
      if (!substitution.absent.empty() && substitution.absent == substitution.deputy)
        fault("Человек «{1}»{0} замещает сам себя: впишите в «deputy» другого.", path, substitution.absent);
      substitution.from = date(entry, path, "from");
      substitution.to = date(entry, path, "to");
      if (substitution.from.ok() && substitution.to.ok() && substitution.to < substitution.from)
        fault("Замещение{} кончается раньше, чем начинается: поправьте «from» или «to».", path);
      substitution.basis = text(entry, path, "basis", "основание, например «приказ от 02.12.2022 № 16-к»");
      substitution.reason = text(entry, path, "reason", "причина, например «отпуск»");
    }
  }

  std::vector<std::string> faults_;
};

Value or_null(const std::string& text) { return text.empty() ? Value() : Value(text); }

}  // namespace

Office office_from_value(const Value& value, const std::string& file) {
  Reader reader;
  Office office = reader.read(value);
  if (!reader.faults().empty()) throw Error(ErrorCode::faulty, join(reader.faults(), "\n"), file);
  return office;
}

Value to_value(const Person& person) {
  return Map{{"id", or_null(person.id)},
             {"name", or_null(person.name)},
             {"gender", or_null(person.gender)},
             {"post", or_null(person.post)},
             {"organization", or_null(person.organization)},
             {"phone", or_null(person.phone)}};
}

Value to_value(const Office& office) {
  List people;
  for (const Person& person : office.people) {
    Map entry = to_value(person).map();
    entry.set("roles", List(person.roles.begin(), person.roles.end()));
    people.emplace_back(std::move(entry));
  }
  List substitutions;
  for (const Substitution& entry : office.substitutions)
    substitutions.emplace_back(Map{{"absent", entry.absent},
                                   {"deputy", entry.deputy},
                                   {"from", to_iso(entry.from)},
                                   {"to", to_iso(entry.to)},
                                   {"basis", or_null(entry.basis)},
                                   {"reason", or_null(entry.reason)}});
  const Register& orders = office.orders;
  return Map{{"time_zone", office.time_zone},
             {"organization", office.organization},
             {"letterhead", office.letterhead},
             {"register", Map{{"name", orders.name},
                              {"case_index", or_null(orders.case_index)},
                              {"first_number", orders.first_number},
                              {"number_format", orders.number_format}}},
             {"people", std::move(people)},
             {"substitutions", std::move(substitutions)},
             {"mailing", office.mailing},
             {"grounds", office.grounds},
             {"goal", or_null(office.goal)}};
}

}  // namespace vekha::office
