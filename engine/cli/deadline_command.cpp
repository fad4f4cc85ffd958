// `vekha deadline`: one phrase for a person, or many for a program.
#include <fmt/format.h>

#include <array>
#include <utility>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/arguments.h"
#include "service/tools.h"

namespace vekha::cli {
namespace {

// One line of `deadline --batch`: phrase, start, end, year, parted by tabs. A faulty line gets an error for its answer.
Value batch_line(std::string_view line) try {
  const std::vector<std::string_view> cells = split(line, '\t');
  std::optional<Period> period;
  if (cells.size() >= 3 && !cells[1].empty()) {
    period = parse_period(std::string(cells[1]) + ".." + std::string(cells[2]));
    if (!period) throw Error(ErrorCode::usage, fmt::format("«{}» и «{}» – не период.", cells[1], cells[2]));
  }
  return service::read_phrase(std::string(cells[0]), period,
                              cells.size() >= 4 ? year_of(std::string(trim(cells[3]))) : std::nullopt);
} catch (const Error& error) {
  return Map{{"error", Map{{"code", to_string(error.code())}, {"message", error.message()}, {"where", nullptr}}}};
}

// The word for one of the JSON's words, the word itself where there is none.
template <size_t count>
std::string russian(const std::array<std::pair<const char*, const char*>, count>& words, const Value& value) {
  if (value.is_null()) return {};
  for (const auto& [english, word] : words)
    if (value.text() == english) return word;
  return value.text();
}

constexpr std::array<std::pair<const char*, const char*>, 9> kinds = {{{"month", "месяц"},
                                                                       {"range", "промежуток"},
                                                                       {"year", "год"},
                                                                       {"recurring", "повторяется"},
                                                                       {"on-demand", "по необходимости"},
                                                                       {"by-schedule", "по графику"},
                                                                       {"continuous", "постоянно"},
                                                                       {"relative", "считается от события"},
                                                                       {"unknown", "не понят"}}};
constexpr std::array<std::pair<const char*, const char*>, 7> recurrences = {{{"yearly", "раз в год"},
                                                                             {"half-yearly", "раз в полугодие"},
                                                                             {"quarterly", "раз в квартал"},
                                                                             {"school-quarter", "раз в четверть"},
                                                                             {"monthly", "раз в месяц"},
                                                                             {"weekly", "раз в неделю"},
                                                                             {"daily", "каждый день"}}};

// «2021-03-31» as «31.03.2021», «…» where the day is not known.
std::string day(const Value& value) {
  const std::optional<Date> date = value.date();
  return date ? fmt::format("{:02}.{:02}.{:04}", day_of(*date), month_of(*date), vekha::year_of(*date)) : "…";
}

void print_schedule(const Value& schedule) {
  std::string text = fmt::format("Срок «{}»: {}", schedule.at("text").text(), russian(kinds, schedule.at("kind")));
  if (const std::string often = russian(recurrences, schedule.at("recurrence")); !often.empty())
    text += fmt::format(", {}", often);
  if (!schedule.at("from").is_null()) text += fmt::format(", {}", schedule.at("from").text());
  if (!schedule.at("start").is_null() || !schedule.at("end").is_null())
    text += fmt::format(", {} – {}", day(schedule.at("start")), day(schedule.at("end")));
  text += schedule.at("uncertain").truth() ? ". Можно понять по-разному.\n" : ".\n";
  const List& occurrences = schedule.at("occurrences").list();
  if (!occurrences.empty()) text += fmt::format("Контрольные сроки ({}):\n", occurrences.size());
  for (const Value& one : occurrences)
    text += fmt::format("  {} – {}\n", day(one.at("start")), day(one.at("end")));
  for (const Value& one : schedule.at("readings").list())
    text += fmt::format("  возможно: {}\n", one.text());
  print_text(text);
}

}  // namespace

int deadline_command(const Arguments& arguments, Output output) {
  if (!arguments.batch.empty()) {
    const std::string lines = read_file(arguments.batch);
    std::string out;
    for (const std::string_view line : split_lines(lines))
      out += to_json(batch_line(line)) + "\n";
    print_text(out);
    return 0;
  }
  if (arguments.file.empty())
    throw Error(ErrorCode::usage, "Не сказано, какой срок читать. Напишите его слова в кавычках или дайте --batch.");
  const Value schedule = service::read_phrase(arguments.file, period_of(arguments), year_of(arguments.context_year));
  if (output == Output::json)
    print_json(schedule);
  else
    print_schedule(schedule);
  return 0;
}

}  // namespace vekha::cli
