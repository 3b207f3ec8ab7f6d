// What a plugin may say, as its first line and as an answer: never a crash,
// never a number that is none, and a description's schema holds any parameters.

#include <boost/json/parse.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "rewards/plugin/parameter_schema.h"
#include "rewards/plugin/plugin_protocol.h"
#include "tests/rewards/plugin_reader.h"

namespace {

using namespace rewards;          // NOLINT
using namespace rewards::plugin;  // NOLINT

void CheckSchema(const boost::json::object& schema) {
  static const boost::json::object kParams =
      boost::json::parse(R"({"a": 1, "b": [1, "x", null, {"c": 2.5}],
                             "words": 3, "o": {"k": {"k": {"k": true}}}})")
          .as_object();
  const auto error = CheckParameters(schema, kParams);
  if (error && error->detail.empty()) std::abort();
  // A schema is an object, too, and it may describe itself.
  static_cast<void>(CheckParameters(schema, schema));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  static const JsonReader kReader = StrictReader();
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  std::string error;
  if (const auto verdict = ReadAnswer(line, "7", kReader, error)) {
    const auto score = Score(*verdict);
    if (score && !(*score >= 0.0 && *score <= 1.0)) std::abort();
    if (!score && verdict->outcome != Outcome::kNotJudged) std::abort();
  } else if (error.empty()) {
    std::abort();
  }
  error.clear();
  if (const auto description = ReadDescription(line, kReader, error)) {
    CheckSchema(description->schema);
  } else if (error.empty()) {
    std::abort();
  }
  return 0;
}
