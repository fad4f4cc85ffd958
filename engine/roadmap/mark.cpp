#include "roadmap/mark.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/text.h"

namespace vekha::roadmap {
namespace {

struct StateNames {
  MarkState state;
  const char* english;
  const char* russian;
};

constexpr std::array<StateNames, 8> state_names = {{{MarkState::planned, "planned", "срок не наступил"},
                                                    {MarkState::overdue, "overdue", "просрочено"},
                                                    {MarkState::done, "done", "выполнено"},
                                                    {MarkState::partial, "partial", "выполнено частично"},
                                                    {MarkState::in_progress, "in_progress", "выполняется"},
                                                    {MarkState::not_done, "not_done", "не выполнено"},
                                                    {MarkState::moved, "moved", "перенесено"},
                                                    {MarkState::not_needed, "not_needed", "не потребовалось"}}};

const StateNames& names_of(MarkState state) {
  return *std::find_if(state_names.begin(), state_names.end(), [&](const StateNames& n) { return n.state == state; });
}

Value or_null(const std::string& text) { return text.empty() ? Value() : Value(text); }

std::string digits(Date date) { return fmt::format("{:02}.{:02}.{:04}", day_of(date), month_of(date), year_of(date)); }

// `sentence` with a capital first letter and a full stop.
std::string as_sentence(std::string_view sentence) {
  const std::string_view trimmed = trim(sentence);
  if (trimmed.empty()) return {};
  std::string text = capitalize(trimmed);
  if (text.back() != '.' && text.back() != '!' && text.back() != '?') text += '.';
  return text;
}

// An item that is marked every quarter of three years has no room for words each time.
enum class Detail { whole, brief };
constexpr size_t most_whole = 4;

std::string line_of(const Mark& mark, Detail detail) {
  std::string line = capitalize(russian_name(mark.state));
  if (mark.date) line += ' ' + digits(*mark.date);
  if (!mark.cause.empty()) line += ": " + uncapitalize(trim(mark.cause));
  if (!mark.new_term.empty()) line += "; новый срок – " + mark.new_term;
  if (line.back() != '.') line += '.';
  for (const std::string& part : {detail == Detail::whole ? mark.text : std::string(), mark.document})
    if (!part.empty()) line += ' ' + as_sentence(part);
  // «№» does not part from its number.
  return replace_all(std::move(line), "№ ", std::string("№") + no_break_space);
}

// What tells this checkpoint from the others of its item: the year, or month and year where a year has several.
std::string label_of(const Progress& progress, const Checkpoint& checkpoint) {
  if (!checkpoint.when || progress.checkpoints.size() < 2) return {};
  const int year = year_of(checkpoint.when->end);
  const auto same_year = std::count_if(progress.checkpoints.begin(), progress.checkpoints.end(),
                                       [&](const Checkpoint& c) { return c.when && year_of(c.when->end) == year; });
  if (same_year < 2) return fmt::format("{} год – ", year);
  return fmt::format("до {} – ", digits(checkpoint.when->end));
}

bool counts_as_done(MarkState state) { return state == MarkState::done || state == MarkState::not_needed; }

}  // namespace

const char* to_string(MarkState state) { return names_of(state).english; }
const char* russian_name(MarkState state) { return names_of(state).russian; }

std::optional<MarkState> mark_state_from(std::string_view russian) {
  const std::string word = to_lower(fold_space(russian));
  if (word == "частично") return MarkState::partial;
  for (const StateNames& names : state_names)
    if (word == names.russian || word == names.english) return names.state;
  return std::nullopt;
}

Value to_value(const Mark& mark) {
  return Map{{"state", to_string(mark.state)},
             {"date", mark.date ? Value(*mark.date) : Value()},
             {"text", or_null(mark.text)},
             {"document", or_null(mark.document)},
             {"fact", mark.fact ? Value(*mark.fact) : Value()},
             {"cause", or_null(mark.cause)},
             {"new_term", or_null(mark.new_term)},
             {"by", or_null(mark.by)},
             {"accepted_by", or_null(mark.accepted_by)}};
}

Mark mark_from_value(const Value& value) {
  const auto state = mark_state_from(value.at("state").text());
  if (!state)
    throw Error(ErrorCode::faulty,
                fmt::format("Отметка «{}» не известна. Известны: выполнено, выполнено частично, выполняется, не "
                            "выполнено, перенесено, не потребовалось.",
                            value.at("state").text()));
  Mark mark;
  mark.state = *state;
  mark.date = value.at("date").date();
  mark.text = value.at("text").text();
  mark.document = value.at("document").text();
  if (const Decimal* fact = value.at("fact").get_if<Decimal>()) mark.fact = *fact;
  mark.cause = value.at("cause").text();
  mark.new_term = value.at("new_term").text();
  mark.by = value.at("by").text();
  mark.accepted_by = value.at("accepted_by").text();
  return mark;
}

MarkState state_of(const Checkpoint& checkpoint, Date today) {
  if (checkpoint.mark) return checkpoint.mark->state;
  return checkpoint.when && checkpoint.when->end < today ? MarkState::overdue : MarkState::planned;
}

const char* to_string(ItemState state) {
  switch (state) {
    case ItemState::not_due: return "not_due";
    case ItemState::done: return "done";
    case ItemState::partial: return "partial";
    case ItemState::not_done: return "not_done";
    case ItemState::overdue: return "overdue";
  }
  return "not_due";
}

ItemState state_of(const Progress& progress, Date today) {
  int due = 0, done = 0, begun = 0, overdue = 0;
  for (const Checkpoint& checkpoint : progress.checkpoints) {
    const MarkState state = state_of(checkpoint, today);
    if (state == MarkState::planned) continue;
    ++due;
    if (counts_as_done(state)) ++done;
    if (state == MarkState::partial || state == MarkState::in_progress) ++begun;
    if (state == MarkState::overdue) ++overdue;
  }
  if (due == 0) return ItemState::not_due;
  if (done == due) return ItemState::done;
  if (overdue > 0) return ItemState::overdue;
  return done + begun == 0 ? ItemState::not_done : ItemState::partial;
}

std::optional<Decimal> Summary::done_percent() const {
  const auto share = Decimal::divide(Decimal(done * 100), Decimal(due));
  if (!share) return std::nullopt;
  return share->rounded(1);
}

Summary summarize(const std::vector<const Progress*>& items, Date today) {
  Summary summary;
  for (const Progress* item : items) {
    ++summary.total;
    const ItemState state = state_of(*item, today);
    if (state == ItemState::not_due) {
      const bool dated = std::any_of(item->checkpoints.begin(), item->checkpoints.end(),
                                     [](const Checkpoint& checkpoint) { return checkpoint.when.has_value(); });
      ++(dated ? summary.not_yet : summary.undated);
      continue;
    }
    ++summary.due;
    if (state == ItemState::done)
      ++summary.done;
    else if (state == ItemState::partial)
      ++summary.partial;
    else
      ++summary.not_done;
  }
  return summary;
}

std::string mark_line(const Progress& progress, const Checkpoint& checkpoint) {
  if (!checkpoint.mark) return {};
  const Detail detail = progress.checkpoints.size() > most_whole ? Detail::brief : Detail::whole;
  const std::string label = label_of(progress, checkpoint), line = line_of(*checkpoint.mark, detail);
  return label.empty() ? line : label + uncapitalize(line);
}

std::vector<std::string> mark_lines(const Progress& progress) {
  std::vector<std::string> lines;
  for (const Checkpoint& checkpoint : progress.checkpoints)
    if (checkpoint.mark) lines.push_back(mark_line(progress, checkpoint));
  return lines;
}

std::vector<std::string> completion_lines(const Progress& progress, Date today) {
  std::vector<std::string> lines = mark_lines(progress);
  int to_come = 0;
  for (const Checkpoint& checkpoint : progress.checkpoints) {
    if (checkpoint.mark) continue;
    if (state_of(checkpoint, today) == MarkState::overdue) {
      const std::string label = label_of(progress, checkpoint), line = russian_name(MarkState::overdue);
      lines.push_back((label.empty() ? capitalize(line) : label + line) + ".");
    } else {
      ++to_come;
    }
  }
  if (lines.empty())
    lines.push_back(progress.item.deadline.occurrences.empty() ? "Отметок нет." : "Срок не наступил.");
  else if (to_come > 0)
    lines.push_back(fmt::format("По остальным срокам ({}) срок не наступил.", to_come));
  return lines;
}

}  // namespace vekha::roadmap
