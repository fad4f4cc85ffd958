#include "workflow/definition.h"

#include <fmt/format.h>

#include <algorithm>

namespace vekha::workflow {

const Node* Process::find(std::string_view node_id) const {
  const auto found = node_index.find(node_id);
  return found == node_index.end() ? nullptr : &nodes[static_cast<size_t>(found->second)];
}

std::vector<const Node*> Process::starters() const {
  std::vector<const Node*> result;
  for (const Node& node : nodes) {
    if (node.scope >= 0) continue;
    if (node.kind == NodeKind::event_based_gateway && node.instantiate) {
      for (const int flow : node.outgoing)
        result.push_back(&nodes[static_cast<size_t>(flows[static_cast<size_t>(flow)].target)]);
    } else if ((node.kind == NodeKind::start_event && node.trigger != Trigger::none) ||
               (node.kind == NodeKind::receive_task && node.instantiate)) {
      result.push_back(&node);
    }
  }
  return result;
}

std::vector<Stage> Process::stages() const {
  std::vector<Stage> result;
  for (const Node& node : nodes)
    if (node.kind == NodeKind::sub_process && node.scope < 0 && !node.event_sub_process && !node.for_compensation)
      result.push_back({static_cast<int>(result.size()) + 1, node.name});
  return result;
}

const std::string& Definition::name_heard(const Node& node) const {
  static const std::string none;
  if (node.trigger == Trigger::signal) return node.code;
  return node.message < 0 ? none : messages[static_cast<size_t>(node.message)].name;
}

const Process* Definition::find(std::string_view process_id) const {
  for (const Process& process : processes)
    if (process.id == process_id) return &process;
  return nullptr;
}

void Library::add(std::shared_ptr<const Definition> definition) {
  if (definition) definitions_.push_back(std::move(definition));
}

const Definition* Library::definition_of(std::string_view process_id) const {
  for (auto it = definitions_.rbegin(); it != definitions_.rend(); ++it)
    if ((*it)->find(process_id)) return it->get();
  return nullptr;
}

const Process* Library::find(std::string_view process_id) const {
  const Definition* definition = definition_of(process_id);
  return definition ? definition->find(process_id) : nullptr;
}

const Definition* Library::version(std::string_view sha) const {
  for (const auto& definition : definitions_)
    if (definition->sha == sha) return definition.get();
  return nullptr;
}

std::vector<const Process*> Library::processes() const {
  std::vector<const Process*> result;
  for (const auto& definition : definitions_)
    for (const Process& process : definition->processes) {
      const Process* newest = find(process.id);
      if (std::find(result.begin(), result.end(), newest) == result.end()) result.push_back(newest);
    }
  return result;
}

const Process* Library::started_for(std::string_view what) const {
  for (const Process* process : processes())
    if (process->start_for == what) return process;
  return nullptr;
}

std::vector<Library::Starter> Library::started_by(Trigger trigger, std::string_view name) const {
  std::vector<Starter> result;
  for (const Process* process : processes()) {
    if (!process->executable) continue;
    for (const Node* node : process->starters()) {
      if (node->trigger != trigger || definition_of(process->id)->name_heard(*node) != name) continue;
      result.push_back({process, node});
      break;
    }
  }
  return result;
}

std::vector<Diagnostic> Library::check() const {
  std::vector<Diagnostic> diagnostics;
  const std::vector<const Process*> all = processes();
  const auto is_caught = [&](const std::string& name) {
    return std::any_of(all.begin(), all.end(), [&](const Process* process) {
      const Definition& definition = *definition_of(process->id);
      return std::any_of(process->nodes.begin(), process->nodes.end(), [&](const Node& node) {
        const bool throws = node.kind == NodeKind::send_task || node.kind == NodeKind::end_event ||
                            node.kind == NodeKind::intermediate_throw_event;
        return node.message >= 0 && !throws && definition.messages[static_cast<size_t>(node.message)].name == name;
      });
    });
  };
  for (const Process* process : all) {
    const Definition& definition = *definition_of(process->id);
    for (const Node& node : process->nodes) {
      if (node.kind == NodeKind::call_activity && !find(node.called_process))
        diagnostics.push_back({Severity::error, "unknown-process", node.where,
                               fmt::format("«{}» вызывает процесс «{}», которого нет.", node.name, node.called_process),
                               "Добавьте файл с этим процессом или исправьте calledElement."});
      const bool throws = node.kind == NodeKind::send_task || node.kind == NodeKind::end_event ||
                          node.kind == NodeKind::intermediate_throw_event;
      if (!throws || node.message < 0) continue;
      const std::string& name = definition.messages[static_cast<size_t>(node.message)].name;
      if (!is_caught(name))
        diagnostics.push_back({Severity::warning, "message-unheard", node.where,
                               fmt::format("«{}» отправляет сообщение «{}», а его никто не ждёт.", node.name, name),
                               "Проверьте имя сообщения."});
    }
  }
  return diagnostics;
}

}  // namespace vekha::workflow
