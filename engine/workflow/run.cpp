#include "workflow/run.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/json.h"
#include "workflow/machine.h"
#include "workflow/timing.h"

namespace vekha::workflow {
namespace {

constexpr int max_automatic = 100'000;
constexpr size_t max_begun = 20'000;  // by timers, in one step

class Run {
 public:
  Run(const Library& library, const std::string& process, const Map& variables) : library_(library) {
    occasion_.now = *parse_instant("2000-01-01T00:00:00Z");
    std::vector<std::string> starting;
    start_timers_ = start_timers(library, occasion_);
    if (!process.empty()) {
      const Process* wanted = library.find(process);
      if (!wanted) throw Error(ErrorCode::usage, fmt::format("Процесса «{}» в файле нет.", process));
      std::erase_if(start_timers_, [&](const StartTimer& timer) { return timer.process != process; });
      if (begins_by_itself(*wanted)) starting.push_back(process);
    } else {
      for (const Process* candidate : library.processes())
        if (candidate->executable && begins_by_itself(*candidate)) starting.push_back(candidate->id);
    }
    command(StartTogether{starting, variables});
    pass_until(occasion_.now);
  }

  void step(const Value& step) {
    bool fits = false;
    if (const Value& node = step.at("complete"); !node.is_null()) {
      if (const Task* task = oldest_task(&node.text())) {
        CompleteTask complete{
            task->id, step.at("vars").at("outcome").text(), step.at("vars").map(), {}, CompleteTask::Check::free};
        fits = command(complete);
      }
    } else if (const Value& failing = step.at("fail"); !failing.is_null()) {
      if (const Task* task = oldest_task(&failing.text()))
        fits = command(FailTask{task->id, key_text(step.at("error"))});
    } else if (const Value& time = step.at("advance"); !time.is_null()) {
      advance(time.text());
      fits = true;
    } else if (const Value& name = step.at("message"); !name.is_null()) {
      DeliverMessage message{name.text(), std::nullopt, step.at("vars").map()};
      if (const Value& key = step.at("key"); !key.is_null()) message.key = key;
      fits = command(message);
    } else if (const Value& signal = step.at("signal"); !signal.is_null()) {
      fits = command(BroadcastSignal{signal.text(), step.at("vars").map()});
    } else if (!step.at("auto").is_null()) {
      complete_all();
      fits = true;
    } else {
      throw Error(
          ErrorCode::usage,
          fmt::format("Шаг «{}» не понятен: бывают complete, fail, advance, message, signal, auto.", to_json(step)));
    }
    if (!fits) skipped_.push_back(step);
    pass_until(occasion_.now);
  }

  Value answer() const {
    List tasks;
    Map variables;
    for (const Instance& instance : instances_.all()) {
      const Process* process = library_.find(instance.process);
      for (const Task& task : instance.tasks) {
        const Node* node = process ? process->find(task.node) : nullptr;
        tasks.push_back(Map{{"id", task.id},
                            {"node", task.node},
                            {"name", task.name},
                            {"lane", node && !node->lane.empty() ? node->lane : instance.lane}});
      }
      for (const auto& [name, value] : instance.variables())
        variables.set(name, value);
    }
    return Map{{"status", status()},
               {"trace", trace_},
               {"tasks", tasks},
               {"variables", variables},
               {"skipped", skipped_},
               {"diagnostics", List{}},
               {"error", failure_.empty() ? Value() : Value(failure_)}};
  }

 private:
  static bool begins_by_itself(const Process& process) {
    bool any_start = false;
    for (const Node& node : process.nodes) {
      if (node.scope >= 0 || node.kind != NodeKind::start_event) continue;
      if (node.trigger == Trigger::none) return true;
      any_start = true;
    }
    return !any_start && std::any_of(process.nodes.begin(), process.nodes.end(),
                                     [](const Node& node) { return node.scope < 0 && node.begins_implicitly(); });
  }

  const char* status() const {
    if (!failure_.empty()) return "failed";
    bool active = false, any = false;
    for (const Instance& instance : instances_.all()) {
      any = true;
      if (instance.status != Status::active) continue;
      active = true;
      if (!instance.tasks.empty() || !instance.timers.empty() || !instance.subscriptions.empty() ||
          !instance.conditions.empty())
        return "waiting";
    }
    if (active) return "stuck";
    // Nothing has begun, but a message, signal or timer still may.
    const std::vector<const Process*> processes = library_.processes();
    const bool may_begin = std::any_of(processes.begin(), processes.end(), [](const Process* process) {
      return process->executable && !process->starters().empty();
    });
    return !start_timers_.empty() || (!any && may_begin) ? "waiting" : "completed";
  }

  // false where it was refused: the step fits nothing.
  bool command(const Command& command) {
    if (!failure_.empty()) return false;
    Result result = transact(library_, instances_, command, occasion_, services_, OnFailure::record);
    const Transition* transition = std::get_if<Transition>(&result);
    if (!transition) return false;
    for (const Event& event : transition->events)
      trace(event);
    instances_.keep(*transition);
    failure_ = transition->failure;
    return true;
  }

  // What throws may be stopped by it, so it is listed when it throws.
  void trace(const Event& event) {
    const bool throws = event.kind == EventKind::signal_thrown || event.kind == EventKind::error_thrown ||
                        event.kind == EventKind::escalation_thrown;
    if (!throws && event.kind != EventKind::left) return;
    const std::string& type = event.data.find("type")->text();
    if (type.ends_with("Gateway") || event.data.contains("body") || (!throws && event.data.contains("thrown"))) return;
    trace_.push_back(Map{{"node", *event.data.find("node")}, {"name", *event.data.find("name")}, {"type", type}});
  }

  // Timers of instances and those that start processes fire one by one, each at its own time.
  void pass_until(Instant until) {
    for (size_t started = 0; failure_.empty(); ++started) {
      const auto next = std::min_element(start_timers_.begin(), start_timers_.end(),
                                         [](const StartTimer& a, const StartTimer& b) { return a.due < b.due; });
      if (next == start_timers_.end() || next->due > until) break;
      if (started == max_begun) {
        failure_ = fmt::format("Таймеры начали процессы {} раз за один шаг времени.", max_begun);
        return;
      }
      occasion_.now = next->due;
      command(AdvanceTime{});
      command(StartByTimer{next->process, next->node});
      if (!vekha::workflow::advance(*next)) start_timers_.erase(next);
    }
    occasion_.now = until;
    command(AdvanceTime{});
  }

  void advance(const std::string& text) {
    const std::optional<Span> span = parse_span(text);
    if (!span || span->months < 0 || span->seconds < 0)
      throw Error(ErrorCode::usage,
                  fmt::format("Длительность «{}» не читается. Ожидается, например, PT10S или P1D.", text));
    pass_until(plus(occasion_.now, *span));
  }

  // Of that node, or any where `node` is nullptr.
  const Task* oldest_task(const std::string* node) const {
    const Task* oldest = nullptr;
    for (const Instance& instance : instances_.all())
      for (const Task& task : instance.tasks)
        if ((!node || task.node == *node) && (!oldest || task.created < oldest->created)) oldest = &task;
    return oldest;
  }

  void complete_all() {
    for (int done = 0; failure_.empty(); ++done) {
      const Task* task = oldest_task(nullptr);
      if (!task) return;
      if (done == max_automatic) {
        failure_ = fmt::format("Задачи не кончаются: сами собой выполнены {}.", max_automatic);
        return;
      }
      command(CompleteTask{task->id, {}, {}, {}, CompleteTask::Check::free});
    }
  }

  const Library& library_;
  MemoryInstances instances_;
  NoServices services_;
  Occasion occasion_;
  std::vector<StartTimer> start_timers_;
  List trace_;
  List skipped_;
  std::string failure_;
};

}  // namespace

Value run_steps(const Library& library, const std::string& process, const Map& variables, const List& steps) {
  Run run(library, process, variables);
  for (const Value& step : steps)
    run.step(step);
  return run.answer();
}

Value run_file(std::string_view xml, const std::string& file_name, const std::string& process, const Map& variables,
               const List& steps) {
  const Loaded loaded = load(xml, file_name);
  if (!loaded.definition)
    return Map{{"status", "refused"},
               {"trace", List{}},
               {"tasks", List{}},
               {"variables", Map{}},
               {"skipped", List{}},
               {"diagnostics", to_value(loaded.diagnostics)},
               {"error", loaded.diagnostics.front().message}};
  Library library;
  library.add(loaded.definition);
  Map answer = run_steps(library, process, variables, steps).map();
  answer.set("diagnostics", to_value(loaded.diagnostics));
  return answer;
}

Value check_file(std::string_view xml, const std::string& file_name) {
  return Map{{"diagnostics", to_value(load(xml, file_name).diagnostics)}};
}

}  // namespace vekha::workflow
