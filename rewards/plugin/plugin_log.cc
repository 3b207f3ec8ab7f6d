#include "rewards/plugin/plugin_log.h"

namespace rewards::plugin {
namespace {

unsigned char ByteAt(std::string_view text, std::size_t i) {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
}

// Bytes of the character that begins `text`; 0 where it is none that may be
// shown.
std::size_t Character(std::string_view text) {
  const unsigned char first = ByteAt(text, 0);
  if (first < 0x80) return first < 0x20 || first == 0x7f ? 0 : 1;
  const std::size_t bytes = first >= 0xf0   ? 4
                            : first >= 0xe0 ? 3
                            : first >= 0xc2 ? 2
                                            : 0;
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((ByteAt(text, i) & 0xc0U) != 0x80) return 0;
  }
  const bool control = first == 0xc2 && ByteAt(text, 1) < 0xa0;
  return control || first > 0xf4 ? 0 : bytes;
}

}  // namespace

std::string LogText(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const std::size_t bytes = Character(text);
    shown += bytes == 0 ? "?" : text.substr(0, bytes);
    text.remove_prefix(bytes == 0 ? 1 : bytes);
  }
  return shown;
}

void PluginLog::Quote(std::string_view line) {
  if (line.empty()) return;
  Pass(quoted_,
       "plugin " + name_ + ": " + LogText(line.substr(0, kMostLogLineBytes)));
}

void PluginLog::Tell(std::string_view line) {
  Pass(told_, "plugin " + name_ + " " + LogText(line));
}

void PluginLog::Pass(Rate& rate, const std::string& line) {
  if (!sink_) return;
  const std::lock_guard lock(mutex_);
  const Clock::time_point now = Clock::now();
  if (rate.lines == 0 || now - rate.start >= kLogPeriod) {
    if (rate.lines > kMostLogLines) {
      sink_("plugin " + name_ + ": " +
            std::to_string(rate.lines - kMostLogLines) +
            " more lines were dropped");
    }
    rate = {now, 0};
  }
  if (++rate.lines <= kMostLogLines) sink_(line);
}

}  // namespace rewards::plugin
