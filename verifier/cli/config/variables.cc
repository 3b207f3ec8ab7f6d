#include "verifier/cli/config/variables.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "verifier/cli/config/given.h"
#include "verifier/cli/config/plugin_tables.h"

namespace verifier::cli::config {
namespace {

constexpr std::array<std::string_view, 12> kOfOthers = {
    "ASSAY_CONFIG",      // assayd, assay: the file, where --config is not given
    "ASSAY_SERVER_URL",  // assay, assay-train
    "ASSAY_TOKEN_FILE",  // assay, assay-train
    "ASSAY_RUNS_DIR",    // assay-train
    "ASSAY_CACHE",       // setup.sh: where LibTorch lies
    "ASSAY_JOBS",        // quickstart.sh, test.sh
    "ASSAY_DATA",        // tests from here on
    "ASSAY_SANITIZED",  "ASSAY_TRAIN",    "ASSAY_VERBOSE",
    "ASSAY_BINARY",     "ASSAY_EXAMPLES",
};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Kubernetes: NAME_SERVICE_HOST, NAME_SERVICE_PORT[_PORTNAME], NAME_PORT and
// NAME_PORT_8790_TCP[_ADDR|_PORT|_PROTO], as it sets them for every service.
bool IsServiceLink(std::string_view name) {
  if (name.ends_with("_SERVICE_HOST") || name.ends_with("_PORT")) return true;
  if (name.find("_SERVICE_PORT_") != std::string_view::npos) return true;
  constexpr std::string_view kPort = "_PORT_";
  const std::size_t at = name.find(kPort);
  if (at == std::string_view::npos) return false;
  std::string_view rest = name.substr(at + kPort.size());
  const auto end = std::find_if_not(rest.begin(), rest.end(), IsDigit);
  if (end == rest.begin()) return false;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.begin()));
  return rest.starts_with("_TCP") || rest.starts_with("_UDP") ||
         rest.starts_with("_SCTP");
}

}  // namespace

const Key* KeyOfVariable(std::string_view name) {
  const auto keys = Keys();
  const auto found =
      std::find_if(keys.begin(), keys.end(),
                   [name](const Key& key) { return VariableOf(key) == name; });
  return found == keys.end() ? nullptr : &*found;
}

bool IsOfOthers(std::string_view name) {
  return std::find(kOfOthers.begin(), kOfOthers.end(), name) !=
             kOfOthers.end() ||
         IsServiceLink(name);
}

std::string UnknownVariable(std::string_view name) {
  if (name.starts_with("ASSAY_PLUGINS_")) {
    return "unknown variable: plugins are declared in a file only";
  }
  if (name.starts_with("ASSAY_HTTP_") || name.starts_with("ASSAY_JUDGES_")) {
    return "unknown variable: servers are declared in a file only";
  }
  std::vector<std::string> names(kOfOthers.begin(), kOfOthers.end());
  for (const Key& key : Keys()) names.push_back(VariableOf(key));
  return "unknown variable" + DidYouMean(name, {names.begin(), names.end()});
}

}  // namespace verifier::cli::config
