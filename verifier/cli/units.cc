#include "verifier/cli/units.h"

#include <boost/assert/source_location.hpp>
#include <charconv>
#include <span>
#include <stdexcept>

namespace verifier::cli {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t size;
};

constexpr std::int64_t kSecond = 1'000'000;  // in microseconds
constexpr Unit kTimes[] = {{"us", 1},
                           {"ms", 1'000},
                           {"s", kSecond},
                           {"m", 60 * kSecond},
                           {"h", 3'600 * kSecond}};
constexpr std::int64_t kMostTime = 1'000 * 3'600 * kSecond;

constexpr Unit kSizes[] = {{"B", 1},
                           {"K", std::int64_t{1} << 10},
                           {"M", std::int64_t{1} << 20},
                           {"G", std::int64_t{1} << 30},
                           {"T", std::int64_t{1} << 40}};
constexpr std::int64_t kMostSize = std::int64_t{1} << 50;

std::string Quote(std::string_view text) {
  return "\"" + std::string(text.substr(0, 40)) + "\"";
}

// `bare`: the two units a number without one could mean; `example`: how to
// write it.
boost::system::result<std::int64_t, UnitError> Parse(
    std::string_view text, std::span<const Unit> units, std::int64_t most,
    std::string_view bare_1, std::string_view bare_2,
    std::string_view example) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  const std::string_view name(stop, static_cast<std::size_t>(end - stop));
  if (error == std::errc::result_out_of_range) {
    return UnitError(Quote(text) + " is too large");
  }
  if (error != std::errc() || number < 0 || text.front() == '-') {
    return UnitError(Quote(text) + " is not a whole number with a unit, as " +
                     std::string(example));
  }
  if (name.empty()) {
    const std::string digits(text);
    return UnitError(Quote(text) + " has no unit: " + digits +
                     std::string(bare_1) + " or " + digits +
                     std::string(bare_2) + "?");
  }
  for (const Unit& unit : units) {
    if (unit.name != name) continue;
    if (number > most / unit.size) {
      return UnitError(Quote(text) + " is too large");
    }
    return number * unit.size;
  }
  return UnitError(Quote(text) + " has an unknown unit; write it as " +
                   std::string(example));
}

}  // namespace

void throw_exception_from_error(const UnitError& error,
                                const boost::source_location&) {
  throw std::logic_error(error.detail);
}

boost::system::result<std::chrono::microseconds, UnitError> ParseDuration(
    std::string_view text) {
  const auto parsed =
      Parse(text, kTimes, kMostTime, "s", "ms", "250ms, 4s or 10m");
  if (!parsed) return parsed.error();
  return std::chrono::microseconds(*parsed);
}

boost::system::result<std::int64_t, UnitError> ParseBytes(
    std::string_view text) {
  return Parse(text, kSizes, kMostSize, "M", "K", "64K, 256M or 1G");
}

}  // namespace verifier::cli
