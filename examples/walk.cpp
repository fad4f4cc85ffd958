// The main job over the examples: every roadmap given is brought into a case of its own and walked through all stages
// by a scripted staff on a scripted clock; the papers of every transition are left in a folder.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <vector>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "service/case.h"
#include "service/tools.h"
#include "staff.h"

namespace fs = std::filesystem;
using namespace vekha;

namespace {

const fs::path examples_folder = VEKHA_EXAMPLES;
constexpr size_t read_limit = 64u << 20;

struct Walk {
  std::string name;
  fs::path file;
  fs::path office;
};

struct Walked {
  std::string name;
  size_t items = 0;
  size_t transitions = 0;
  size_t documents = 0;
  double seconds = 0;
};

// What is written on one line of the terminal, over and over; nothing where no terminal is.
class Progress {
 public:
  void show(const std::string& name, size_t done, size_t total) {
    if (!terminal_) return;
    constexpr size_t width = 30;
    const size_t filled = total == 0 ? 0 : std::min(width, width * done / total);
    fmt::print(stderr, "\r\033[K{} [{}{}] {} из {}", name, std::string(filled, '#'), std::string(width - filled, '.'),
               done, total);
  }
  void clear() {
    if (terminal_) fmt::print(stderr, "\r\033[K");
  }

 private:
  bool terminal_ = ::isatty(STDERR_FILENO) != 0;
};

std::vector<Walk> walks_of(const std::vector<std::string>& files) {
  std::vector<Walk> walks;
  if (files.empty()) {
    for (const auto& entry : fs::directory_iterator(examples_folder))
      if (fs::exists(entry.path() / "roadmap.txt"))
        walks.push_back({entry.path().filename().string(), entry.path() / "roadmap.txt", entry.path() / "office.json"});
    std::sort(walks.begin(), walks.end(), [](const Walk& a, const Walk& b) { return a.name < b.name; });
  }
  for (const std::string& file : files) {
    // A file of one's own brings its office along, or borrows one.
    const fs::path beside = fs::path(file).parent_path() / "office.json";
    std::string name = fs::path(file).stem().string();
    const auto taken = [&](const std::string& wanted) {
      return std::any_of(walks.begin(), walks.end(), [&](const Walk& walk) { return walk.name == wanted; });
    };
    for (int copy = 2; taken(name); ++copy)
      name = fmt::format("{} ({})", fs::path(file).stem().string(), copy);
    walks.push_back({name, file, fs::exists(beside) ? beside : examples_folder / "ozersky" / "office.json"});
  }
  return walks;
}

// The plan's period: what the file says, else what its deadlines span, as whole years. A staff has to decide.
Period period_of(const service::ReadPlan& read) {
  const Value& period = read.roadmap.at("period");
  const auto start = period.at("start").date(), end = period.at("end").date();
  if (start && end) return {*start, *end};
  std::optional<int> first, last;
  for (const Value& section : read.roadmap.at("sections").list())
    for (const Value& item : section.at("items").list())
      for (const char* side : {"start", "end"})
        if (const auto day = item.at("deadline").at(side).date()) {
          first = std::min(first.value_or(year_of(*day)), year_of(*day));
          last = std::max(last.value_or(year_of(*day)), year_of(*day));
        }
  const int year = start ? year_of(*start) : first.value_or(2023);
  return {make_date(year, 1, 1), make_date(std::max(year, last.value_or(year)), 12, 31)};
}

void show_progress(Progress& progress, const std::string& name, const service::Plan& plan) {
  size_t marked = 0, all = 0;
  for (const service::PlanItem& item : plan.items)
    for (const roadmap::Checkpoint& checkpoint : item.progress.checkpoints) {
      ++all;
      marked += checkpoint.mark.has_value();
    }
  progress.show(name, marked, all);
}

bool is_finished(const fs::path& folder) { return fs::exists(folder / "finished"); }

Walked walk(const Walk& one, const fs::path& out, const Value& script, Progress& progress) {
  const auto began = std::chrono::steady_clock::now();
  const fs::path folder = out / one.name;
  if (is_finished(folder)) fs::remove_all(folder);
  const service::ReadPlan read = service::read_plan(one.file, std::nullopt);
  const Period period = period_of(read);
  const Value office = parse_json(read_file(one.office), one.office.string());
  const examples::Staff staff(script, period, office.at("time_zone").text());

  ManualClock clock(staff.beginning());
  const auto at =
      service::Case::open((folder / "case").string(), service::CaseMode::create, service::find_resources(), clock);
  at->set_office(office, one.office.string());
  if (at->plans().empty())
    at->add(one.file.string(), read_file(one.file, read_limit), period,
            at->office().letterhead.find("site_person")->text());
  const std::string plan = at->plans().front().id;
  if (const auto last = at->last_moment()) clock.set(std::max(clock.now(), *last));

  int64_t exported = at->export_documents(plan, folder.string());
  for (size_t step = 0;; ++step) {
    const std::optional<examples::Move> move = staff.next(*at, clock.now());
    if (!move) break;
    clock.set(move->at);
    at->advance();
    at->complete(move->task, move->outcome, move->fields, move->reason, move->person);
    exported = at->export_documents(plan, folder.string(), exported);
    if (step % 10 == 0) {
      show_progress(progress, one.name, at->plan(plan));
    }
  }
  progress.clear();

  Walked walked{one.name};
  const service::Plan done = at->plan(plan);
  walked.items = done.items.size();
  for (const service::PlanItem& item : done.items)
    if (!item.ended)
      throw Error(ErrorCode::refused, fmt::format("Мероприятие {} дорожной карты «{}» не дошло до конца.",
                                                  item.progress.item.number, one.name));
  for (const store::EventRow& event : at->history(plan))
    walked.transitions += event.kind == "task-completed";
  walked.documents = at->documents(plan).size();
  walked.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  write_file(folder / "finished", "");
  return walked;
}

std::string padded(const std::string& text, size_t width) {
  const size_t count = count_chars(text);
  return text + std::string(count < width ? width - count : 0, ' ');
}

void print_table(const std::vector<Walked>& all, const fs::path& out) {
  fmt::print("\n{} {:>12} {:>10} {:>11} {:>8}\n", padded("Дорожная карта", 24), "Мероприятий", "Переходов",
             "Документов", "Секунд");
  for (const Walked& one : all)
    fmt::print("{} {:>12} {:>10} {:>11} {:>8.1f}\n", padded(one.name, 24), one.items, one.transitions, one.documents,
               one.seconds);
  fmt::print("\nДокументы лежат в папке {}\n", (out / "<дорожная карта>/<стадия>").string());
}

}  // namespace

int main(int count, char** words) {
  try {
    fs::path out = "out";
    std::vector<std::string> files;
    for (int i = 1; i < count; ++i) {
      const std::string word = words[i];
      if (word == "--out" && i + 1 < count)
        out = words[++i];
      else
        files.push_back(word);
    }
    const Value script = parse_json(read_file(examples_folder / "staff.json"), "staff.json");
    Progress progress;
    std::vector<Walked> all;
    const std::vector<Walk> walks = walks_of(files);
    // Only when every roadmap is through does the next run start anew; until then it goes on.
    bool all_finished = true;
    for (const Walk& one : walks)
      all_finished = all_finished && is_finished(out / one.name);
    for (const Walk& one : walks) {
      if (!all_finished && is_finished(out / one.name)) {
        fmt::print("{}: уже пройдена, документы в {}\n", one.name, (out / one.name).string());
        continue;
      }
      all.push_back(walk(one, out, script, progress));
    }
    print_table(all, out);
    return 0;
  } catch (const Error& error) {
    fmt::print(stderr, "Ошибка: {}\n", error.message());
    return error.code() == ErrorCode::environment ? 3 : error.code() == ErrorCode::unreadable ? 2 : 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "Ошибка: внутренняя ошибка программы: {}.\n", error.what());
    return 1;
  }
}
