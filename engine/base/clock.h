// Where time comes from: nothing below `service` asks the machine for it.
#pragma once

#include "base/date.h"

namespace vekha {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() override { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }
};

// A clock that stands until it is set: for tests, scripted runs and papers entered later.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(start) {}
  Instant now() override { return now_; }
  void set(Instant now) { now_ = now; }

 private:
  Instant now_;
};

}  // namespace vekha
