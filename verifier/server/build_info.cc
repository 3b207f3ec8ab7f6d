#include "verifier/server/build_info.h"

namespace verifier::server {

std::string_view BuildVersion() noexcept { return ASSAY_VERSION; }

std::string_view BuildRevision() noexcept {
  constexpr std::string_view kCommit = ASSAY_GIT_COMMIT;
  return kCommit.empty() ? "unknown" : kCommit;
}

}  // namespace verifier::server
