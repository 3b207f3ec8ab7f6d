// Units: durations and sizes as people write them. Thread-safe: no state.

#ifndef VERIFIER_CLI_UNITS_H_
#define VERIFIER_CLI_UNITS_H_

#include <boost/system/result.hpp>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace verifier::cli {

struct UnitError {
  explicit UnitError(std::string detail_in = {})
      : detail(std::move(detail_in)) {}
  std::string detail;  // what is wrong and what to write
};
[[noreturn]] void throw_exception_from_error(const UnitError& error,
                                             const boost::source_location&);

// Reads a whole number with `us`, `ms`, `s`, `m` or `h`: "250ms", "4s". A bare
// number is an error that shows the two likely readings. At most 1,000 h.
[[nodiscard]] boost::system::result<std::chrono::microseconds, UnitError>
ParseDuration(std::string_view text);

// Reads a whole number of bytes with `K`, `M`, `G` or `T` (powers of 1024) or
// `B`: "64K", "256M", "512B". A bare number is an error that shows the two
// likely readings. At most 1,024 T.
[[nodiscard]] boost::system::result<std::int64_t, UnitError> ParseBytes(
    std::string_view text);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_UNITS_H_
