// Instances in memory, and timers that start processes: what a run without a store needs.
#include <fmt/format.h>

#include <algorithm>

#include "base/time_zone.h"
#include "workflow/decide.h"
#include "workflow/machine.h"
#include "workflow/timing.h"

namespace vekha::workflow {

std::vector<StartTimer> start_timers(const Library& library, const Occasion& occasion) {
  std::vector<StartTimer> timers;
  const Map none;
  const feel::MapScope nothing(none);
  const auto now = to_local(occasion.now, occasion.zone);
  for (const Process* process : library.processes()) {
    if (!process->executable) continue;
    for (const Node* node : process->starters()) {
      if (node->trigger != Trigger::timer) continue;
      const auto text = [&](const std::optional<feel::Expression>& expression) {
        return expression ? key_text(expression->evaluate(nothing, {.now = now}).value) : std::string();
      };
      StartTimer timer{process->id, node->id, {}, {}, 0};
      if (node->time_date) {
        const auto due = parse_due(text(node->time_date), occasion.zone);
        if (!due || *due < occasion.now) continue;
        timer.due = *due;
      } else if (const auto span = parse_span(text(node->time_duration))) {
        timer.due = plus(occasion.now, *span);
      } else if (const auto cycle = parse_cycle(text(node->time_cycle)); cycle && cycle->repeats != 0) {
        const auto start = parse_due(cycle->start, occasion.zone);
        timer.due = start.value_or(plus(occasion.now, *parse_span(cycle->every)));
        timer.every = cycle->every;
        timer.repeats = cycle->repeats < 0 ? -1 : cycle->repeats - 1;
        while (timer.due < occasion.now)
          if (!advance(timer)) break;
        if (timer.due < occasion.now) continue;
      } else {
        continue;
      }
      timers.push_back(std::move(timer));
    }
  }
  return timers;
}

bool advance(StartTimer& timer) {
  const auto span = parse_span(timer.every);
  if (!span || timer.repeats == 0) return false;
  timer.due = plus(timer.due, *span);
  if (timer.repeats > 0) --timer.repeats;
  return true;
}

std::optional<Instance> MemoryInstances::load(const std::string& id) {
  const Instance* instance = find(id);
  return instance ? std::optional(*instance) : std::nullopt;
}

std::vector<std::string> MemoryInstances::waiting(const std::string& message, const std::string* key) {
  std::vector<std::string> ids;
  for (const size_t index : listening_) {
    const Instance& instance = instances_[index];
    if (std::any_of(instance.subscriptions.begin(), instance.subscriptions.end(),
                    [&](const Subscription& subscription) {
                      return subscription.message == message && (!key || subscription.key == *key);
                    }))
      ids.push_back(instance.id);
  }
  return ids;
}

std::vector<std::string> MemoryInstances::due(Instant until) {
  std::vector<std::string> ids;
  for (const size_t index : timed_) {
    const Instance& instance = instances_[index];
    if (std::any_of(instance.timers.begin(), instance.timers.end(),
                    [&](const Timer& timer) { return timer.due <= until; }))
      ids.push_back(instance.id);
  }
  return ids;
}

std::string MemoryInstances::new_id(const std::string& process) { return fmt::format("{}-{}", process, ++last_); }

void MemoryInstances::keep(const Transition& transition) {
  for (const Instance& instance : transition.changed) {
    const auto [known, is_new] = index_.emplace(instance.id, instances_.size());
    const size_t index = known->second;
    if (is_new)
      instances_.push_back(instance);
    else
      instances_[index] = instance;
    const bool active = instance.status == Status::active;
    if (active && !instance.timers.empty())
      timed_.insert(index);
    else
      timed_.erase(index);
    if (active && !instance.subscriptions.empty())
      listening_.insert(index);
    else
      listening_.erase(index);
  }
}

const Instance* MemoryInstances::find(std::string_view id) const {
  const auto found = index_.find(id);
  return found == index_.end() ? nullptr : &instances_[found->second];
}

}  // namespace vekha::workflow
