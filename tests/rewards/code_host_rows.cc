#include "tests/rewards/code_host_rows.h"

namespace rewards {

std::vector<std::span<const HostRow>> AllHostRows() {
  return {kJavaScriptRows, kTypeScriptRows, kRubyRows, kPhpRows,   kPerlRows,
          kLuaRows,        kBashRows,       kCppRows,  kCpp17Rows, kJavaRows,
          kCSharpRows,     kGoRows,         kRustRows};
}

}  // namespace rewards
