#include "rewards/code_test_params.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "rewards/code/call_host.h"
#include "rewards/code/compare.h"
#include "rewards/code/extract.h"
#include "rewards/code/scalar_text.h"
#include "rewards/code/value.h"
#include "rewards/code/wire.h"
#include "rewards/judge_program_params.h"
#include "rewards/param_schema.h"

namespace rewards {
namespace {

using boost::json::array;
using boost::json::object;

using sandbox::Language;

constexpr std::string_view kTests = "tests";

// What tells the kinds of test apart, the last where none of the others is.
constexpr std::string_view kCall = "call";
constexpr std::string_view kAssert = "assert";
constexpr std::string_view kHarness = "harness";

constexpr std::string_view kInteractor = "interactor";
constexpr std::string_view kVisible = "visible";

ParamResult<std::string> TextOf(const object& test, std::string_view key,
                                std::optional<std::string_view> fallback,
                                std::size_t most = kMaxTestBytes) {
  auto text = StringParam(test, key, fallback);
  if (text && text->size() > most) {
    return ParamError(Pointer(key),
                      "must be of at most " + std::to_string(most) + " bytes");
  }
  return text;
}

ParamResult<code::Test> StreamTestOf(const object& test) {
  if (auto error =
          UnknownKey(test, {"stdin", "stdout", kInteractor, kVisible})) {
    return *error;
  }
  auto input = TextOf(test, "stdin", "");
  if (!input) return input.error();
  // With an interactor it is the answer, if there is one.
  const bool talks = test.contains(kInteractor);
  auto expected =
      TextOf(test, "stdout", talks ? std::optional("") : std::nullopt);
  if (!expected) return expected.error();
  code::StreamTest stream{*std::move(input), *std::move(expected)};
  if (talks) {
    const auto params = ObjectParam(test, kInteractor);
    if (!params) return params.error();
    auto interactor = JudgeProgramOf(*params);
    if (!interactor) return Below(Pointer(kInteractor), interactor.error());
    stream.interactor =
        std::make_shared<const code::JudgeProgram>(*std::move(interactor));
  }
  return code::Test(std::move(stream));
}

// Requires: as deep as requests may be.
code::Value ValueOf(const boost::json::value& json) {
  using Kind = code::Value::Kind;
  if (json.is_bool()) {
    return {.kind = json.get_bool() ? Kind::kTrue : Kind::kFalse};
  }
  if (json.is_int64()) return code::IntValue(json.get_int64());
  if (json.is_uint64()) return code::UnsignedValue(json.get_uint64());
  if (json.is_double()) return code::FloatValue(json.get_double());
  if (json.is_string()) return code::StringValue(json.get_string());
  code::Value value{.kind = Kind::kNone};
  if (const array* items = json.if_array()) {
    value.kind = Kind::kList;
    for (const auto& item : *items) value.items.push_back(ValueOf(item));
  } else if (const object* members = json.if_object()) {
    value.kind = Kind::kDict;
    for (const auto& [key, member] : *members) {
      value.items.push_back(code::StringValue(key));
      value.items.push_back(ValueOf(member));
    }
  }
  return value;
}

// The path at `key`.
ParamResult<std::string> PathParam(const object& test, std::string_view key) {
  auto path = StringParam(test, key);
  if (path && !code::IsPath(*path)) {
    return ParamError(Pointer(key),
                      "must be a function's name, or like \"Class().method\"");
  }
  return path;
}

// An error at `key` where the languages that have such tests are others.
std::optional<ParamError> NeedsOneOf(
    const std::vector<std::string_view>& languages, const Language& language,
    std::string_view key) {
  std::string names;
  for (const std::string_view name : languages) {
    if (name == language.name()) return std::nullopt;
    names += (names.empty() ? "" : ", ") + std::string(name);
  }
  return ParamError(Pointer(key),
                    std::string(key) + " needs one of the languages: " + names);
}

bool IsTooLarge(const code::CallTest& call) {
  std::string bytes;
  for (const code::Value* value : {&call.args, &call.kwargs, &call.returns}) {
    code::Encode(*value, &bytes);
  }
  return bytes.size() > kMaxCallBytes || !code::Scan(bytes);
}

// Where the host is compiled with the program, a path that it cannot take.
std::optional<ParamError> NeedsHostedPath(const code::CallTest& call,
                                          const Language& language) {
  const code::CallHost* host = code::CallHostOf(language);
  if (host == nullptr || host->hosted == nullptr ||
      code::IsHostedPath(call.path)) {
    return std::nullopt;
  }
  return ParamError(Pointer(kCall),
                    "must be like \"name\", \"Class.name\" or "
                    "\"Class().name\" in " +
                        language.name());
}

// Where values are words, those that are none.
std::optional<ParamError> NeedsWords(const code::CallTest& call,
                                     const Language& language) {
  const code::CallHost* host = code::CallHostOf(language);
  if (host == nullptr || !host->words) return std::nullopt;
  const std::string what =
      "must be text, a number, true, false or null in " + language.name();
  for (std::size_t i = 0; i < call.args.items.size(); ++i) {
    if (!code::WordOf(call.args.items[i])) {
      return ParamError("/args/" + std::to_string(i), what);
    }
  }
  if (!code::WordOf(call.returns)) return ParamError("/returns", what);
  return std::nullopt;
}

ParamResult<code::Test> CallTestOf(const object& test,
                                   const Language& language) {
  if (auto error =
          UnknownKey(test, {"call", "args", "kwargs", "returns", kVisible})) {
    return *error;
  }
  if (auto error = NeedsOneOf(code::CallLanguages(), language, kCall)) {
    return *error;
  }
  code::CallTest call;
  auto path = PathParam(test, kCall);
  if (!path) return path.error();
  call.path = *std::move(path);
  if (auto error = NeedsHostedPath(call, language)) return *error;
  if (const boost::json::value* args = test.if_contains("args")) {
    if (!args->is_array()) return ParamError("/args", "must be an array");
    call.args.items = ValueOf(*args).items;
  }
  if (const boost::json::value* kwargs = test.if_contains("kwargs")) {
    if (!kwargs->is_object()) return ParamError("/kwargs", "must be an object");
    if (auto error = NeedsOneOf(code::KeywordLanguages(), language, "kwargs")) {
      return *error;
    }
    call.kwargs = ValueOf(*kwargs);
  }
  const boost::json::value* returns = test.if_contains("returns");
  if (returns == nullptr) return ParamError("/returns", "required");
  call.returns = ValueOf(*returns);
  if (auto error = NeedsWords(call, language)) return *error;
  if (IsTooLarge(call)) {
    return ParamError("/args", "the values of a call have at most " +
                                   std::to_string(kMaxCallBytes) + " bytes");
  }
  return code::Test(std::move(call));
}

ParamResult<std::string> ScriptOf(const object& test, std::string_view key,
                                  std::optional<std::string_view> fallback) {
  auto script = TextOf(test, key, fallback, kMaxScriptBytes);
  if (!script) return script;
  return std::string(code::WithoutByteOrderMark(*script));
}

// The source at `key`, which does something.
ParamResult<std::string> SourceOf(const object& test, std::string_view key) {
  auto source = ScriptOf(test, key, std::nullopt);
  if (source && code::IsBlank(*source)) {
    return ParamError(Pointer(key), "must not be blank");
  }
  return source;
}

ParamResult<code::Test> AssertTestOf(const object& test,
                                     const Language& language) {
  if (auto error = UnknownKey(test, {"assert", "setup", kVisible})) {
    return *error;
  }
  if (auto error = NeedsOneOf(code::AssertLanguages(), language, kAssert)) {
    return *error;
  }
  auto assertion = SourceOf(test, kAssert);
  if (!assertion) return assertion.error();
  auto setup = ScriptOf(test, "setup", "");
  if (!setup) return setup.error();
  return code::Test(code::AssertTest{*std::move(assertion), *std::move(setup)});
}

ParamResult<code::Test> HarnessTestOf(const object& test,
                                      const Language& language) {
  if (auto error = UnknownKey(test, {"harness", "entry_point", kVisible})) {
    return *error;
  }
  if (auto error = NeedsOneOf(code::AssertLanguages(), language, kHarness)) {
    return *error;
  }
  auto harness = SourceOf(test, kHarness);
  if (!harness) return harness.error();
  auto path = PathParam(test, "entry_point");
  if (!path) return path.error();
  return code::Test(code::HarnessTest{*std::move(harness), *std::move(path)});
}

ParamResult<code::Test> TestOf(const boost::json::value& value,
                               const Language& language) {
  const object* test = value.if_object();
  if (test == nullptr) return ParamError("", "must be an object");
  if (test->contains(kCall)) return CallTestOf(*test, language);
  if (test->contains(kAssert)) return AssertTestOf(*test, language);
  if (test->contains(kHarness)) return HarnessTestOf(*test, language);
  return StreamTestOf(*test);
}

// Equal interactors of tests in a row are one, which is compiled once.
void ShareInteractor(const boost::json::value& before_json,
                     const code::Test& before, const boost::json::value& json,
                     code::Test* test) {
  auto* stream = std::get_if<code::StreamTest>(test);
  const auto* other = std::get_if<code::StreamTest>(&before);
  if (stream == nullptr || stream->interactor == nullptr || other == nullptr ||
      other->interactor == nullptr) {
    return;
  }
  if (json.at(kInteractor) == before_json.at(kInteractor)) {
    stream->interactor = other->interactor;
  }
}

bool IsBlank(const code::Test& test) {
  const auto* stream = std::get_if<code::StreamTest>(&test);
  return stream != nullptr && stream->interactor == nullptr &&
         code::IsBlank(stream->expected);
}

}  // namespace

ParamResult<std::vector<code::Test>> CodeTests(const object& params,
                                               const Language& language,
                                               bool checked) {
  const boost::json::value* value = params.if_contains(kTests);
  const array* items = value == nullptr ? nullptr : value->if_array();
  if (items == nullptr || items->empty() || items->size() > kMaxTests) {
    return ParamError(
        Pointer(kTests),
        "required: an array of 1 to " + std::to_string(kMaxTests) + " tests");
  }
  std::vector<code::Test> tests;
  for (std::size_t i = 0; i < items->size(); ++i) {
    auto test = TestOf((*items)[i], language);
    if (test && checked && !std::holds_alternative<code::StreamTest>(*test)) {
      test = ParamError("", "a checker judges what is printed: no such test");
    }
    if (!test) {
      return Below(Pointer(kTests) + "/" + std::to_string(i), test.error());
    }
    tests.push_back(*std::move(test));
    if (i == 0) continue;
    ShareInteractor((*items)[i - 1], tests[i - 1], (*items)[i], &tests[i]);
  }
  if (!checked && std::all_of(tests.begin(), tests.end(), IsBlank)) {
    return ParamError(Pointer(kTests),
                      "a program that prints nothing would pass all of them");
  }
  return tests;
}

ParamResult<std::vector<bool>> VisibleTests(const object& params) {
  std::vector<bool> visible;
  bool any = false;
  for (const boost::json::value& test : params.at(kTests).as_array()) {
    const auto one = BoolParam(test.as_object(), kVisible, false);
    if (!one) {
      return Below(Pointer(kTests) + "/" + std::to_string(visible.size()),
                   one.error());
    }
    visible.push_back(*one);
    any = any || *one;
  }
  if (!any) visible.clear();
  return visible;
}

object CodeTestSchema() {
  const auto test = [](object properties, array needs) {
    properties[kVisible] = {{"type", "boolean"}, {"default", false}};
    return ClosedSchema(std::move(properties), std::move(needs));
  };
  const auto text = [](std::size_t most) -> object {
    return {{"type", "string"}, {"maxLength", most}};
  };
  const object script = text(kMaxScriptBytes);
  const object path = {{"type", "string"}};
  return {
      {"anyOf",
       {test({{"stdin", text(kMaxTestBytes)}, {"stdout", text(kMaxTestBytes)}},
             {"stdout"}),
        test({{"stdin", text(kMaxTestBytes)},
              {"stdout", text(kMaxTestBytes)},
              {kInteractor, JudgeProgramSchema()}},
             {kInteractor}),
        test({{"call", path},
              {"args", {{"type", "array"}}},
              {"kwargs", {{"type", "object"}}},
              {"returns", object()}},
             {"call", "returns"}),
        test({{"assert", script}, {"setup", script}}, {"assert"}),
        test({{"harness", script}, {"entry_point", path}},
             {"harness", "entry_point"})}}};
}

}  // namespace rewards
