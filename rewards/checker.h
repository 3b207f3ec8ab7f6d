// Checker: one kind of reward, e.g. "math". Check: one checker with its
// parameters read, ready to judge. Both are immutable: any thread may use them.
//
// Implementations: MathChecker (math_checker.h), CodeChecker (code_checker.h),
// FormatChecker (format_checker.h), LanguageChecker (language_checker.h),
// TextChecker (text_checker.h), ChoiceChecker (choice_checker.h), the rules of
// plain sight LengthChecker, RepetitionChecker, TagCountChecker, JsonChecker,
// IfEvalChecker and PatternChecker, and PluginChecker (plugin/plugin_checker.h)
// for programs outside, HttpChecker and JudgeChecker (http/) for servers
// elsewhere. A new kind of reward is a new
// implementation plus one line in registry.cc, or a plugin; nothing else in the
// tree changes.

#ifndef REWARDS_CHECKER_H_
#define REWARDS_CHECKER_H_

#include <boost/assert/source_location.hpp>
#include <boost/json/object.hpp>
#include <boost/system/result.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "rewards/explanation.h"
#include "rewards/verdict.h"

namespace rewards {

namespace format {
class TemplateSet;
}  // namespace format

// What is judged. Borrows; `response` is untrusted, any bytes that are UTF-8.
struct Submission {
  std::string_view prompt;
  std::string_view response;
  // The item's think-tag template (rewards/format); known to be a valid name.
  std::string_view template_name = "r1";
  // Where that name is looked up; null: only the built-in ones have names.
  const format::TemplateSet* templates = nullptr;
};

// Limits on one call. Hitting a limit is an outcome, never a crash.
struct Budget {
  // Wall time. Over it: kTimeout, for what the answer provokes.
  std::chrono::steady_clock::time_point deadline =
      std::chrono::steady_clock::now() + std::chrono::seconds(10);
};

// A parameter that cannot be used. The item becomes `invalid`.
struct ParamError {
  ParamError() = default;
  // A constructor, so that a lone string never converts to an error.
  ParamError(std::string pointer_in, std::string detail_in)
      : pointer(std::move(pointer_in)), detail(std::move(detail_in)) {}

  std::string pointer;  // JSON pointer from the check, e.g. "/gold"
  std::string detail;   // what is wrong and what is allowed
};

// What result<T, ParamError>::value() does with an error: a defect of the
// caller, who must ask first. Throws std::logic_error.
[[noreturn]] void throw_exception_from_error(const ParamError& error,
                                             const boost::source_location&);

class Check {
 public:
  Check() = default;
  virtual ~Check() = default;
  Check(const Check&) = delete;
  Check& operator=(const Check&) = delete;

  // Judges `submission`. Deterministic: equal arguments give equal verdicts on
  // every machine, except where a time limit decided. Thread-safe. Blocks up to
  // `budget.deadline`: call it from the scoring pool, not from an I/O thread.
  // May throw (out of memory, a defect): the engine catches, and it is a 0 when
  // the answer provoked it.
  [[nodiscard]] virtual Verdict Judge(const Submission& submission,
                                      const Budget& budget) const = 0;

  // What Judge looks at in `submission` and why it decides as it does. For a
  // person at a terminal: may hold golds and parts of the response. As Judge.
  [[nodiscard]] virtual Explanation Explain(const Submission& /*submission*/,
                                            const Budget& /*budget*/) const {
    return {};
  }
};

class Checker {
 public:
  Checker() = default;
  virtual ~Checker() = default;
  Checker(const Checker&) = delete;
  Checker& operator=(const Checker&) = delete;

  // Wire name, e.g. "math".
  [[nodiscard]] virtual std::string_view name() const noexcept = 0;

  // Changes whenever a verdict may change, e.g. "1".
  [[nodiscard]] virtual std::string_view version() const noexcept = 0;

  // One sentence for people.
  [[nodiscard]] virtual std::string_view summary() const noexcept = 0;

  // True where a check starts programs and may wait for seconds: the engine
  // keeps such checks apart, so that they never stand in the way of quick ones.
  [[nodiscard]] virtual bool runs_programs() const noexcept { return false; }

  // Threads that the engine keeps for this checker's checks alone, so that what
  // holds them up holds up nothing else. 0: they share the others'.
  [[nodiscard]] virtual unsigned own_threads() const noexcept { return 0; }

  // "built_in"; or of what an operator plugged in: "plugin", "http", "judge".
  [[nodiscard]] virtual std::string_view origin() const noexcept {
    return "built_in";
  }

  // JSON Schema (2020-12) of the parameters: an object with "properties" and
  // "required", without `checker` and `weight`, which every check has.
  [[nodiscard]] virtual boost::json::object schema() const = 0;

  // Reads the parameters of one check: the check's JSON object without
  // `checker` and `weight`. Unknown keys are errors. Never throws for bad
  // parameters. `params` is borrowed for the call.
  [[nodiscard]] virtual boost::system::result<std::unique_ptr<const Check>,
                                              ParamError>
  Prepare(const boost::json::object& params) const = 0;
};

}  // namespace rewards

#endif  // REWARDS_CHECKER_H_
