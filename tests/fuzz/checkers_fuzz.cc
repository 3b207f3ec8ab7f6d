// The checkers that compute, over any response: never a crash, never a null
// that the answer bought, and the same verdict twice.

#include <boost/json/serialize.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

#include "rewards/registry.h"

namespace {

std::vector<std::unique_ptr<const rewards::Check>> MakeChecks() {
  static const rewards::Registry registry = rewards::BuiltInRegistry();
  std::vector<std::unique_ptr<const rewards::Check>> checks;
  const auto add = [&checks](std::string_view name,
                             boost::json::object params) {
    auto check = registry.Find(name)->Prepare(params);
    if (!check) std::abort();
    checks.push_back(std::move(*check));
  };
  for (const char* extract : {"auto", "strict", "boxed", "bare"}) {
    add("math", {{"gold", {"-1/2", "0.33", "50\\%"}}, {"extract", extract}});
  }
  for (const char* name : {"r1", "r1-zero", "r1-prefill", "boxed"}) {
    add("format", {{"template", name}, {"credit", "tags"}});
  }
  add("language", {{"target", "en"}, {"of", "all"}});
  add("language", {{"target", "zh"}, {"of", "all"}});
  add("text", {{"gold", {"Paris", "a b"}}});
  add("text",
      {{"gold", "Paris."}, {"case", "exact"}, {"punctuation", "exact"}});
  add("choice", {{"gold", "B"}});
  add("choice", {{"gold", {"A", "Z"}}, {"options", 26}, {"multiple", true}});
  return checks;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  static const auto* const kChecks =
      new std::vector<std::unique_ptr<const rewards::Check>>(MakeChecks());
  rewards::Submission submission;
  submission.response = {reinterpret_cast<const char*>(data), size};
  for (const auto& check : *kChecks) {
    const rewards::Verdict once = check->Judge(submission, {});
    const rewards::Verdict twice = check->Judge(submission, {});
    if (!rewards::Score(once)) std::abort();
    if (once.outcome != twice.outcome || once.detail != twice.detail) {
      std::abort();
    }
  }
  return 0;
}
