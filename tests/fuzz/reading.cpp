// Bytes that may be anything, read as a plan and as a deadline: they are read or refused by an Error.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/error.h"
#include "ingest/ingest.h"
#include "russian/deadline.h"

using namespace vekha;

namespace {

// Kinds that are read by programs which are not ours.
bool is_outside(std::string_view bytes) {
  return bytes.starts_with("%PDF") || bytes.starts_with("\xD0\xCF\x11\xE0") || bytes.starts_with("{\\rtf");
}

void read_one(const std::string& bytes) {
  if (is_outside(bytes)) return;
  try {
    const ingest::ReadResult result = ingest::read_roadmap_bytes(bytes, "plan");
    if (!roadmap::to_value(result.roadmap).is<Map>()) std::abort();
  } catch (const Error& error) {
    if (error.message().empty() || error.code() == ErrorCode::internal) std::abort();
  }
  russian::DeadlineContext context;
  context.plan = Period{make_date(2020, 1, 1), make_date(2022, 12, 31)};
  const roadmap::Schedule schedule = russian::read_deadline(std::string_view(bytes).substr(0, 300), context);
  if (schedule.start && !schedule.start->ok()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  read_one(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
