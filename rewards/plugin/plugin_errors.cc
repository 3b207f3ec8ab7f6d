#include "rewards/plugin/plugin_errors.h"

#include <unistd.h>

#include <array>
#include <string_view>

namespace rewards::plugin {

bool PluginErrors::paused() const {
  return bytes_ >= kMostErrorBytesPerSecond && Clock::now() < next();
}

void PluginErrors::Read(sandbox::Fd& end) {
  std::array<char, 16 << 10> bytes;
  while (end.get() >= 0 && !paused()) {
    const ssize_t got = read(end.get(), bytes.data(), bytes.size());
    if (got == 0) end.Close();
    if (got <= 0) return;
    const auto size = static_cast<std::size_t>(got);
    if (Clock::now() >= next()) {
      second_ = Clock::now();
      bytes_ = 0;
    }
    bytes_ += size;
    for (const char c : std::string_view(bytes.data(), size)) {
      if (c == '\n') {
        Flush();
      } else if (line_.size() < kMostLogLineBytes) {
        line_ += c;
      }
    }
  }
}

void PluginErrors::Flush() {
  if (line_.empty()) return;
  log_.Quote(line_);
  last_ = std::move(line_);
  line_.clear();
}

}  // namespace rewards::plugin
