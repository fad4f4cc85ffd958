// The sentence of the Error that a call throws, or nothing where it throws none.
#pragma once

#include <string>

#include "base/error.h"

namespace vekha {

std::string message_of(const auto& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.message();
  }
  return {};
}

}  // namespace vekha
