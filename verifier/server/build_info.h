// BuildInfo: what is running. Thread-safe: constants.

#ifndef VERIFIER_SERVER_BUILD_INFO_H_
#define VERIFIER_SERVER_BUILD_INFO_H_

#include <string_view>

namespace verifier::server {

// E.g. "0.1.0".
[[nodiscard]] std::string_view BuildVersion() noexcept;

// The commit that it was built from, or "unknown".
[[nodiscard]] std::string_view BuildRevision() noexcept;

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_BUILD_INFO_H_
