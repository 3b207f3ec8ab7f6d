#include "rewards/code/call_run.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "rewards/code/asked.h"
#include "rewards/code/call_host.h"
#include "rewards/code/scalar_text.h"
#include "rewards/code/twice.h"
#include "rewards/code/value.h"
#include "rewards/code/wire.h"

namespace rewards::code {
namespace {

// `name` where it can be the name of a class: the program's process wrote it.
std::string Exception(std::string_view name) {
  constexpr std::size_t kMostNameBytes = 64;
  const auto part = [](unsigned char c) {
    return c == '_' || c == ':' || c == '.' || c == '\\' ||
           (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
  };
  const bool is_name = !name.empty() && name.size() <= kMostNameBytes &&
                       std::all_of(name.begin(), name.end(), part);
  return is_name ? std::string(name) : "an exception";
}

// Requires: CallTest says that they have words.
Value AsWords(Value args) {
  for (Value& arg : args.items) arg = StringValue(WordOf(arg).value_or(""));
  return args;
}

TestReport RunOnce(const Candidate& candidate, const CallTest& test,
                   const CallHost& host) {
  Asked asked(candidate, host);
  if (!asked.Load()) return asked.Failure();
  std::string question = "p";
  Encode(StringValue(test.path), &question);
  Encode(host.words ? AsWords(test.args) : test.args, &question);
  Encode(test.kwargs, &question);
  const auto answer = asked.Ask(question);
  if (!answer) return asked.Failure();
  const auto tokens = Scan(std::string_view(*answer).substr(1));
  if ((*answer)[0] == 'v' && tokens) {
    const bool equal = Meets(test.returns, ValueOf(*tokens),
                             candidate.task.compare, host.typing);
    return asked.Judged(equal ? TestVerdict::kAccepted
                              : TestVerdict::kWrongAnswer);
  }
  TestReport report;
  if ((*answer)[0] == 'e' && tokens) {
    const std::string_view raised = (*tokens)[0].data;
    report = asked.Judged(raised == "MemoryError" ? TestVerdict::kMemory
                                                  : TestVerdict::kRuntimeError,
                          "the call raises " + Exception(raised));
  } else {
    report = asked.Judged(TestVerdict::kRuntimeError,
                          "the program's answer is none");
  }
  report.exit_code = 1;
  return report;
}

}  // namespace

TestReport RunCall(const Candidate& candidate, const CallTest& test) {
  const CallHost* host = CallHostOf(*candidate.task.language);
  if (host == nullptr) {
    return {.failure = "the language has no tests of this kind"};
  }
  if (host->hosted == nullptr) {
    return Twice(candidate, [&] { return RunOnce(candidate, test, *host); });
  }
  const Candidate hosted{.runner = candidate.runner,
                         .task = candidate.task,
                         .source = candidate.source,
                         .program = candidate.hosted->at(HostedKey(test)),
                         .until = candidate.until};
  return Twice(hosted, [&] { return RunOnce(hosted, test, *host); });
}

}  // namespace rewards::code
