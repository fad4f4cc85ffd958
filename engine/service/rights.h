// Who may do a task, in their own right or for somebody absent: the one place that knows.
#pragma once

#include <string>
#include <variant>

#include "office/office.h"
#include "workflow/decide.h"

namespace vekha::service {

// The actor of a task: the person, and by whose right where it is not their own.
// Otherwise a Rejection that says whose task it is.
std::variant<workflow::Actor, workflow::Rejection> may_act(const office::Office& office, const office::Person& person,
                                                           const std::string& task_name, const std::string& role,
                                                           const std::vector<std::string>& assignees, Date today);

// The actor without a task: who adds a plan, annuls a number.
workflow::Actor actor_of(const office::Person& person);

// The one person meant by `words` (an id, a surname, a name). Errors: not_found, for nobody or several.
const office::Person& person_named(const office::Office& office, const std::string& words);

}  // namespace vekha::service
