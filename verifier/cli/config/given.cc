#include "verifier/cli/config/given.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <optional>
#include <type_traits>

#include "verifier/cli/terminal.h"
#include "verifier/cli/units.h"
#include "verifier/protocol/nearest_name.h"

namespace verifier::cli::config {
namespace {

constexpr std::size_t kMostShown = 60;  // bytes of a value in an error

std::optional<std::uint64_t> Digits(std::string_view text) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || text.empty()) return std::nullopt;
  return number;
}

// "64K" or "4s" as a number of `kind`'s unit; else why not, in `wrong`.
std::optional<std::uint64_t> WithUnit(Kind kind, std::string_view text,
                                      std::string& wrong) {
  if (kind == Kind::kBytes) {
    const auto bytes = ParseBytes(text);
    if (bytes) return static_cast<std::uint64_t>(*bytes);
    wrong = bytes.error().detail;
  } else if (kind == Kind::kMilliseconds) {
    const auto time = ParseDuration(text);
    if (time && time->count() % 1'000 == 0) {
      return static_cast<std::uint64_t>(time->count() / 1'000);
    }
    wrong = time ? "a part of a millisecond" : time.error().detail;
  }
  return std::nullopt;
}

// The number that `given` says, if it says one.
std::optional<std::uint64_t> NumberIn(Kind kind, const Given& given) {
  if (given.type == Given::Type::kInteger) {
    if (given.integer < 0) return std::nullopt;
    return static_cast<std::uint64_t>(given.integer);
  }
  const bool text = given.type == Given::Type::kText;
  if (text) {
    if (const auto number = Digits(given.text)) return number;
  }
  if (!text && given.type != Given::Type::kString) return std::nullopt;
  std::string ignored;
  return WithUnit(kind, given.text, ignored);
}

std::string Expected(const Key& key, const Given& given) {
  std::string text = "expected " + AllowedText(key) + ", got " + Shown(given);
  if (given.type == Given::Type::kString && Digits(given.text)) {
    text += " (remove the quotes)";
  }
  return text;
}

void Store(const Key& key, std::uint64_t number, Settings& settings) {
  std::visit(
      [number](auto* value) {
        using T = std::remove_cvref_t<decltype(*value)>;
        if constexpr (std::is_same_v<T, std::chrono::milliseconds>) {
          *value = T(static_cast<std::int64_t>(number));
        } else if constexpr (!std::is_same_v<T, std::string>) {
          *value = static_cast<T>(number);
        }
      },
      key.slot(settings));
}

std::string PutString(const Key& key, const Given& given, Settings& settings) {
  if (given.type != Given::Type::kString && given.type != Given::Type::kText) {
    return Expected(key, given);
  }
  if (key.kind == Kind::kAddress) {
    server::ServerOptions ignored;
    const std::string wrong = PutListen(given.text, ignored);
    if (!wrong.empty()) return wrong + ", got " + Shown(given);
  } else if (std::find(key.words.begin(), key.words.end(), given.text) ==
             key.words.end()) {
    return Expected(key, given) +
           DidYouMean(given.text, {key.words.begin(), key.words.end()});
  }
  *std::get<std::string*>(key.slot(settings)) = given.text;
  return {};
}

}  // namespace

std::string Shown(const Given& given) {
  switch (given.type) {
    case Given::Type::kInteger:
      return std::to_string(given.integer);
    case Given::Type::kBoolean:
      return given.boolean ? "true" : "false";
    case Given::Type::kArray:
      return "an array";
    case Given::Type::kString:
      return "the string \"" + Printable(given.text, kMostShown) + '"';
    case Given::Type::kText:
      return given.text.empty() ? "nothing"
                                : '"' + Printable(given.text, kMostShown) + '"';
    case Given::Type::kOther:
      break;
  }
  return Printable(given.text, kMostShown);
}

std::string ReadNumber(const Key& key, const Given& given,
                       std::uint64_t& number) {
  const auto read = NumberIn(key.kind, given);
  if (!read || *read < key.least || *read > key.most) {
    return Expected(key, given);
  }
  number = *read;
  return {};
}

std::string Put(const Key& key, const Given& given, Settings& settings) {
  if (key.kind == Kind::kWord || key.kind == Kind::kAddress) {
    return PutString(key, given, settings);
  }
  std::uint64_t number = 0;
  std::string wrong = ReadNumber(key, given, number);
  if (wrong.empty()) Store(key, number, settings);
  return wrong;
}

std::string PutListen(const std::string& text, server::ServerOptions& options) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return "expected ADDR:PORT";
  std::string host = text.substr(0, colon);
  if (host == "localhost") host = "127.0.0.1";
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  const auto port = Digits(std::string_view(text).substr(colon + 1));
  if (!port || *port > 65'535) {
    return "the port is not a number from 0 to 65535";
  }
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(host, error);
  if (error) return "the address is not an IP address";
  if (!address.is_loopback()) {
    return "only loopback (127.0.0.0/8, [::1]) is served: anybody who reaches "
           "assayd may use it, since it has no token and no TLS yet";
  }
  options.address = address.to_string();
  options.port = static_cast<std::uint16_t>(*port);
  return {};
}

std::string DidYouMean(std::string_view word,
                       const std::vector<std::string_view>& names) {
  const std::string_view near = protocol::NearestName(word, names);
  return near.empty() ? "" : "; did you mean " + std::string(near) + '?';
}

std::string Joined(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) {
    text += (text.empty() ? "" : ", ") + std::string(name);
  }
  return text;
}

std::string UnknownKey(std::string_view table, std::string_view name,
                       const std::vector<std::string_view>& names) {
  return "unknown key " + Printable(table, 80) + "." + Printable(name, 80) +
         DidYouMean(name, names) + "; allowed: " + Joined(names);
}

}  // namespace verifier::cli::config
