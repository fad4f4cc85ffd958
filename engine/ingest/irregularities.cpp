#include "ingest/irregularities.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"

namespace vekha::ingest {
namespace {

using roadmap::Item;
using roadmap::Party;
using roadmap::Section;

constexpr size_t longest_phrase_twice = 6;  // words
constexpr size_t most_spellings_told = 10;
constexpr size_t most_organizations = 1000;

std::string name_of(const Item& item) {
  return item.number.empty() ? std::string("пункта без номера") : fmt::format("пункта {}", item.number);
}

// The phrase that stands twice in a row, or empty.
std::string repeated_phrase(std::string_view text) {
  std::vector<std::string_view> words;
  for (const std::string_view word : split(text, ' '))
    if (!word.empty()) words.push_back(word);
  for (size_t at = 0; at < words.size(); ++at)
    for (size_t length = longest_phrase_twice; length >= 1; --length) {
      if (at + 2 * length > words.size()) continue;
      bool same = true;
      size_t letters = 0;
      for (size_t i = 0; i < length && same; ++i) {
        same = words[at + i] == words[at + length + i];
        letters += words[at + i].size();
      }
      if (!same || letters < 2 || words[at] == "-" || words[at] == "–" || words[at] == "—") continue;
      std::string phrase;
      for (size_t i = 0; i < length; ++i)
        phrase += (i > 0 ? " " : "") + std::string(words[at + i]);
      return phrase;
    }
  return {};
}

int balance(std::string_view text, std::string_view open, std::string_view close) {
  int level = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at, open.size()) == open) ++level;
    if (text.substr(at, close.size()) == close) --level;
  }
  return level;
}

// «1) …» closes a bracket that nobody opened.
int bracket_balance(std::string_view text) {
  int level = balance(text, "(", ")");
  for (size_t at = 0; at + 1 < text.size(); ++at)
    if (text[at + 1] == ')' && is_digit(static_cast<unsigned char>(text[at]))) {
      size_t digits = at;
      while (digits > 0 && is_digit(static_cast<unsigned char>(text[digits - 1])))
        --digits;
      if (digits == 0 || text[digits - 1] == ' ') ++level;
    }
  return level;
}

void check_text(const std::string& text, const std::string& of_what, const Where& where, Doubts& doubts) {
  if (const int quotes = balance(text, "«", "»"); quotes != 0)
    doubts.warn("unclosed-quote", where,
                quotes > 0
                    ? fmt::format("В тексте {} не закрыты кавычки: «…» открыто больше раз, чем закрыто.", of_what)
                    : fmt::format("В тексте {} кавычки закрыты больше раз, чем открыты.", of_what),
                "Проверьте кавычки в файле.");
  if (const int brackets = bracket_balance(text); brackets > 0)
    doubts.warn("unclosed-bracket", where, fmt::format("В тексте {} не закрыта скобка.", of_what),
                "Проверьте скобки в файле.");
  if (const std::string phrase = repeated_phrase(text); !phrase.empty())
    doubts.warn("repeated-words", where, fmt::format("В тексте {} слова «{}» стоят дважды подряд.", of_what, phrase),
                "Уберите повтор в файле, если это опечатка.");
}

class Inspector {
 public:
  Inspector(const PlanTable& draft, const FrontMatter& front, const roadmap::Roadmap& plan, Doubts& doubts)
      : draft_(draft), front_(front), plan_(plan), doubts_(doubts) {}

  void inspect() {
    sections();
    const Item* previous_single = nullptr;
    for (size_t s = 0; s < plan_.sections.size(); ++s) {
      const Section& section = plan_.sections[s];
      numbers(section, previous_single);
      for (size_t i = 0; i < section.items.size(); ++i) {
        const Item& item = section.items[i];
        words(item);
        cells(item, i + 1 < section.items.size() ? &section.items[i + 1] : nullptr);
        marks(item);
        hints(item);
      }
    }
    for (size_t i = 0; i < plan_.passport.size(); ++i)
      check_text(plan_.passport[i].value, fmt::format("строки паспорта «{}»", plan_.passport[i].name),
                 front_.passport_at[i], doubts_);
    spellings();
  }

 private:
  void sections() {
    int last = 0;
    bool roman = false, arabic = false, told = false;
    for (size_t s = 0; s < plan_.sections.size(); ++s) {
      const Section& section = plan_.sections[s];
      const Where& where = draft_.sections[s].where;
      if (section.items.empty())
        doubts_.warn("section-empty", where, fmt::format("В разделе «{}» нет ни одного пункта.", section.title),
                     "Проверьте, раздел это или строка пункта.");
      check_text(section.title + " " + section.task, fmt::format("раздела «{}»", section.title), where, doubts_);
      const int value = section_value(section.number);
      if (value == 0) continue;
      (is_roman(section.number) ? roman : arabic) = true;
      if (last != 0 && value != last + 1)
        doubts_.warn("section-gap", where, fmt::format("После раздела {} идёт раздел {}.", last, section.number),
                     "Проверьте номера разделов.");
      last = value;
      if (roman && arabic && !told) {
        doubts_.note("section-number-style", where,
                     "Разделы пронумерованы то арабскими, то римскими цифрами; номера оставлены как напечатаны.");
        told = true;
      }
    }
  }

  // Gaps, restarts and numbers that stand twice.
  void numbers(const Section& section, const Item*& last_single) {
    std::vector<int> before;
    const Item* previous = nullptr;
    for (const Item& item : section.items) {
      const std::vector<int> parts = number_parts(item.number);
      if (parts.empty()) continue;
      const int section_number = section_value(section.number);
      if (parts.size() > 1 && section_number != 0 && parts.front() != section_number)
        doubts_.warn("number-of-other-section", item.where,
                     fmt::format("Пункт {} стоит в разделе {}.", item.number, section.number),
                     "Проверьте номер пункта.");
      if (before.empty()) {
        if (parts.size() == 1 && parts.back() == 1 && last_single)
          doubts_.note("number-restart", item.where,
                       fmt::format("В разделе «{}» нумерация пунктов начата заново с 1.", section.title));
      } else if (parts == before) {
        doubts_.warn("number-twice", item.where, fmt::format("Номер {} стоит у двух пунктов.", item.number),
                     "Проверьте номера.");
      } else if (parts.size() == before.size() && std::equal(parts.begin(), parts.end() - 1, before.begin())) {
        if (parts.back() > before.back() + 1)
          doubts_.warn("number-gap", item.where, gap(previous->number, item.number, before, parts.back()),
                       "Проверьте, не выпал ли пункт.");
        if (parts.back() < before.back())
          doubts_.warn("number-order", item.where,
                       fmt::format("После пункта {} идёт пункт {}.", previous->number, item.number),
                       "Проверьте номера.");
      }
      before = parts;
      previous = &item;
      if (parts.size() == 1) last_single = &item;
    }
  }

  static std::string gap(const std::string& previous, const std::string& number, std::vector<int> before, int last) {
    const auto text = [](const std::vector<int>& parts) {
      std::string out;
      for (const int part : parts)
        out += (out.empty() ? "" : ".") + std::to_string(part);
      return out;
    };
    ++before.back();
    const std::string first_missing = text(before);
    before.back() = last - 1;
    const std::string missing = first_missing == text(before)
                                    ? fmt::format("пункта {} нет", first_missing)
                                    : fmt::format("пунктов {}–{} нет", first_missing, text(before));
    return fmt::format("После пункта {} идёт {}: {}.", previous, number, missing);
  }

  void words(const Item& item) {
    const std::pair<const std::string&, std::string> texts[] = {
        {item.title, name_of(item)},
        {item.indicator_text, "показателя " + name_of(item)},
        {item.responsible_text, "ответственных " + name_of(item)}};
    for (const auto& [text, of_what] : texts)
      check_text(text, of_what, item.where, doubts_);
  }

  void cells(const Item& item, const Item* next) {
    if (item.title.empty())
      doubts_.warn("title-empty", item.where, fmt::format("У {} нет текста мероприятия.", name_of(item)),
                   "Впишите мероприятие.");
    if (item.responsible_text.empty() && draft_.has(Column::responsible))
      doubts_.warn("responsible-empty", item.where, fmt::format("У {} не названы ответственные.", name_of(item)),
                   "Впишите ответственных.");
    if (!item.responsible_text.empty() && item.responsible.empty())
      doubts_.warn("responsible-unclear", item.where,
                   fmt::format("В ответственных {} никто не распознан.", name_of(item)), "Запишите их через «;».");
    const std::string& text = item.responsible_text;
    if (next && !text.empty() && (text.back() == ';' || text.back() == ','))
      doubts_.warn(
          "cell-goes-on", item.where,
          fmt::format("Перечень ответственных {} обрывается на «{}»: может быть, он общий с пунктом {}. Перечни "
                      "оставлены как напечатаны.",
                      name_of(item), text.back(), next->number),
          "Проверьте, не объединены ли ячейки двух пунктов.");
  }

  void marks(const Item& item) {
    size_t yearless = 0;
    for (const roadmap::PrintedMark& mark : item.marks) {
      if (!mark.year && !mark.part) ++yearless;
      if (mark.year && item.deadline.start && item.deadline.end &&
          (*mark.year < year_of(*item.deadline.start) || *mark.year > year_of(*item.deadline.end)))
        doubts_.warn("mark-outside-deadline", item.where,
                     fmt::format("Отметка {} говорит о {} годе, а срок «{}» его не содержит.", name_of(item),
                                 *mark.year, item.deadline.text),
                     "Проверьте год отметки.");
    }
    if (yearless > 1)
      doubts_.warn("mark-part-unknown", item.where,
                   item.parts.empty()
                       ? fmt::format("У {} отметок: {}; к чему относится каждая, не сказано.", name_of(item), yearless)
                       : fmt::format("У {} отметок: {}, а частей: {}; к каким частям они относятся, не сказано.",
                                     name_of(item), yearless, item.parts.size()),
                   "Уточните, что выполнено.");
    if (item.marks.size() == 1 && !item.marks[0].done && !item.marks[0].year && !known_state(item.marks[0].text))
      doubts_.warn(
          "mark-unclear", item.where,
          fmt::format("Отметка {} «{}» не понята; выполнение не засчитано.", name_of(item), item.marks[0].text),
          "Запишите отметку словами «Выполнено» или «Не выполнено».");
  }

  static bool known_state(const std::string& text) {
    const std::string lower = to_lower(text);
    for (const std::string_view word : {"не ", "частично", "выполня", "исполня", "в работе"})
      if (lower.find(word) != std::string::npos) return true;
    return false;
  }

  // Time words in the activity are hints for a person, they change no deadline.
  void hints(const Item& item) {
    const std::string lower = to_lower(item.title);
    for (const std::string_view words : {"по мере необходимости", "по запрос", "по заявк", "на текущий год",
                                         "августовск", "ежегодн", "ежемесячн", "ежеквартальн", "в рамках"}) {
      if (lower.find(words) == std::string::npos || to_lower(item.deadline.text).find(words) != std::string::npos)
        continue;
      doubts_.note("time-words-in-title", item.where,
                   fmt::format("В тексте {} есть слова о времени («{}…»), в сроке их нет; к сроку они не применены.",
                               name_of(item), words));
      break;
    }
    if (plan_.order && plan_.order->date && item.deadline.start && *plan_.order->date < *item.deadline.start &&
        lower.find("утвержд") != std::string::npos &&
        (lower.find("дорожной карты") != std::string::npos || lower.find("плана мероприятий") != std::string::npos))
      doubts_.note("approved-before-deadline", item.where,
                   fmt::format("Срок {} начинается позже, чем приказ от {} утвердил план.", name_of(item),
                               to_iso(*plan_.order->date)));
  }

  // ---- one party, many spellings ----

  void spellings() {
    std::map<std::string, std::vector<std::string>> people, organizations, groups;
    std::map<std::string, Where> first;
    const auto add = [&](auto& all, const std::string& key, const std::string& text, const Where& where) {
      std::vector<std::string>& texts = all[key];
      if (texts.size() < most_spellings_told && std::find(texts.begin(), texts.end(), text) == texts.end())
        texts.push_back(text);
      first.emplace(key, where);
    };
    for (const Section& section : plan_.sections)
      for (const Item& item : section.items)
        for (const Party& party : item.responsible) {
          if (!party.name.empty())
            add(people, party.name, party.text, item.where);
          else
            add(groups, to_lower(party.text), party.text, item.where);
          const size_t quote = party.organization.find("«");
          if (quote != std::string::npos)
            add(organizations, party.organization.substr(quote), party.organization, item.where);
        }
    short_spellings(organizations);
    tell(people, "party-spellings", "Один человек записан по-разному", first);
    tell(organizations, "organization-spellings", "Одна организация записана по-разному", first);
    tell(groups, "party-spellings", "Один исполнитель записан по-разному", first);
  }

  // «МБУ ДПО» without its name is a spelling of the one organisation that begins so.
  void short_spellings(std::map<std::string, std::vector<std::string>>& organizations) const {
    if (organizations.size() > most_organizations) return;
    std::set<std::string> unnamed;
    for (const Section& section : plan_.sections)
      for (const Item& item : section.items)
        for (const Party& party : item.responsible)
          if (!party.organization.empty() && party.organization.find("«") == std::string::npos &&
              unnamed.size() < most_organizations)
            unnamed.insert(party.organization);
    for (const std::string& name : unnamed)
      for (auto& [key, texts] : organizations)
        if (texts.size() < most_spellings_told && std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
              return text.starts_with(name + " «");
            }))
          texts.push_back(name);
  }

  void tell(const std::map<std::string, std::vector<std::string>>& all, const char* code, const char* message,
            const std::map<std::string, Where>& first) {
    for (const auto& [key, texts] : all) {
      if (texts.size() < 2) continue;
      doubts_.warn(code, first.at(key), fmt::format("{}: {}.", message, join(texts, " | ")),
                   "Оставьте одно написание, чтобы списки исполнителей не двоились.");
    }
  }

  const PlanTable& draft_;
  const FrontMatter& front_;
  const roadmap::Roadmap& plan_;
  Doubts& doubts_;
};

// «N 204», «N809»
size_t count_latin_n(std::string_view text) {
  size_t count = 0;
  for (size_t at = 0; at + 1 < text.size(); ++at) {
    if (text[at] != 'N' || (at > 0 && text[at - 1] != ' ' && text[at - 1] != '(')) continue;
    size_t next = at + 1;
    while (next < text.size() && (text[next] == ' ' || text.substr(next, 2) == no_break_space))
      ++next;
    if (next < text.size() && is_digit(static_cast<unsigned char>(text[next]))) ++count;
  }
  return count;
}

}  // namespace

void find_irregularities(const PlanTable& draft, const FrontMatter& front, const roadmap::Roadmap& plan,
                         Doubts& doubts) {
  Inspector(draft, front, plan, doubts).inspect();
}

void find_typing_habits(const std::vector<Element>& elements, Doubts& doubts) {
  size_t latin = 0;
  const Where* first = nullptr;
  char32_t bullet = 0;
  bool mixed = false;
  for (const Element& element : elements) {
    const std::string text = element.text();
    if (const size_t count = count_latin_n(text)) {
      latin += count;
      if (!first) first = &element.where();
    }
    if (!element.paragraph || element.paragraph->lines.front().kind != LineKind::list_item) {
      bullet = 0;
      continue;
    }
    size_t at = 0;
    const char32_t sign = next_char(text, at);
    if (!is_digit(sign) && bullet != 0 && sign != bullet && !mixed) {
      mixed = true;
      doubts.note("mixed-bullets", element.where(), "В одном перечне стоят маркеры двух видов.");
    }
    bullet = is_digit(sign) ? 0 : sign;
  }
  if (latin > 0)
    doubts.note(
        "latin-n", *first,
        fmt::format("Вместо знака «№» стоит латинская буква N, всего раз: {}; текст оставлен как напечатан.", latin));
}

}  // namespace vekha::ingest
