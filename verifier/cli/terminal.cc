#include "verifier/cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>

namespace verifier::cli {
namespace {

std::string_view Environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

// Length of the character at the front of `text`, and its code point; 1 and 0
// where it is not UTF-8.
std::size_t NextCharacter(std::string_view text, std::uint32_t& code) {
  const auto byte = [text](std::size_t i) -> std::uint32_t {
    return static_cast<unsigned char>(text[i]);
  };
  code = byte(0);
  if (code < 0x80) return 1;
  std::size_t size = 0;
  std::uint32_t least = 0;
  if ((code & 0xE0) == 0xC0) {
    size = 2, code &= 0x1F, least = 0x80;
  } else if ((code & 0xF0) == 0xE0) {
    size = 3, code &= 0x0F, least = 0x800;
  } else if ((code & 0xF8) == 0xF0) {
    size = 4, code &= 0x07, least = 0x10000;
  }
  if (size == 0 || text.size() < size) return code = 0, 1;
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return code = 0, 1;
    code = code << 6 | (byte(i) & 0x3F);
  }
  const bool surrogate = code >= 0xD800 && code < 0xE000;
  if (code < least || surrogate || code > 0x10FFFF) return code = 0, 1;
  return size;
}

bool IsSafe(std::uint32_t code) {
  if (code < 0x20 || (code >= 0x7F && code < 0xA0)) return false;
  if (code == 0x061C || code == 0x200E || code == 0x200F) return false;
  if (code >= 0x2028 && code <= 0x202E) return false;
  return code < 0x2066 || code > 0x2069;
}

}  // namespace

bool IsTerminal(int fd) { return isatty(fd) == 1; }

bool UseColor(ColorMode mode, int fd) {
  if (mode != ColorMode::kAuto) return mode == ColorMode::kAlways;
  if (!Environment("NO_COLOR").empty()) return false;
  const std::string_view force = Environment("CLICOLOR_FORCE");
  if (!force.empty() && force != "0") return true;
  return IsTerminal(fd) && Environment("TERM") != "dumb";
}

std::size_t TerminalColumns(int fd) {
  constexpr std::size_t kDefault = 80;
  winsize size{};
  if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  const int columns = std::atoi(std::string(Environment("COLUMNS")).c_str());
  return columns > 0 ? static_cast<std::size_t>(columns) : kDefault;
}

std::string Paint(std::string_view text, Style style, bool color) {
  if (!color) return std::string(text);
  std::string_view code;
  switch (style) {
    case Style::kGood:
      code = "32";
      break;
    case Style::kBad:
      code = "31";
      break;
    case Style::kWarning:
      code = "33";
      break;
    case Style::kFaint:
      code = "2";
      break;
    case Style::kBold:
      code = "1";
      break;
  }
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

std::string Printable(std::string_view text, std::size_t most) {
  std::string shown;
  std::size_t count = 0;
  std::size_t cut = 0;  // bytes of `shown` that leave room for "..."
  while (!text.empty()) {
    if (count == most) return most < 3 ? shown : shown.substr(0, cut) + "...";
    if (count + 3 <= most) cut = shown.size();
    std::uint32_t code = 0;
    const std::size_t size = NextCharacter(text, code);
    if (code != 0 && IsSafe(code)) {
      shown += text.substr(0, size);
    } else {
      shown += '?';
    }
    text.remove_prefix(size);
    ++count;
  }
  return shown;
}

std::size_t CharacterCount(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(),
      [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

int WriteAll(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t wrote = write(fd, text.data(), text.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return 0;
}

}  // namespace verifier::cli
