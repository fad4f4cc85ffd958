// What the service tasks of processes call, and the facts their guards ask for.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "office/office.h"
#include "service/plan.h"
#include "store/store.h"
#include "workflow/decide.h"

namespace vekha::service {

class ProcessServices final : public workflow::Services {
 public:
  // `plan_of` finds the plan an instance belongs to, as it is before this transition.
  ProcessServices(const office::Office& office, store::Store& store,
                  std::function<Plan(const workflow::Instance&)> plan_of, Date today)
      : office_(office), store_(store), plan_of_(std::move(plan_of)), today_(today) {}

  // register   number? date title subject? kind? sheets? → number date registered reference: a number that is left out
  // is
  //            the next one
  // new-item   plan number? title deadline responsible? indicator? section? → item: read as a row of a file is read
  // notify     anything → nothing: the event in the history is the reminder that people see
  std::variant<Map, workflow::Rejection> call(const std::string& name, const Map& inputs,
                                              const workflow::Instance& instance,
                                              const workflow::Occasion& occasion) override;

  // items_open          how many items have an occurrence without a mark
  // items_open_numbers  their numbers, «1.2, 3.1»
  Value fact(const std::string& name, const workflow::Instance& instance) override;

  // What the calls so far have put into the register; to be committed with the transition.
  const std::vector<store::RegisterRow>& registered() const { return registered_; }

 private:
  std::variant<Map, workflow::Rejection> register_paper(const Map& inputs, const workflow::Instance& instance);
  std::variant<Map, workflow::Rejection> new_item(const Map& inputs, const workflow::Instance& instance);

  const office::Office& office_;
  store::Store& store_;
  std::function<Plan(const workflow::Instance&)> plan_of_;
  Date today_;
  std::vector<store::RegisterRow> registered_;
};

// Whether a service task may ask for this.
bool is_service(std::string_view name);

// A typed number as it is kept: without «№» and blanks.
std::string plain_number(std::string_view typed);
// Whether two numbers are one: by number and letter where they follow the rule, else to the letter.
bool same_number(const office::Register& orders, const std::string& a, const std::string& b);

// A registered paper as others name it: «от 8 декабря 2022 г. № 14 «Об утверждении …»», the date as the letterhead has
// it.
std::string paper_reference(const office::Office& office, Date date, const std::string& number,
                            const std::string& title);

// A sentence about what is wrong with a typed number; nothing for «18», «14-а», «01-05/18», «18-ОД».
// A number far beyond the others is taken for a slip of the pen.
std::optional<std::string> fault_of_number(const office::Register& orders, const std::string& number,
                                           const std::vector<store::RegisterRow>& rows);

std::vector<std::string> numbers_in_use(const std::vector<store::RegisterRow>& rows);

// The register's rule for a year: its first number is that of the year in which the case began, later years begin
// with 1.
office::Register rule_of_year(const office::Register& orders, store::Store& store, int year);

// The number to propose, by the register's rule.
std::string next_number(const office::Register& orders, const std::vector<store::RegisterRow>& rows);

}  // namespace vekha::service
