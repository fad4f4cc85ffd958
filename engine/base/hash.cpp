#include "base/hash.h"

#include <Poco/Crypto/DigestEngine.h>

namespace vekha {

std::string sha256(std::string_view bytes) {
  Poco::Crypto::DigestEngine engine("SHA256");
  engine.update(bytes.data(), bytes.size());
  return Poco::DigestEngine::digestToHex(engine.digest());
}

}  // namespace vekha
