// The names an expression of a process can read: what the step itself brings, then variables from the inside out, then
// `instance`, `actor`, `moment` (this instant as text) and the numbers of a multi-instance activity, then the facts
// that the process declares.
#pragma once

#include <list>
#include <string>

#include "feel/feel.h"
#include "workflow/machine.h"

namespace vekha::workflow {

class Names final : public feel::Scope {
 public:
  Names(Machine& machine, int at, const Map* local) : machine_(machine), at_(at), local_(local) {}
  const Value* find(std::string_view name) const override;

 private:
  const Value* keep(std::string_view name, Value value) const;
  const Value* loop_number(const Execution& body, std::string_view name) const;

  Machine& machine_;
  int at_;
  const Map* local_;
  mutable std::list<std::pair<std::string, Value>> made_;  // answers are kept: callers hold pointers
};

}  // namespace vekha::workflow
