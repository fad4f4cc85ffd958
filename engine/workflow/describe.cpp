#include "workflow/describe.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"

namespace vekha::workflow {
namespace {

std::string shown(const Template& text) {
  return text.expression ? "«" + fold_space(trim(text.expression->text())) + "»" : "«" + text.literal + "»";
}

std::string shown(const feel::Expression& expression) {
  std::string text = fold_space(trim(expression.text()));
  if (text.size() > 1 && text.front() == '"' && text.back() == '"' && text.find('"', 1) == text.size() - 1)
    text = text.substr(1, text.size() - 2);
  return "«" + text + "»";
}

class Describer {
 public:
  Describer(const Definition& definition, const Process& process) : definition_(definition), process_(process) {
    number(-1, "");
  }

  std::string run() {
    std::string text = fmt::format("Процесс «{}».\n", process_.name);
    if (!process_.lanes.empty()) text += fmt::format("Участвуют: {}.\n", join(process_.lanes, ", "));
    for (const int index : order_) {
      const Node& node = at(index);
      text += fmt::format("{}. {}\n", numbers_.at(index), sentence(index));
      for (const int event : node.boundary)
        text += fmt::format("   {}\n", boundary(at(event)));
    }
    return text;
  }

 private:
  const Node& at(int index) const { return process_.nodes[static_cast<size_t>(index)]; }
  const Flow& flow(int index) const { return process_.flows[static_cast<size_t>(index)]; }
  int index_of(const Node& node) const { return static_cast<int>(&node - process_.nodes.data()); }

  // Numbers the steps of one level in the order in which one comes to them; a sub-process is followed by its own.
  void number(int scope, const std::string& prefix) {
    std::vector<int> level;
    std::vector<bool> seen(process_.nodes.size());
    const auto come = [&](auto&& self, int index) -> void {
      if (index < 0 || seen[static_cast<size_t>(index)] || at(index).scope != scope) return;
      seen[static_cast<size_t>(index)] = true;
      if (at(index).kind != NodeKind::boundary_event) level.push_back(index);
      if (depth_ > 2000) return;  // what is left is numbered in the order of the file
      ++depth_;
      for (const int out : at(index).outgoing)
        self(self, flow(out).target);
      for (const int event : at(index).boundary)
        self(self, event);
      self(self, at(index).handler);
      --depth_;
    };
    for (size_t i = 0; i < process_.nodes.size(); ++i)
      if (at(static_cast<int>(i)).kind == NodeKind::start_event) come(come, static_cast<int>(i));
    for (size_t i = 0; i < process_.nodes.size(); ++i)
      if (at(static_cast<int>(i)).incoming.empty() && at(static_cast<int>(i)).kind != NodeKind::boundary_event)
        come(come, static_cast<int>(i));
    for (size_t i = 0; i < process_.nodes.size(); ++i)
      come(come, static_cast<int>(i));
    for (size_t i = 0; i < level.size(); ++i)
      numbers_[level[i]] = fmt::format("{}{}", prefix, i + 1);
    for (const int index : level) {
      order_.push_back(index);
      if (at(index).kind == NodeKind::sub_process) number(index, numbers_[index] + ".");
    }
  }

  std::string step(int index) const {
    const auto known = numbers_.find(index);
    return known == numbers_.end() ? "?" : known->second;
  }

  // «Дальше – шаг 4.», all ways with their conditions.
  std::string onward(const Node& node) const {
    if (node.outgoing.empty()) return node.kind == NodeKind::end_event ? "" : " На этом ветка кончается.";
    if (node.outgoing.size() == 1 && !flow(node.outgoing[0]).condition)
      return fmt::format(" Дальше – шаг {}.", step(flow(node.outgoing[0]).target));
    if (node.kind == NodeKind::event_based_gateway || node.kind == NodeKind::parallel_gateway) {
      std::vector<std::string> targets;
      for (const int out : node.outgoing)
        targets.push_back(step(flow(out).target));
      const std::string steps = join(targets, ", ");
      return node.kind == NodeKind::parallel_gateway ? fmt::format(" Дальше одновременно – шаги {}.", steps)
                                                     : fmt::format(" Что из этого случится первым: шаги {}.", steps);
    }
    std::vector<std::string> ways;
    for (const int out : node.outgoing) {
      const Flow& way = flow(out);
      const std::string target = step(way.target);
      const std::string name = way.name.empty() ? std::string() : fmt::format(" («{}»)", way.name);
      if (out == node.default_flow) continue;
      ways.push_back(way.condition ? fmt::format("если {}{} – шаг {}", shown(*way.condition), name, target)
                                   : fmt::format("всегда{} – шаг {}", name, target));
    }
    if (node.default_flow >= 0) ways.push_back(fmt::format("иначе – шаг {}", step(flow(node.default_flow).target)));
    return fmt::format(" Дальше: {}.", join(ways, "; "));
  }

  std::string when(const Node& event) const {
    switch (event.trigger) {
      case Trigger::message: return fmt::format("приходит сообщение «{}»", definition_.name_heard(event));
      case Trigger::signal: return fmt::format("подан сигнал «{}»", event.code);
      case Trigger::timer:
        if (event.time_date) return fmt::format("наступает срок {}", shown(*event.time_date));
        if (event.working_days) return fmt::format("прошло рабочих дней: {}", shown(*event.working_days));
        if (event.time_duration) return fmt::format("прошло {}", shown(*event.time_duration));
        return fmt::format("подходит очередное время {}", shown(*event.time_cycle));
      case Trigger::error:
        return event.code.empty() ? "случается ошибка" : fmt::format("случается ошибка «{}»", event.code);
      case Trigger::escalation:
        return event.code.empty() ? "дело передают выше" : fmt::format("дело передают выше: «{}»", event.code);
      case Trigger::conditional: return fmt::format("становится верно {}", shown(*event.condition));
      case Trigger::compensation: return "сделанное нужно отменить";
      default: return "приходит черёд";
    }
  }

  std::string boundary(const Node& event) const {
    if (event.trigger == Trigger::compensation)
      return fmt::format("Если это нужно отменить – шаг {}.", step(event.handler));
    return fmt::format("Если {}, {}.{}", when(event),
                       event.interrupting ? "этот шаг прерывается" : "этот шаг продолжается, и рядом начинается другой",
                       onward(event));
  }

  std::string thrown(const Node& node) const {
    switch (node.trigger) {
      case Trigger::message: return fmt::format("Отправляется сообщение «{}».", definition_.name_heard(node));
      case Trigger::signal: return fmt::format("Подаётся сигнал «{}».", node.code);
      case Trigger::error: return fmt::format("Случается ошибка «{}».", node.code);
      case Trigger::escalation: return fmt::format("Дело передаётся выше: «{}».", node.code);
      case Trigger::compensation:
        return node.compensates < 0 ? "Отменяется всё, что сделано на этом уровне."
                                    : fmt::format("Отменяется шаг {}.", step(node.compensates));
      case Trigger::terminate: return "Всё, что ещё идёт на этом уровне, прекращается.";
      default: return {};
    }
  }

  std::string who(const Node& node) const {
    if (node.assignment.kind == Assignment::Kind::initiator) return "тот, кто начал процесс";
    if (node.assignment.variable) return "люди из " + shown(*node.assignment.variable);
    if (!node.assignment.role.empty()) return node.assignment.role;
    return node.lane.empty() ? "любой участник" : node.lane;
  }

  std::string person_task(const Node& node) const {
    std::string text = fmt::format("«{}». Делает: {}.", node.name, who(node));
    if (!node.due.empty()) text += fmt::format(" Срок: {}.", shown(node.due));
    std::vector<std::string> fields, outcomes;
    for (const Field& field : node.fields)
      fields.push_back(field.label + (field.required ? " (обязательно)" : ""));
    if (!fields.empty()) text += fmt::format(" Заполняет: {}.", join(fields, ", "));
    for (const Outcome& outcome : node.outcomes)
      outcomes.push_back(fmt::format("«{}»{}", outcome.label, outcome.reason_required ? " (с причиной)" : ""));
    if (!outcomes.empty()) text += fmt::format(" Решает: {}.", join(outcomes, ", "));
    return text;
  }

  std::string activity(const Node& node) const {
    switch (node.kind) {
      case NodeKind::user_task: return person_task(node);
      case NodeKind::manual_task: return fmt::format("«{}» – делается вручную, программа этого не видит.", node.name);
      case NodeKind::script_task: return fmt::format("«{}» – программа считает: {}.", node.name, shown(*node.script));
      case NodeKind::business_rule_task: return fmt::format("«{}» – программа решает по таблице.", node.name);
      case NodeKind::service_task:
        return node.service.empty() ? fmt::format("«{}» – проходит сам собой.", node.name)
                                    : fmt::format("«{}» – делает программа («{}»).", node.name, node.service);
      case NodeKind::send_task:
        return fmt::format("«{}» – отправляется сообщение «{}».", node.name, definition_.name_heard(node));
      case NodeKind::receive_task:
        return fmt::format("«{}» – ждём сообщения «{}».", node.name, definition_.name_heard(node));
      case NodeKind::call_activity:
        return fmt::format("«{}» – идёт процесс «{}» до конца.", node.name, node.called_process);
      case NodeKind::sub_process:
        if (node.event_sub_process)
          return fmt::format("«{}» – начинается само, когда {}{}.", node.name, when(at(node.start)),
                             at(node.start).interrupting ? ", и прекращает всё остальное" : ", рядом с остальным");
        return fmt::format("«{}» – несколько шагов, они названы ниже.", node.name);
      default: return fmt::format("«{}» – проходит сам собой.", node.name);
    }
  }

  std::string sentence(int index) const {
    const Node& node = at(index);
    std::string text;
    switch (node.kind) {
      case NodeKind::start_event:
        text = node.trigger == Trigger::none ? "Начало." : fmt::format("Начало, когда {}.", when(node));
        break;
      case NodeKind::end_event: {
        const std::string last = thrown(node);
        return last.empty() ? fmt::format("Конец: «{}».", node.name) : last + " Конец.";
      }
      case NodeKind::intermediate_throw_event:
        text = node.trigger == Trigger::none ? fmt::format("Пройдено: «{}».", node.name) : thrown(node);
        break;
      case NodeKind::intermediate_catch_event:
        text = node.trigger == Trigger::link ? fmt::format("Сюда ведёт ссылка «{}».", node.code)
                                             : fmt::format("Ждём, когда {}.", when(node));
        break;
      case NodeKind::exclusive_gateway:
      case NodeKind::inclusive_gateway:
      case NodeKind::parallel_gateway:
      case NodeKind::event_based_gateway: text = gateway(node); break;
      default: text = activity(node) + repeated(node) + papers(node);
    }
    return text + (node.event_sub_process || node.for_compensation ? "" : onward(node));
  }

  static std::string gateway(const Node& node) {
    std::string text;
    if (node.incoming.size() > 1)
      text = node.kind == NodeKind::parallel_gateway ? "Ждём все ветки."
             : node.kind == NodeKind::inclusive_gateway ? "Ждём все ветки, которые ещё могут прийти."
                                                        : "Ветки сходятся.";
    if (node.outgoing.size() > 1) {
      if (!text.empty()) text += ' ';
      text += node.kind == NodeKind::exclusive_gateway ? fmt::format("Выбор «{}».", node.name)
              : node.kind == NodeKind::inclusive_gateway ? fmt::format("Выбор «{}», можно несколько.", node.name)
              : node.kind == NodeKind::parallel_gateway ? "Ветки расходятся."
                                                        : "Ждём, что случится.";
    }
    return text.empty() ? fmt::format("«{}».", node.name) : text;
  }

  static std::string repeated(const Node& node) {
    if (!node.loop) return {};
    const Loop& loop = *node.loop;
    if (loop.standard)
      return loop.condition ? fmt::format(" Повторяется, пока {}.", shown(*loop.condition))
                            : fmt::format(" Повторяется раз: {}.", loop.maximum);
    std::string text = loop.collection ? fmt::format(" Повторяется для каждого из {}", shown(*loop.collection))
                                       : fmt::format(" Повторяется раз: {}", shown(*loop.cardinality));
    text += loop.sequential ? ", по очереди" : ", одновременно";
    if (loop.completion) text += fmt::format(", пока не станет верно {}", shown(*loop.completion));
    return text + ".";
  }

  static std::string papers(const Node& node) {
    std::vector<std::string> names;
    for (const DocumentOutput& document : node.documents)
      names.push_back("«" + document.name + "»");
    return names.empty() ? std::string() : fmt::format(" Составляется документ: {}.", join(names, ", "));
  }

  const Definition& definition_;
  const Process& process_;
  std::map<int, std::string> numbers_;
  std::vector<int> order_;
  int depth_ = 0;
};

}  // namespace

std::string describe(const Definition& definition) {
  std::string text;
  for (const Process& process : definition.processes) {
    if (!text.empty()) text += '\n';
    text += Describer(definition, process).run();
  }
  return text;
}

}  // namespace vekha::workflow
