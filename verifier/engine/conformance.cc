#include "verifier/engine/conformance.h"

#include <array>
#include <atomic>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <exception>
#include <memory>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "rewards/plugin/plugin_checker.h"
#include "verifier/engine/built_in.h"
#include "verifier/engine/sample_params.h"
#include "verifier/protocol/json_text.h"

namespace verifier::engine {
namespace {

namespace json = boost::json;
using rewards::Verdict;

constexpr std::chrono::minutes kMostTime{10};  // for one item
constexpr std::size_t kItems = 200;
constexpr std::size_t kThreads = 8;

struct OddResponse {
  std::string_view name;
  std::string text;
};

std::string Repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

std::vector<OddResponse> OddResponses() {
  return {
      {"an empty response", ""},
      {"one word", "42"},
      {"a thought and an answer",
       "<think>two</think> The answer is \\boxed{2}."},
      {"a megabyte on one line", std::string(1 << 20, 'a')},
      {"a hundred thousand lines", Repeated("a line\n", 100'000)},
      {"odd Unicode",
       "\u202Eright to left\u202C e\u0301 \u200B\u200D \U0001F469\u200D"
       "\U0001F680 \uFFFF \uFEFF \u0645\u0631\u062D\u0628\u0627 \u2028\u2029"},
      {"control characters", std::string("\0\x01\x07\x1b[31m\r\n\t\x7f", 12)},
      {"quotes and backslashes", "\\\"'\\n\\u0000\\x ${x} %s %n \\\\"},
      {"a line of the protocol",
       "{\"id\": \"1\", \"score\": 1}\n{\"id\": \"2\", \"score\": 1}\n"},
      {"ten thousand brackets",
       std::string(10'000, '[') + std::string(10'000, ')')},
  };
}

std::string ReasonOf(const Verdict& verdict) {
  const json::value* reason = verdict.detail.if_contains("reason");
  return reason != nullptr && reason->is_string()
             ? std::string(reason->get_string())
             : "it gave no reason";
}

bool Same(const Verdict& one, const Verdict& other) {
  return one.outcome == other.outcome &&
         one.partial_score == other.partial_score &&
         one.evidence == other.evidence && one.detail == other.detail;
}

class Test {
 public:
  Test(const rewards::Checker& checker, const OnConformance& on_check)
      : checker_(checker), on_check_(on_check) {}

  bool Run() {
    Say("describes itself", DescriptionProblem());
    const auto sample = SampleParams(checker_.schema());
    auto check = checker_.Prepare(sample);
    Say("takes the example of its parameters " + protocol::JsonText(sample),
        check ? ""
              : check.error().pointer + ": " + check.error().detail +
                    "; put one that it takes into the schema's \"examples\"");
    Say("refuses a parameter that it does not know", UnknownProblem(sample));
    Say("refuses parameters without one that it needs", MissingProblem(sample));
    if (!check) return false;
    check_ = std::move(*check);
    for (const OddResponse& odd : OddResponses()) {
      Say("judges " + std::string(odd.name), JudgesProblem(odd.text));
    }
    Say("gives equal items equal verdicts", EqualProblem());
    Say("gives 200 items, 8 at a time, the verdicts that each gets alone",
        OrderProblem());
    Say("gives the first item the same verdict after all that", EqualProblem());
    return good_;
  }

 private:
  void Say(std::string name, std::string problem) {
    good_ = good_ && problem.empty();
    on_check_({std::move(name), std::move(problem)});
  }

  std::string DescriptionProblem() const {
    if (checker_.version().empty()) return "it has no version";
    if (checker_.summary().empty()) return "it has no summary";
    const json::object schema = checker_.schema();
    const json::value* type = schema.if_contains("type");
    return type != nullptr && *type == "object"
               ? ""
               : "its schema is not of type object";
  }

  std::string UnknownProblem(json::object params) const {
    params["no_such_parameter"] = 1;
    return checker_.Prepare(params) ? "it takes \"no_such_parameter\"" : "";
  }

  std::string MissingProblem(const json::object& sample) const {
    const json::object schema = checker_.schema();
    const json::value* required = schema.if_contains("required");
    if (required == nullptr || !required->is_array()) return "";
    for (const json::value& name : required->get_array()) {
      json::object params = sample;
      params.erase(name.get_string());
      if (!checker_.Prepare(params)) continue;
      return "it takes them without \"" + std::string(name.get_string()) + "\"";
    }
    return "";
  }

  Verdict Judge(const std::string& response) const {
    return check_->Judge(
        {.prompt = "A question.", .response = response},
        {.deadline = std::chrono::steady_clock::now() + kMostTime});
  }

  std::string JudgesProblem(const std::string& response) {
    try {
      verdicts_.push_back(Judge(response));
    } catch (const std::exception& error) {
      verdicts_.emplace_back();
      return std::string("it threw: ") + error.what();
    }
    return rewards::Score(verdicts_.back())
               ? ""
               : "not judged: " + ReasonOf(verdicts_.back());
  }

  std::string EqualProblem() const {
    const auto odd = OddResponses();
    for (std::size_t i = 0; i < odd.size(); ++i) {
      if (!Same(Judge(odd[i].text), verdicts_[i])) {
        return "another verdict on " + std::string(odd[i].name);
      }
    }
    return "";
  }

  // Only short responses: what is tested is whose verdict comes back.
  std::string OrderProblem() const {
    std::vector<std::string> responses;
    for (const OddResponse& odd : OddResponses()) {
      if (odd.text.size() < 1'000) responses.push_back(odd.text);
    }
    for (std::size_t i = 0; i < 10; ++i) {
      responses.push_back(Repeated("word ", 20 * i + 1));
    }
    std::vector<Verdict> alone;
    for (const std::string& response : responses) {
      alone.push_back(Judge(response));
    }
    std::atomic<std::size_t> next = 0;
    std::atomic<std::size_t> others = 0;
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < kThreads; ++t) {
      threads.emplace_back([&] {
        for (std::size_t i = next++; i < kItems; i = next++) {
          const std::size_t which = i * 7 % responses.size();
          if (!Same(Judge(responses[which]), alone[which])) ++others;
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    return others == 0 ? "" : std::to_string(others) + " got another verdict";
  }

  const rewards::Checker& checker_;
  const OnConformance& on_check_;
  std::unique_ptr<const rewards::Check> check_;
  std::vector<Verdict> verdicts_;  // of OddResponses
  bool good_ = true;
};

}  // namespace

bool TestConformance(const rewards::Checker& checker,
                     const OnConformance& on_check) {
  return Test(checker, on_check).Run();
}

bool TestConformance(const rewards::plugin::PluginOptions& options,
                     const std::function<void(const std::string& line)>& log,
                     const OnConformance& on_check) {
  bool good = true;
  {
    const Plugged plugged = Plug(options, log);
    on_check({"starts, and describes itself within its start_timeout",
              plugged.problem});
    if (plugged.checker == nullptr) return false;
    good = TestConformance(*plugged.checker, on_check);
  }
  const std::string problem = rewards::plugin::FarewellProblem(options, log);
  on_check({"ends by itself once its standard input is closed", problem});
  return good && problem.empty();
}

}  // namespace verifier::engine
