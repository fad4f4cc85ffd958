#include "ingest/front_matter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "ingest/parties.h"
#include "russian/deadline.h"

namespace vekha::ingest {
namespace {

constexpr size_t most_tail = 20;           // paragraphs and rows below the plan that are told one by one
constexpr size_t longest_requisite = 500;  // bytes of a paragraph in which a date is looked for

// «П Р И К А З» and «ПРИКАЗ» are one word.
std::string without_spaces(std::string_view text) { return replace_all(to_lower(fold_space(text)), " ", ""); }

bool is_order_word(std::string_view text) {
  if (text.size() > 80) return false;
  const std::string word = without_spaces(text);
  return word == "приказ" || word == "распоряжение" || word == "постановление";
}

bool starts_lower(std::string_view text) {
  size_t at = 0;
  if (text.empty()) return false;
  const char32_t c = next_char(text, at);
  return is_letter(c) && !is_upper(c);
}

// What stands behind «№» (or the N typed for it) up to the next blank.
std::string find_number(std::string_view text) {
  for (const std::string_view sign : {"№", "N "}) {
    size_t at = text.find(sign);
    if (at == std::string_view::npos || (sign[0] == 'N' && at > 0 && text[at - 1] != ' ')) continue;
    at += sign.size();
    const std::string_view rest = trim(text.substr(at));
    const std::string_view number = rest.substr(0, rest.find_first_of(" ,;"));
    if (!number.empty() && number.find_first_not_of("_") != std::string_view::npos) return std::string(number);
  }
  return {};
}

bool is_place(std::string_view text) {
  constexpr std::array<std::string_view, 17> kinds = {"г.",  "г ",       "город ",   "ст.",  "ст-ца", "станица ",
                                                      "с.",  "село ",    "п.",       "пос.", "пгт",   "р.п.",
                                                      "рп ", "поселок ", "посёлок ", "д.",   "х."};
  const std::string lower = to_lower(text);
  if (count_chars(text) > 60 || lower.find(':') != std::string::npos) return false;
  return std::any_of(kinds.begin(), kinds.end(), [&](std::string_view kind) { return lower.starts_with(kind); });
}

bool is_heading_of_order(std::string_view text) {
  return text.starts_with("Об ") || text.starts_with("О ") || text.starts_with("ОБ ") || text.starts_with("О\u00A0");
}

// A title says what the paper is, and is no sentence of it.
int title_score(const Paragraph& paragraph, const std::string& text) {
  if (count_chars(text) > 400 || text.ends_with(".") || text.ends_with(":") || text.ends_with(";")) return 0;
  std::string lower = to_lower(text);
  while (lower.starts_with("«") || lower.starts_with("\""))
    lower.erase(0, lower.starts_with("«") ? 2 : 1);
  int score = 0;
  for (const std::string_view start : {"дорожная карта", "план ", "план-график", "календарный план", "комплексный план",
                                       "информация о", "отчет о", "отчёт о", "комплекс мер", "перечень мероприятий"})
    if (lower.starts_with(start)) score = 4;
  if (lower.starts_with("программа") || lower.starts_with("муниципальная программа")) score = 1;
  if (score > 0 && lower.find("дорожн") != std::string::npos) score += 2;
  if (score > 0 && paragraph.heading) score += 1;
  return score;
}

class FrontReader {
 public:
  FrontReader(const std::vector<Element>& elements, const PlanTable& plan, Doubts& doubts)
      : elements_(elements), plan_(plan), doubts_(doubts), used_(elements.size(), false) {}

  FrontMatter read() {
    size_t start = 0;
    for (size_t i = 0; i < plan_.head; ++i)
      if (elements_[i].paragraph && is_order_word(elements_[i].text())) {
        start = read_order(i);
        break;
      }
    read_title(start);
    read_passport(start);
    for (size_t i = 0; i < plan_.head; ++i)
      if (!used_[i]) out_.preface.push_back(elements_[i].text());
    read_tail();
    return std::move(out_);
  }

 private:
  // ---- the order ----

  // Gives the index behind the order.
  size_t read_order(size_t word) {
    roadmap::PrintedOrder order;
    used_[word] = true;
    std::vector<std::string> letterhead;
    for (size_t i = 0; i < word; ++i) {
      letterhead.push_back(elements_[i].text());
      used_[i] = true;
    }
    out_.organization = join(letterhead, " ");
    const size_t end = end_of_order(word);
    size_t at = word + 1;
    for (; at < end; ++at) {
      std::string text = elements_[at].text();
      if (is_heading_of_order(text) || elements_[at].text().size() > 250) break;
      if (!requisite(text, order)) break;
      used_[at] = true;
    }
    read_signature(at, end, order);
    check(order, elements_[word].where());
    out_.order = std::move(order);
    if (end < plan_.head && elements_[end].paragraph) read_appendix_head(end);
    return end;
  }

  // The order ends where its appendix begins, else with the plan's title or tables.
  size_t end_of_order(size_t word) const {
    for (size_t i = word + 1; i < plan_.head; ++i)
      if (elements_[i].paragraph && to_lower(elements_[i].text()).starts_with("приложение")) return i;
    for (size_t i = word + 1; i < plan_.head; ++i)
      if (elements_[i].paragraph && title_score(*elements_[i].paragraph, elements_[i].text()) >= 4) return i;
    return plan_.head;
  }

  static bool requisite(const std::string& text, roadmap::PrintedOrder& order) {
    const std::optional<Date> date = find_date(text);
    const std::string number = find_number(text);
    if (date && !order.date) order.date = date;
    if (!number.empty() && order.number.empty()) order.number = number;
    std::string rest = text;
    if (!number.empty()) rest = std::string(trim(rest.substr(rest.find(number) + number.size())));
    if (order.place.empty() && is_place(rest)) {
      order.place = rest;
      return true;
    }
    return date || !number.empty() || is_place(text);
  }

  // The last name alone in its line, and the post above it; or both in one line.
  void read_signature(size_t from, size_t end, roadmap::PrintedOrder& order) {
    for (size_t i = end; i-- > from;) {
      const std::string text = elements_[i].text();
      const std::optional<FoundPerson> person = find_person(text);
      if (!person || person->end != text.size() || count_chars(text) > 300 ||
          (text.size() > 0 && text.find(". ") < person->begin && text.find("от ") == 0))
        continue;
      order.signer.name = person->name;
      used_[i] = true;
      const std::string post(trim(std::string_view(text).substr(0, person->begin)));
      if (!post.empty()) {
        order.signer.post = post;
      } else if (i > from && elements_[i - 1].text().size() < 400) {
        order.signer.post = elements_[i - 1].text();
        used_[i - 1] = true;
      }
      return;
    }
  }

  void check(const roadmap::PrintedOrder& order, const Where& where) {
    const auto missing = [&](const char* code, const char* what) {
      doubts_.warn(code, where, fmt::format("В приказе не найден{}.", what), "Впишите его в файл или при регистрации.");
    };
    if (order.number.empty()) missing("order-number-missing", " номер");
    if (!order.date) missing("order-date-missing", "а дата");
    if (order.place.empty()) missing("order-place-missing", "о место издания");
    if (order.signer.name.empty()) missing("order-signer-missing", " подписавший");
  }

  // «Приложение / к приказу … / от 09.12.2022 № 18» must say what the order says.
  void read_appendix_head(size_t at) {
    used_[at] = true;
    const std::string text = elements_[at].text();
    const std::optional<Date> date = find_date(text);
    const std::string number = find_number(text);
    const roadmap::PrintedOrder& order = *out_.order;
    if ((date && order.date && *date != *order.date) ||
        (!number.empty() && !order.number.empty() && number != order.number))
      doubts_.warn("appendix-mismatch", elements_[at].where(),
                   fmt::format("В шапке приложения «{}» другая дата или другой номер, чем в приказе.", text),
                   "Проверьте, к тому ли приказу относится приложение.");
  }

  // ---- the title ----

  void read_title(size_t from) {
    int best = 0;
    size_t found = plan_.head;
    for (size_t i = from; i < plan_.head; ++i) {
      if (!elements_[i].paragraph || used_[i]) continue;
      const int score = title_score(*elements_[i].paragraph, elements_[i].text());
      if (score > best) {
        best = score;
        found = i;
      }
    }
    if (found < plan_.head) {
      out_.title = elements_[found].text();
      out_.title_at = elements_[found].where();
      used_[found] = true;
      return;
    }
    // No paragraph says that it is a plan: the first one stands for it.
    for (size_t i = from; i < plan_.head && out_.title.empty(); ++i)
      if (elements_[i].paragraph && !used_[i]) {
        out_.title = elements_[i].text();
        out_.title_at = elements_[i].where();
        used_[i] = true;
      }
    doubts_.warn("title-doubtful", out_.title.empty() ? elements_[plan_.head].where() : out_.title_at,
                 out_.title.empty() ? std::string("Названия плана перед таблицей нет.")
                                    : fmt::format("Названием плана принят первый абзац: «{}».", out_.title),
                 "Впишите название перед таблицей, например «Дорожная карта … на 2024 год».");
  }

  // ---- the passport ----

  void read_passport(size_t from) {
    for (size_t i = from; i < plan_.head; ++i) {
      if (elements_[i].paragraph) {
        if (to_lower(elements_[i].text()).starts_with("паспорт")) used_[i] = true;
        continue;
      }
      const Row& row = *elements_[i].row;
      if (row.cells.size() < 2) continue;
      used_[i] = true;
      const Cell& value = row.cells.back();
      const Cell& name = row.cells[row.cells.size() - 2];
      const bool numbered = row.cells.size() > 2 && !row.cells.front().empty();
      if (name.empty() && !numbered && !out_.passport.empty()) {
        append(value.text());
        doubts_.note("row-joined", row.where,
                     fmt::format("Строка без названия продолжает строку паспорта «{}», разрезанную страницей; половины "
                                 "соединены.",
                                 out_.passport.back().name));
      } else {
        out_.passport.push_back({name.text(), value.text()});
        out_.passport_at.push_back(row.where);
        if (value.empty())
          doubts_.warn("passport-empty", row.where, fmt::format("Строка паспорта «{}» не заполнена.", name.text()),
                       "Впишите её или удалите строку.");
      }
      const bool last = i + 1 < plan_.head && elements_[i + 1].paragraph;
      if (last && !out_.passport.empty()) list_behind(i + 1);
    }
  }

  void append(const std::string& text) {
    std::string& value = out_.passport.back().value;
    if (!value.empty() && !text.empty()) value += ' ';
    value += text;
  }

  // The rest of the last cell, which the page pushed out of the table.
  void list_behind(size_t at) {
    const size_t first = at;
    for (; at < plan_.head && elements_[at].paragraph && !elements_[at].paragraph->heading; ++at) {
      const bool entry = elements_[at].paragraph->lines.front().kind == LineKind::list_item;
      if (!entry && !(at == first && starts_lower(elements_[at].text()))) break;
      append(elements_[at].text());
      used_[at] = true;
    }
    if (at > first)
      doubts_.note("list-after-table", elements_[first].where(),
                   fmt::format("Перечень строки паспорта «{}» продолжается под таблицей; он присоединён к ней.",
                               out_.passport.back().name));
  }

  // ---- behind the table ----

  void read_tail() {
    const size_t end = std::min(elements_.size(), plan_.end + most_tail);
    std::vector<std::string> texts;
    for (size_t i = plan_.end; i < end; ++i)
      texts.push_back(elements_[i].text());
    size_t told = 0;  // texts before it belong to a signature or have been told
    for (size_t i = 0; i < texts.size(); ++i) {
      const std::optional<FoundPerson> person = find_person(texts[i]);
      if (!person || person->end != texts[i].size() || count_chars(texts[i]) > 300) continue;
      const Where& where = elements_[plan_.end + i].where();
      std::string post(trim(std::string_view(texts[i]).substr(0, person->begin)));
      size_t post_at = i;
      // The post stands above, at times with the text of a stamp between: the stamp is one word.
      while (post.empty() && post_at > told)
        if (texts[--post_at].find(' ') != std::string::npos) post = texts[post_at];
      tell_tail(texts, told, post_at);
      tell_tail(texts, std::min(post_at + 1, i), i);
      told = i + 1;
      doubts_.note("plan-signature", where,
                   post.empty() ? fmt::format("Под планом стоит подпись: {}.", person->name)
                                : fmt::format("Под планом стоит своя подпись: {}, {}.", person->name, post));
    }
    tell_tail(texts, told, texts.size());
    if (end < elements_.size())
      doubts_.note("text-after-table", elements_[end].where(),
                   fmt::format("Под планом стоит ещё много текста (абзацев и строк: {}); в план он не вошёл.",
                               elements_.size() - end));
  }

  void tell_tail(const std::vector<std::string>& texts, size_t from, size_t to) {
    for (size_t i = from; i < to; ++i)
      doubts_.note("text-after-table", elements_[plan_.end + i].where(),
                   fmt::format("Под планом стоит текст «{}»; в план он не вошёл.", texts[i]));
  }

  const std::vector<Element>& elements_;
  const PlanTable& plan_;
  Doubts& doubts_;
  std::vector<bool> used_;
  FrontMatter out_;
};

}  // namespace

std::optional<Date> find_date(std::string_view text) {
  // Every place where a number begins may begin a date; the deadline reader knows their spellings.
  for (size_t at = 0; at < std::min(text.size(), longest_requisite); ++at) {
    if (!is_digit(static_cast<unsigned char>(text[at])) ||
        (at > 0 && is_digit(static_cast<unsigned char>(text[at - 1]))))
      continue;
    size_t end = at;
    for (int words = 0; words < 3 && end < text.size(); ++words) {
      end = std::min(text.find(' ', end + 1), text.size());
      std::string candidate = replace_all(replace_all(std::string(text.substr(at, end - at)), "«", ""), "»", "");
      while (!candidate.empty() && (candidate.back() == ',' || candidate.back() == ';'))
        candidate.pop_back();
      const roadmap::Schedule schedule = russian::read_deadline(candidate);
      if (schedule.start && schedule.end && *schedule.start == *schedule.end && !schedule.uncertain)
        return schedule.start;
    }
  }
  return std::nullopt;
}

FrontMatter read_front_matter(const std::vector<Element>& elements, const PlanTable& plan, Doubts& doubts) {
  return FrontReader(elements, plan, doubts).read();
}

}  // namespace vekha::ingest
