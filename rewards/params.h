// Readers for a check's parameters: each returns the value, or a ParamError
// that names the place and what is allowed. Thread-safe: no state.

#ifndef REWARDS_PARAMS_H_
#define REWARDS_PARAMS_H_

#include <boost/json/object.hpp>
#include <boost/system/result.hpp>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rewards/checker.h"

namespace rewards {

template <typename T>
using ParamResult = boost::system::result<T, ParamError>;

// The error for the first key of `params` that is not in `allowed`; none where
// every key is.
[[nodiscard]] std::optional<ParamError> UnknownKey(
    const boost::json::object& params,
    std::initializer_list<std::string_view> allowed);

// The string at `key`, or `fallback` where the key is absent.
[[nodiscard]] ParamResult<std::string> StringParam(
    const boost::json::object& params, std::string_view key,
    std::optional<std::string_view> fallback = std::nullopt);

// As StringParam, and one of `choices`.
[[nodiscard]] ParamResult<std::string> ChoiceParam(
    const boost::json::object& params, std::string_view key,
    std::span<const std::string_view> choices,
    std::optional<std::string_view> fallback = std::nullopt);

// The boolean at `key`, or `fallback` where the key is absent.
[[nodiscard]] ParamResult<bool> BoolParam(const boost::json::object& params,
                                          std::string_view key, bool fallback);

// The number at `key` in [low, high], or `fallback` where the key is absent.
[[nodiscard]] ParamResult<double> NumberParam(const boost::json::object& params,
                                              std::string_view key, double low,
                                              double high, double fallback);

// The whole number at `key` in [low, high], or `fallback` where it is absent.
[[nodiscard]] ParamResult<std::int64_t> IntParam(
    const boost::json::object& params, std::string_view key, std::int64_t low,
    std::int64_t high, std::int64_t fallback);

// The object at `key`, or empty where the key is absent.
[[nodiscard]] ParamResult<boost::json::object> ObjectParam(
    const boost::json::object& params, std::string_view key);

// The array of strings at `key`, or empty where the key is absent.
[[nodiscard]] ParamResult<std::vector<std::string>> StringsParam(
    const boost::json::object& params, std::string_view key);

// The strings at `key`: one string, or an array of 1 to `most`; each of at most
// `most_bytes`.
[[nodiscard]] ParamResult<std::vector<std::string>> OneOrMoreStringsParam(
    const boost::json::object& params, std::string_view key, std::size_t most,
    std::size_t most_bytes);

// `key` as one reference token of a JSON pointer, with its slash (RFC 6901).
[[nodiscard]] std::string Pointer(std::string_view key);

// `error`, found in what lies at `pointer`.
[[nodiscard]] ParamError Below(std::string_view pointer,
                               const ParamError& error);

}  // namespace rewards

#endif  // REWARDS_PARAMS_H_
