// Random well-formed processes under random steps: whatever happens, the state is sound, and in the end all is done.
#include <set>

#include "bench.h"

using namespace vekha;
using namespace vekha::workflow;

namespace {

// Always the same numbers for the same seed.
class Chance {
 public:
  explicit Chance(uint64_t seed) : state_(seed * 2654435761u + 1) {}
  int below(int limit) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<int>((state_ >> 33) % static_cast<uint64_t>(limit));
  }

 private:
  uint64_t state_;
};

class Generator {
 public:
  explicit Generator(uint64_t seed) : chance_(seed) {}

  std::string process() {
    const Block body = block(3);
    return "<startEvent id=\"s\"/><endEvent id=\"e\"/>" + body.xml + flow("s", body.first) + flow(body.last, "e");
  }

 private:
  struct Block {
    std::string xml, first, last;
  };

  std::string fresh(const char* kind) { return fmt::format("{}{}", kind, ++last_); }

  Block single(const std::string& id, const std::string& xml) { return {xml, id, id}; }

  Block block(int depth) {
    switch (chance_.below(depth > 0 ? 11 : 4)) {
      case 0: {
        const std::string id = fresh("u");
        return single(id, node("userTask", id));
      }
      case 1: {
        const std::string id = fresh("c");
        return single(id, script(id, "{ n: n + 1 }"));
      }
      case 2: {
        const std::string id = fresh("w");
        return single(id, event("intermediateCatchEvent", id, "timer", "", "", "<timeDuration>PT1H</timeDuration>"));
      }
      case 3: {
        const std::string id = fresh("m");
        return single(id,
                      fmt::format("<userTask id=\"{}\"><multiInstanceLoopCharacteristics isSequential=\"{}\">"
                                  "<loopCardinality>{}</loopCardinality></multiInstanceLoopCharacteristics></userTask>",
                                  id, chance_.below(2) ? "true" : "false", chance_.below(4)));
      }
      case 4:
      case 5: {
        const Block a = block(depth - 1), b = block(depth - 1);
        return {a.xml + b.xml + flow(a.last, b.first), a.first, b.last};
      }
      case 6: return branches(depth, "parallelGateway", [](int) { return std::string(); });
      case 7: return branches(depth, "inclusiveGateway", [](int i) { return i == 0 ? "true" : "modulo(n, 2) = 0"; });
      case 8: return branches(depth, "exclusiveGateway", [](int i) { return i == 0 ? "modulo(n, 2) = 0" : "true"; });
      case 9: {  // goes back once in a while, but not for ever
        const Block body = block(depth - 1);
        const std::string merge = fresh("y"), choice = fresh("x"), count = fresh("k");
        return {
            node("exclusiveGateway", merge) + script(count, "{ turns: turns + 1 }") +
                fmt::format("<exclusiveGateway id=\"{0}\" default=\"{0}-{1}-on\"/>", choice, merge) + body.xml +
                chain({merge, body.first}) + chain({body.last, count, choice}) +
                flow_if(choice, merge, "turns &lt; 3 and modulo(turns, 2) = 1") + node("task", choice + "o") +
                fmt::format("<sequenceFlow id=\"{0}-{1}-on\" sourceRef=\"{0}\" targetRef=\"{0}o\"/>", choice, merge),
            merge, choice + "o"};
      }
      default: return scope(depth);
    }
  }

  template <class Condition>
  Block branches(int depth, const char* kind, Condition condition) {
    const std::string split = fresh("f"), join = fresh("j");
    Block result{node(kind, split) + node(kind, join), split, join};
    for (int i = 0; i < 2 + chance_.below(2); ++i) {
      const Block branch = block(depth - 1);
      const std::string text = condition(i);
      result.xml += branch.xml + (text.empty() ? flow(split, branch.first) : flow_if(split, branch.first, text)) +
                    flow(branch.last, join);
    }
    return result;
  }

  // A sub-process with a start and an end, perhaps with events at its boundary and inside it.
  Block scope(int depth) {
    const std::string id = fresh("p"), start = fresh("s"), end = fresh("e"), after = fresh("y");
    const Block inside = block(depth - 1);
    std::string body = node("startEvent", start) + node("endEvent", end) + inside.xml + flow(start, inside.first) +
                       flow(inside.last, end);
    if (chance_.below(2)) {
      const std::string handler = fresh("h"), begin = fresh("s"), task = fresh("u");
      body += sub(handler,
                  event("startEvent", begin, "signal", "signalRef=\"g\"", chance_.below(2) ? beside : "") +
                      node("userTask", task) + flow(begin, task),
                  by_event);
    }
    std::string xml = sub(id, body) + node("exclusiveGateway", after) + flow(id, after);
    if (chance_.below(2)) {
      const std::string boundary = fresh("b"), task = fresh("u");
      const bool stops = chance_.below(2);
      xml += event("boundaryEvent", boundary, "timer", "", on(id, stops ? "" : aside),
                   "<timeDuration>PT2H</timeDuration>") +
             node("userTask", task) + flow(boundary, task) + (stops ? flow(task, after) : "");
    }
    return {xml, id, after};
  }

  Chance chance_;
  int last_ = 0;
};

// What must hold of every state at rest.
void check_sound(const Bench& bench, const Instance& instance) {
  if (instance.status != Status::active) {
    CHECK(instance.tasks.empty());
    CHECK(instance.timers.empty());
    CHECK(instance.subscriptions.empty());
    CHECK(instance.conditions.empty());
    CHECK(instance.executions.size() == 1);
    return;
  }
  const Process& process = *bench.library.find(instance.process);
  std::set<int> waiting, parents;
  for (const Task& task : instance.tasks)
    waiting.insert(task.at);
  for (const Timer& timer : instance.timers)
    waiting.insert(timer.at);
  for (const Execution& execution : instance.executions) {
    parents.insert(execution.parent);
    if (execution.id == 0) continue;
    CHECK(instance.find(execution.parent) != nullptr);
    CHECK(execution.parent < execution.id);
  }
  for (const int at : waiting)
    CHECK(instance.find(at) != nullptr);
  for (const Execution& execution : instance.executions) {
    if (parents.contains(execution.id)) continue;  // a scope
    const Node& at = *process.find(execution.node);
    const bool joins = at.kind == NodeKind::parallel_gateway || at.kind == NodeKind::inclusive_gateway;
    CHECK((joins || waiting.contains(execution.id)));  // every token waits for something
  }
}

}  // namespace

TEST_CASE("random processes under random steps stay sound and come to their end") {
  for (uint64_t seed = 1; seed <= 250; ++seed) {
    Generator generator(seed);
    const std::string body = generator.process();
    Bench bench(bpmn(body, "<signal id=\"g\" name=\"Тревога\"/>"));
    Chance chance(seed + 1000);
    CAPTURE(seed);
    CAPTURE(body);
    const std::string id = bench.start("p", {{"n", chance.below(2)}, {"turns", 0}});
    int left = 400;
    for (; left > 0 && bench.of(id).status == Status::active; --left) {
      check_sound(bench, bench.of(id));
      const std::vector<Task>& tasks = bench.of(id).tasks;
      const int what = chance.below(8);
      if (what == 0)
        bench.run(BroadcastSignal{"Тревога", {}});  // nobody may be waiting
      else if (what < 3 || tasks.empty())
        bench.pass(std::chrono::minutes{40});
      else
        CHECK(bench.run(CompleteTask{
                  tasks[static_cast<size_t>(chance.below(static_cast<int>(tasks.size())))].id, "", {}, {}}) == "");
    }
    check_sound(bench, bench.of(id));
    REQUIRE(left > 0);
    REQUIRE(bench.of(id).status == Status::completed);
  }
}
