// Makes papers: from a template file and the model to bytes and a file name. Templates are compiled once and kept.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/value.h"

namespace vekha::service {

// A template ready to be filled many times. Errors: unreadable; faulty, with all faults.
class Filler {
 public:
  // `name` is what messages call it.
  Filler(const std::filesystem::path& file, const std::string& name);
  ~Filler();
  Filler(const Filler&) = delete;
  Filler& operator=(const Filler&) = delete;

  // The document, and doubts of formatters in `doubts`. Errors: faulty, with every fault of the data.
  std::string fill(const Value& data, std::vector<Diagnostic>& doubts) const;
  // «.docx» or «.xlsx».
  std::string extension() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

struct Paper {
  std::string file_name;
  std::string bytes;
  std::vector<Diagnostic> doubts;  // what a formatter could not do surely: a post it does not know, …
};

class Papers {
 public:
  explicit Papers(std::filesystem::path templates) : templates_(std::move(templates)) {}

  // Fills `template_file` (below the templates folder). `name` is a Mustache
  // pattern, the extension is added. Characters that file systems do not take become «-», long names are cut at a word.
  // Errors: faulty, with every fault of the template or of the data; unreadable, when the file is not there.
  Paper make(const std::string& template_file, const std::string& name, const Value& model);

 private:
  std::filesystem::path templates_;
  std::map<std::string, std::unique_ptr<Filler>> fillers_;
};

// A name that every file system takes: without characters that some refuse, cut at a word where it is too long.
std::string safe_file_name(std::string_view name);

// Errors: faulty, with all `diagnostics` of severity error in its message; returns otherwise.
void throw_if_faulty(const std::string& what, const std::vector<Diagnostic>& diagnostics);

}  // namespace vekha::service
