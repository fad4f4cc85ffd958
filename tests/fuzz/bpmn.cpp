// Any bytes as a BPMN file: read, told, run by itself and for an hour.
#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "workflow/describe.h"
#include "workflow/run.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace vekha;
  const std::string_view xml(reinterpret_cast<const char*>(data), size);
  const workflow::Loaded loaded = workflow::load(xml, "f.bpmn");
  if (!loaded.definition) return 0;
  workflow::describe(*loaded.definition);
  workflow::Library library;
  library.add(loaded.definition);
  workflow::run_steps(library, "", {{"n", 1}},
                      {Map{{"signal", "g"}}, Map{{"message", "m"}}, Map{{"auto", true}}, Map{{"advance", "PT1H"}},
                       Map{{"auto", true}}});
  return 0;
}
