// What a document needs beside the parts of its template: relationships to addresses, pictures, charts with their
// workbooks, lists that begin anew. Names and numbers follow from the order in which they are asked for.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "documents/chart.h"
#include "documents/picture.h"
#include "opc/relationships.h"

namespace vekha::documents {

struct TemplateParts;

// Threads: one document, one thread.
class Annexes {
 public:
  // `parts` must outlive this.
  explicit Annexes(const TemplateParts& parts) : parts_(parts) {}

  // The id of a relationship of part `part` (its index in the package); the same one for the same target.
  std::string relation(size_t part, std::string_view kind, const std::string& target, opc::TargetMode mode);
  std::string picture(size_t part, const Picture& picture);
  // A chart like that of `like`, with the data. Its workbook can be opened in Word.
  std::string chart(size_t part, const std::string& like, const ChartData& data);
  // A number for a list that looks like list `base` and begins with its first number.
  int64_t list_like(int64_t base);

  struct Named {
    std::string name;
    std::string content;
  };
  struct Result {
    std::map<size_t, std::string> changed;  // parts of the template, by index
    std::vector<Named> added;
  };
  Result finish() &&;

 private:
  void describe(const std::string& name, const std::string& content_type);
  std::string free_name(std::string_view stem, std::string_view extension);

  const TemplateParts& parts_;
  std::map<size_t, std::vector<opc::Relationship>> relations_;
  std::map<std::string, std::string> names_;  // of pictures, by their bytes
  std::vector<Named> added_;
  std::vector<std::pair<std::string, std::string>> types_;
  std::vector<int64_t> lists_;  // what each new list looks like
};

}  // namespace vekha::documents
