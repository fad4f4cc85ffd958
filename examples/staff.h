// The scripted staff of the walk: who does which open task, when, with what outcome. What they do stands in
// examples/staff.json; nothing here knows a stage, a role or a document.
#pragma once

#include <optional>
#include <string>

#include "base/value.h"
#include "service/case.h"

namespace vekha::examples {

// One thing somebody is going to do.
struct Move {
  Instant at{};
  std::string task;
  std::string person;
  std::string outcome;
  Map fields;
  std::string reason;
};

class Staff {
 public:
  // `script` is examples/staff.json. `period` is the plan's.
  Staff(Value script, Period period, std::string zone);

  // When the methodist opens the file.
  Instant beginning() const;
  // The next move, the earliest first; nullopt when nothing is open. Depends on the case alone, so that an interrupted
  // walk goes on as it would have gone.
  std::optional<Move> next(service::Case& at, Instant now) const;

 private:
  Move plan_move(service::Case& at, const service::OpenTask& task, const Value& rule, Instant now) const;
  Instant local(Date day, int hour) const;

  Value script_;
  Period period_;
  std::string zone_;
};

}  // namespace vekha::examples
