#include "verifier/protocol/strict_json.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <utility>
#include <vector>

namespace verifier::protocol {
namespace {

namespace json = boost::json;
using ErrorCode = boost::system::error_code;

constexpr std::size_t kMostSignificantDigits = 17;
constexpr std::size_t kLongestPointer = 512;  // bytes, in an error

// Digits of the mantissa of `number` without leading and trailing zeros.
std::size_t SignificantDigits(std::string_view number) {
  std::size_t digits = 0;
  std::size_t trailing_zeros = 0;
  for (const char c : number) {
    if (c == 'e' || c == 'E') break;
    if (c < '0' || c > '9') continue;
    if (digits == 0 && c == '0') continue;
    ++digits;
    trailing_zeros = c == '0' ? trailing_zeros + 1 : 0;
  }
  return digits - trailing_zeros;
}

// The events of Boost.JSON's parser, checked and built into a value. Returning
// false stops the parser; `problem` then says why.
class Builder {
 public:
  constexpr static std::size_t max_object_size = std::size_t(-1);
  constexpr static std::size_t max_array_size = std::size_t(-1);
  constexpr static std::size_t max_key_size = std::size_t(-1);
  constexpr static std::size_t max_string_size = std::size_t(-1);

  Builder(std::size_t most_members, std::size_t most_values,
          json::storage_ptr storage)
      : most_members_(most_members), values_left_(most_values) {
    stack_.reset(std::move(storage));
  }

  const std::string& problem() const { return problem_; }
  json::value Release() { return stack_.release(); }

  // Where the value being read stands.
  std::string Pointer() const {
    std::string pointer;
    for (std::size_t i = 0; i < frames_.size(); ++i) {
      const Frame& frame = frames_[i];
      if (pointer.size() > kLongestPointer) return pointer + "...";
      const std::size_t end =
          i + 1 < frames_.size() ? frames_[i + 1].first_key : keys_.size();
      if (!frame.is_object) {
        pointer += "/" + std::to_string(frame.count);
      } else if (end > frame.first_key) {
        pointer += PointerToken(
            std::string_view(keys_[end - 1]).substr(0, kLongestPointer));
      }
    }
    return pointer;
  }

  bool on_document_begin(ErrorCode&) { return true; }
  bool on_document_end(ErrorCode&) { return true; }

  bool on_object_begin(ErrorCode&) {
    frames_.push_back({true, 0, keys_.size()});
    return true;
  }
  bool on_object_end(std::size_t n, ErrorCode& ec) {
    const auto first =
        keys_.begin() + static_cast<std::ptrdiff_t>(frames_.back().first_key);
    std::sort(first, keys_.end());
    const auto twice = std::adjacent_find(first, keys_.end());
    if (twice != keys_.end()) {
      keys_.push_back(*twice);  // the one that the pointer names
      return Refuse("duplicate key", ec);
    }
    keys_.erase(first, keys_.end());
    frames_.pop_back();
    stack_.push_object(n);
    return ValueRead(ec);
  }
  bool on_array_begin(ErrorCode&) {
    frames_.push_back({false, 0, keys_.size()});
    return true;
  }
  bool on_array_end(std::size_t n, ErrorCode& ec) {
    frames_.pop_back();
    stack_.push_array(n);
    return ValueRead(ec);
  }

  bool on_key_part(std::string_view part, std::size_t, ErrorCode&) {
    key_ += part;
    stack_.push_chars(part);
    return true;
  }
  bool on_key(std::string_view part, std::size_t, ErrorCode& ec) {
    key_ += part;
    stack_.push_key(part);
    keys_.push_back(std::move(key_));
    key_.clear();
    if (keys_.size() - frames_.back().first_key > most_members_) {
      return Refuse("more than " + std::to_string(most_members_) +
                        " members in one object (limit.json_members)",
                    ec);
    }
    return true;
  }
  bool on_string_part(std::string_view part, std::size_t, ErrorCode&) {
    stack_.push_chars(part);
    return true;
  }
  bool on_string(std::string_view part, std::size_t, ErrorCode& ec) {
    stack_.push_string(part);
    return ValueRead(ec);
  }

  bool on_number_part(std::string_view part, ErrorCode&) {
    number_ += part;
    return true;
  }
  bool on_int64(std::int64_t i, std::string_view, ErrorCode& ec) {
    number_.clear();
    stack_.push_int64(i);
    return ValueRead(ec);
  }
  bool on_uint64(std::uint64_t u, std::string_view, ErrorCode& ec) {
    number_.clear();
    stack_.push_uint64(u);
    return ValueRead(ec);
  }
  bool on_double(double, std::string_view part, ErrorCode& ec) {
    number_ += part;
    const std::string text = std::move(number_);
    number_.clear();
    if (text.find_first_of(".eE") == std::string::npos) {
      return Refuse("the number loses precision: an integer outside 64 bits",
                    ec);
    }
    const std::size_t digits = SignificantDigits(text);
    if (digits > kMostSignificantDigits) {
      return Refuse("the number loses precision: more than 17 digits", ec);
    }
    double value = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (read.ec != std::errc() || read.ptr != end || !std::isfinite(value) ||
        (value == 0 && digits != 0)) {
      return Refuse("the number is outside the range of a double", ec);
    }
    stack_.push_double(value);
    return ValueRead(ec);
  }
  bool on_bool(bool b, ErrorCode& ec) {
    stack_.push_bool(b);
    return ValueRead(ec);
  }
  bool on_null(ErrorCode& ec) {
    stack_.push_null();
    return ValueRead(ec);
  }
  bool on_comment_part(std::string_view, ErrorCode&) { return true; }
  bool on_comment(std::string_view, ErrorCode&) { return true; }

 private:
  struct Frame {
    bool is_object;
    std::size_t count;      // elements read so far, of an array
    std::size_t first_key;  // in keys_
  };

  bool ValueRead(ErrorCode& ec) {
    if (values_left_ == 0)
      return Refuse("too many values (limit.json_values)", ec);
    --values_left_;
    if (!frames_.empty()) ++frames_.back().count;
    return true;
  }
  bool Refuse(std::string problem, ErrorCode& ec) {
    problem_ = std::move(problem);
    ec = boost::system::errc::make_error_code(
        boost::system::errc::invalid_argument);
    return false;
  }

  std::size_t most_members_;
  std::size_t values_left_;
  json::value_stack stack_;
  std::vector<Frame> frames_;
  std::vector<std::string> keys_;  // read so far, of all open objects
  std::string key_;
  std::string number_;
  std::string problem_;
};

// One sentence for an error of the parser itself.
std::string Describe(const ErrorCode& ec, std::size_t depth) {
  if (ec == json::error::too_deep) {
    return "nested deeper than " + std::to_string(depth) +
           " levels (limit.json_depth)";
  }
  if (ec == json::error::incomplete) return "the text ends too early";
  if (ec == json::error::extra_data) return "text after the JSON value";
  if (ec == json::error::syntax) return "not JSON: syntax error";
  return "not JSON: " + ec.message();
}

}  // namespace

std::string PointerToken(std::string_view token) {
  std::string text = "/";
  for (const char c : token) {
    if (c == '~') {
      text += "~0";
    } else if (c == '/') {
      text += "~1";
    } else {
      text += c;
    }
  }
  return text;
}

boost::system::result<json::value, JsonError> ParseStrictJson(
    std::string_view text, const JsonLimits& limits,
    json::storage_ptr storage) {
  json::parse_options options;
  options.max_depth = limits.depth;
  json::basic_parser<Builder> parser(options, limits.members, limits.values,
                                     std::move(storage));
  ErrorCode ec;
  const std::size_t read =
      parser.write_some(false, text.data(), text.size(), ec);
  if (!ec && read < text.size()) ec = json::error::extra_data;
  const Builder& builder = parser.handler();
  if (ec) {
    return JsonError(read, builder.Pointer(),
                     builder.problem().empty() ? Describe(ec, limits.depth)
                                               : builder.problem());
  }
  return parser.handler().Release();
}

void throw_exception_from_error(const JsonError& error,
                                const boost::source_location&) {
  throw std::logic_error(error.pointer + ": " + error.detail);
}

}  // namespace verifier::protocol
