#include "base/error.h"

namespace vekha {

const char* to_string(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage: return "usage";
    case ErrorCode::unreadable: return "unreadable";
    case ErrorCode::not_found: return "not_found";
    case ErrorCode::refused: return "refused";
    case ErrorCode::conflict: return "conflict";
    case ErrorCode::faulty: return "faulty";
    case ErrorCode::environment: return "environment";
    case ErrorCode::internal: return "internal";
  }
  return "internal";
}

}  // namespace vekha
