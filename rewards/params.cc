#include "rewards/params.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cmath>
#include <cstdlib>
#include <stdexcept>

namespace rewards {
namespace {

ParamError Error(std::string_view key, std::string detail) {
  return {Pointer(key), std::move(detail)};
}

std::string Quoted(std::span<const std::string_view> names) {
  std::string text;
  for (const std::string_view name : names) {
    text += (text.empty() ? "\"" : ", \"") + std::string(name) + "\"";
  }
  return text;
}

std::string Text(double number) {
  std::string text = std::to_string(number);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace

std::string Pointer(std::string_view key) {
  std::string token = "/";
  for (const char c : key) {
    if (c == '~') {
      token += "~0";
    } else if (c == '/') {
      token += "~1";
    } else {
      token += c;
    }
  }
  return token;
}

std::optional<ParamError> UnknownKey(
    const boost::json::object& params,
    std::initializer_list<std::string_view> allowed) {
  const std::span<const std::string_view> names(allowed.begin(),
                                                allowed.size());
  for (const auto& member : params) {
    const std::string_view key = member.key();
    if (std::find(names.begin(), names.end(), key) != names.end()) continue;
    return Error(key, "unknown parameter; allowed: " + Quoted(names));
  }
  return std::nullopt;
}

ParamResult<std::string> StringParam(const boost::json::object& params,
                                     std::string_view key,
                                     std::optional<std::string_view> fallback) {
  const boost::json::value* value = params.if_contains(key);
  if (value == nullptr) {
    if (fallback) return std::string(*fallback);
    return Error(key, "required: a string");
  }
  const boost::json::string* text = value->if_string();
  if (text == nullptr) return Error(key, "must be a string");
  return std::string(*text);
}

ParamResult<std::string> ChoiceParam(const boost::json::object& params,
                                     std::string_view key,
                                     std::span<const std::string_view> choices,
                                     std::optional<std::string_view> fallback) {
  ParamResult<std::string> text = StringParam(params, key, fallback);
  if (!text) return text;
  if (std::find(choices.begin(), choices.end(), *text) == choices.end()) {
    return Error(key, "must be one of " + Quoted(choices));
  }
  return text;
}

ParamResult<bool> BoolParam(const boost::json::object& params,
                            std::string_view key, bool fallback) {
  const boost::json::value* value = params.if_contains(key);
  if (value == nullptr) return fallback;
  const bool* flag = value->if_bool();
  if (flag == nullptr) return Error(key, "must be true or false");
  return *flag;
}

ParamResult<double> NumberParam(const boost::json::object& params,
                                std::string_view key, double low, double high,
                                double fallback) {
  const boost::json::value* value = params.if_contains(key);
  if (value == nullptr) return fallback;
  const std::string range =
      "must be a number from " + Text(low) + " to " + Text(high);
  if (!value->is_number()) return Error(key, range);
  const double number = value->to_number<double>();
  if (!std::isfinite(number) || number < low || number > high) {
    return Error(key, range);
  }
  return number;
}

ParamResult<std::int64_t> IntParam(const boost::json::object& params,
                                   std::string_view key, std::int64_t low,
                                   std::int64_t high, std::int64_t fallback) {
  const boost::json::value* value = params.if_contains(key);
  if (value == nullptr) return fallback;
  const std::int64_t* number = value->if_int64();
  if (number == nullptr || *number < low || *number > high) {
    return Error(key, "must be a whole number from " + std::to_string(low) +
                          " to " + std::to_string(high));
  }
  return *number;
}

ParamResult<std::vector<std::string>> StringsParam(
    const boost::json::object& params, std::string_view key) {
  std::vector<std::string> strings;
  const boost::json::value* value = params.if_contains(key);
  if (value == nullptr) return strings;
  const boost::json::array* array = value->if_array();
  if (array == nullptr) return Error(key, "must be an array of strings");
  for (std::size_t i = 0; i < array->size(); ++i) {
    const boost::json::string* text = (*array)[i].if_string();
    if (text == nullptr) {
      return ParamError{Pointer(key) + "/" + std::to_string(i),
                        "must be a string"};
    }
    strings.emplace_back(*text);
  }
  return strings;
}

ParamResult<std::vector<std::string>> OneOrMoreStringsParam(
    const boost::json::object& params, std::string_view key, std::size_t most,
    std::size_t most_bytes) {
  const std::string wanted =
      "a string, or an array of 1 to " + std::to_string(most) + " strings";
  const boost::json::value* value = params.if_contains(key);
  if (value == nullptr) return Error(key, "required: " + wanted);
  std::vector<std::string> strings;
  if (const boost::json::string* text = value->if_string()) {
    strings.emplace_back(*text);
  } else if (value->is_array()) {
    ParamResult<std::vector<std::string>> all = StringsParam(params, key);
    if (!all) return all;
    strings = *std::move(all);
  }
  if (strings.empty() || strings.size() > most) {
    return Error(key, "must be " + wanted);
  }
  for (std::size_t i = 0; i < strings.size(); ++i) {
    if (strings[i].size() <= most_bytes) continue;
    const std::string at = value->is_array() ? "/" + std::to_string(i) : "";
    return ParamError{
        Pointer(key) + at,
        "longer than the limit of " + std::to_string(most_bytes) + " bytes"};
  }
  return strings;
}

void throw_exception_from_error(const ParamError& error,
                                const boost::source_location&) {
  throw std::logic_error(error.pointer + ": " + error.detail);
}

ParamError Below(std::string_view pointer, const ParamError& error) {
  return {std::string(pointer) + error.pointer, error.detail};
}

ParamResult<boost::json::object> ObjectParam(const boost::json::object& params,
                                             std::string_view key) {
  const boost::json::value* value = params.if_contains(key);
  if (value == nullptr) return boost::json::object();
  if (!value->is_object()) {
    return ParamError(Pointer(key), "must be an object");
  }
  return value->get_object();
}

}  // namespace rewards
