// Where the files lie that people own: templates and process definitions.
#pragma once

#include <filesystem>

namespace vekha::service {

struct Resources {
  std::filesystem::path templates;
  std::filesystem::path workflows;
};

// $VEKHA_HOME, else the folder above the program's own, else the installed …/share/vekha: the first that has
// templates/. Errors: environment, when none has.
Resources find_resources();

}  // namespace vekha::service
