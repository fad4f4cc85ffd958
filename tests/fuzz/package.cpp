// Any bytes as an Office file: opened as a template and as a form.
#include <cstdint>
#include <string>

#include "base/error.h"
#include "documents/form.h"
#include "documents/template.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace vekha;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  try {
    documents::fill(documents::Template::compile(bytes, "шаблон.docx"), Value(Map{}));
  } catch (const Error&) {
  }
  try {
    documents::fill(documents::Form::compile(bytes, "форма.xlsx"), Value(Map{}));
  } catch (const Error&) {
  }
  return 0;
}
