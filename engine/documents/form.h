// Forms: Excel workbooks designed by others and filled in place. Rows, columns and sheets are repeated; formulas,
// merged cells, formats by condition, names, drawings and the like follow. Parts that nothing touches stay byte for
// byte.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "documents/template.h"

namespace vekha::documents {

struct FormParts;

// Threads: a Form never changes after `compile`; many threads may fill one at the same time.
class Form {
 public:
  // `bytes` is an .xlsx or .xltx. Faults of tags are in `diagnostics()`, all of them and each with its place.
  // Errors: unreadable, for what is no workbook; refused, for one with macros.
  static Form compile(std::string bytes, const std::string& file_name);

  const std::vector<Diagnostic>& diagnostics() const;
  const std::string& file_name() const;
  const FormParts& parts() const { return *parts_; }

 private:
  std::shared_ptr<const FormParts> parts_;
};

// Whether the bytes are an Office file whose main part is a workbook. Errors: unreadable, for what is no package.
bool is_workbook(const std::string& bytes, const std::string& file_name);

// Numbers of data become numbers, dates dates, all else text. Limit: Excel's own, 1,048,576 rows, 16,384 columns and
// 32,767 characters a cell.
Filled fill(const Form& from, const Value& data, opc::Compression compression = opc::Compression::normal);
// What `fill` would say, without making the document.
std::vector<Diagnostic> check_data(const Form& from, const Value& data);
// The fields a form asks for, as a JSON Schema.
Value fields(const Form& from);

}  // namespace vekha::documents
