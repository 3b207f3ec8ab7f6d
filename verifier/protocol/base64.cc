#include "verifier/protocol/base64.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace verifier::protocol {
namespace {

constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNoDigit = 64;

constexpr std::array<std::uint8_t, 256> kValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNoDigit);
  for (std::size_t i = 0; i < kDigits.size(); ++i) {
    values[static_cast<unsigned char>(kDigits[i])] =
        static_cast<std::uint8_t>(i);
  }
  return values;
}();

}  // namespace

std::string ToBase64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::string_view part = bytes.substr(i, 3);
    std::uint32_t bits = 0;
    for (std::size_t at = 0; at < 3; ++at) {
      bits =
          bits << 8 | (at < part.size() ? static_cast<unsigned char>(part[at])
                                        : std::uint32_t{0});
    }
    for (std::size_t at = 0; at < 4; ++at) {
      text += at <= part.size() ? kDigits[bits >> (18 - 6 * at) & 63] : '=';
    }
  }
  return text;
}

std::optional<std::string> FromBase64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  for (std::size_t i = 0; i < text.size(); i += 4) {
    const std::string_view part = text.substr(i, 4);
    std::size_t digits = part.find('=');
    if (digits == std::string_view::npos) digits = 4;
    const bool last = i + 4 == text.size();
    if (digits < 2 || (digits != 4 && !last)) return std::nullopt;
    std::uint32_t bits = 0;
    for (std::size_t at = 0; at < 4; ++at) {
      const std::uint8_t value =
          at < digits ? kValues[static_cast<unsigned char>(part[at])]
                      : std::uint8_t{0};
      if (value == kNoDigit) return std::nullopt;
      if (at >= digits && part[at] != '=') return std::nullopt;
      bits = bits << 6 | value;
    }
    for (std::size_t at = 0; at + 1 < digits; ++at) {
      bytes += static_cast<char>(bits >> (16 - 8 * at) & 0xff);
    }
    const std::uint32_t left = bits & ((1U << (8 * (4 - digits))) - 1);
    if (digits != 4 && left != 0) return std::nullopt;
  }
  return bytes;
}

}  // namespace verifier::protocol
