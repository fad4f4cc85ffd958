// Word templates: compiled once, filled many times. Compiling finds the tags however Word has cut them into runs,
// decides what each section repeats (text, paragraphs, table rows) and turns every part into a flat program; filling
// runs it.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/value.h"
#include "opc/package.h"

namespace vekha::documents {

struct TemplateParts;

// The bytes of the .docx that `{{>name}}` means; none where there is no such fragment.
using PartialSource = std::function<std::optional<std::string>(const std::string& name)>;
// «имя.docx» in the folder of a template or in «вставки» below it.
PartialSource partials_beside(const std::filesystem::path& template_file);

// Threads: a Template never changes after `compile`; many threads may fill one at the same time.
class Template {
 public:
  // `bytes` is a .docx or .dotx. Faults of tags are in `diagnostics()`, all of them and each with its place.
  // Fragments are put in with their styles, lists and pictures. Limit: fragments in fragments, 10 deep.
  // Errors: unreadable, for what is no Word file; refused, for one with macros.
  static Template compile(std::string bytes, const std::string& file_name, const PartialSource& partials = {});

  const std::vector<Diagnostic>& diagnostics() const;
  const std::string& file_name() const;
  const TemplateParts& parts() const { return *parts_; }

 private:
  std::shared_ptr<const TemplateParts> parts_;
};

struct Filled {
  std::string bytes;                    // a .docx; empty where there are errors
  std::vector<Diagnostic> diagnostics;  // errors of the template and data, doubts of the formatters
};

// Fills a template: the same template and data give the same bytes. A template with faults is not filled, its faults
// are the answer; so are names that the data does not know, each tag told once. Limit: 512 MB of text in a document.
Filled fill(const Template& from, const Value& data, opc::Compression compression = opc::Compression::normal);

// What `fill` would say, without making the document.
std::vector<Diagnostic> check_data(const Template& from, const Value& data);

// The fields a template asks for, as a JSON Schema (draft 2020-12). A name within a section counts as a field of its
// elements unless the template uses that name outside of the section too.
Value fields(const Template& from);

}  // namespace vekha::documents
