#include "rewards/code/call_host.h"

#include <algorithm>
#include <array>

#include "rewards/code/python_host.h"

namespace rewards::code {
namespace {

constexpr std::array kHosts = {
    CallHost{.language = "python",
             .host = PythonHost,
             .driver = PythonDriver,
             .beside = PythonBeside},
};

}  // namespace

const CallHost* CallHostOf(const sandbox::Language& language) {
  const auto* const found = std::find_if(
      kHosts.begin(), kHosts.end(),
      [&](const CallHost& host) { return host.language == language.name(); });
  return found == kHosts.end() ? nullptr : found;
}

std::vector<std::string_view> CallLanguages() {
  std::vector<std::string_view> names;
  for (const CallHost& host : kHosts) names.push_back(host.language);
  return names;
}

std::vector<std::string_view> AssertLanguages() {
  std::vector<std::string_view> names;
  for (const CallHost& host : kHosts) {
    if (host.driver != nullptr) names.push_back(host.language);
  }
  return names;
}

}  // namespace rewards::code
