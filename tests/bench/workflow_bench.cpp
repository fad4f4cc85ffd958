// How many instances and element steps a second the engine makes in memory, without and with the state written as JSON
// after every command. tests/bench/bpmn_engine.mjs runs the same process with the npm package of that name.
#include <fmt/format.h>

#include <chrono>
#include <string>

#include "base/json.h"
#include "workflow/decide.h"

using namespace vekha;
using namespace vekha::workflow;

namespace {

std::string arrow(const std::string& from, const std::string& to, const std::string& condition = {}) {
  const std::string inside = condition.empty() ? "" : "<conditionExpression>${" + condition + "}</conditionExpression>";
  return fmt::format("<sequenceFlow id=\"{0}-{1}\" sourceRef=\"{0}\" targetRef=\"{1}\">{2}</sequenceFlow>", from, to,
                     inside);
}

// Two user tasks beside each other, a choice, a sub-process: 15 elements passed, 3 commands.
std::string process() {
  return "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"><process id=\"p\" isExecutable=\"true\">"
         "<startEvent id=\"s\"/><task id=\"a\"/><parallelGateway id=\"f\"/><userTask id=\"b\"/><userTask id=\"c\"/>"
         "<parallelGateway id=\"j\"/><exclusiveGateway id=\"x\" default=\"x-e\"/><subProcess id=\"u\"><startEvent "
         "id=\"us\"/><userTask id=\"d\"/><endEvent id=\"ue\"/>" +
         arrow("us", "d") + arrow("d", "ue") + "</subProcess><task id=\"z\"/><endEvent id=\"e\"/>" + arrow("s", "a") +
         arrow("a", "f") + arrow("f", "b") + arrow("f", "c") + arrow("b", "j") + arrow("c", "j") + arrow("j", "x") +
         arrow("x", "u", "ok") + arrow("x", "e") + arrow("u", "z") + arrow("z", "e") + "</process></definitions>";
}

enum class State { kept, written };

void measure(const Library& library, State state, int count) {
  NoServices services;
  const Occasion occasion{*parse_instant("2023-01-09T06:00:00Z"), {"a", "А.", {}}};
  size_t steps = 0, bytes = 0;
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < count; ++i) {
    MemoryInstances instances;
    const auto run = [&](const Command& command) {
      Result result = transact(library, instances, command, occasion, services);
      const Transition& done = std::get<Transition>(result);
      for (const Event& event : done.events)
        steps += event.kind == EventKind::left;
      if (state == State::written)
        for (const Instance& instance : done.changed)
          bytes += to_json(to_value(instance)).size();
      instances.keep(done);
    };
    run(StartProcess{"p", {{"ok", true}}});
    while (!instances.all()[0].tasks.empty())
      run(CompleteTask{instances.all()[0].tasks[0].id, {}, {}, {}, CompleteTask::Check::free});
  }
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
  fmt::print("{:<32} {:>9.0f} instances/s {:>10.0f} element steps/s{}\n",
             state == State::kept ? "in memory" : "state as JSON after each command", count / time.count(),
             static_cast<double>(steps) / time.count(), bytes ? fmt::format(" ({} bytes)", bytes / count) : "");
}

}  // namespace

int main() {
  const Loaded loaded = load(process(), "bench.bpmn");
  Library library;
  library.add(loaded.definition);
  measure(library, State::kept, 20'000);
  measure(library, State::written, 20'000);
}
