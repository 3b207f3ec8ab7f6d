// JudgeProgram: a program that an item brings to judge outputs with, or to talk
// to the candidate (an interactor). Plain values; any thread.
//
// It is as untrusted as any: compiled and run in jails of its own, under limits
// of its own. What it says is its exit code:
//
//   kTestlib, as testlib has it: 0 accepted; 1 wrong; 2 and 4 presentation; 8
//     wrong (the output ends too soon); 7 points, the number behind the word
//     "points" at the start of standard error, of `points` in all.
//   kExit: 0 accepted, 1 wrong. An exception that nobody catches is exit code 1
//     in many languages; so what it says against an output counts only where it
//     accepts the expected one (output_checker.h).
//
// Anything else is a failure of the program: other codes, 3 (testlib's own word
// for it), with kTestlib 1 and an exception on standard error, signals, a
// limit, a broken policy, points that are no number from 0 to `points`.

#ifndef REWARDS_CODE_JUDGE_PROGRAM_H_
#define REWARDS_CODE_JUDGE_PROGRAM_H_

#include <string>
#include <string_view>
#include <vector>

#include "rewards/code/test_report.h"
#include "sandbox/runner.h"

namespace rewards::code {

// The files that it finds beside its own, and is told the names of, in this
// order: what the candidate read, what the candidate printed (for an
// interactor: what it may write itself), and what the test says is right.
inline constexpr std::string_view kInputFile = "input.txt";
inline constexpr std::string_view kOutputFile = "output.txt";
inline constexpr std::string_view kAnswerFile = "answer.txt";

enum class JudgeProtocol { kTestlib, kExit };

struct JudgeProgram {
  // One of sandbox::Languages().
  const sandbox::Language* language = &sandbox::Languages().front();
  std::vector<sandbox::ProgramFile> files{};  // no SourceProblem
  JudgeProtocol protocol = JudgeProtocol::kTestlib;
  double points = 1;  // that are the whole; above 0
  sandbox::RunLimits limits{};
};

// Ready to run, or why not: the item's failure, or ours.
struct ReadyJudge {
  sandbox::Program program{};
  std::string failure{};
};

// Compiles `judge`, whose part `what` names. Blocks as Runner::Compile does.
[[nodiscard]] ReadyJudge MakeReady(const sandbox::Runner& runner,
                                   const JudgeProgram& judge,
                                   std::string_view what,
                                   const sandbox::Until& until);

// `ready` with the three files, `output` only where there is one, and their
// names behind its arguments; and `judge.limits` with room for them.
struct TestedJudge {
  sandbox::Program program{};
  sandbox::RunLimits limits{};
};
[[nodiscard]] TestedJudge ForTest(const JudgeProgram& judge,
                                  const sandbox::Program& ready,
                                  std::string_view input,
                                  std::string_view answer,
                                  const std::string* output = nullptr);

struct Opinion {
  // kAccepted, kWrongAnswer, kPresentation, kJudgeFailure, or kInternalError.
  TestVerdict verdict = TestVerdict::kInternalError;
  double credit = 0;      // of a kWrongAnswer with points: above 0, below 1
  std::string failure{};  // of the last two: what failed
};

// Pure; any thread.
[[nodiscard]] Opinion OpinionOf(const sandbox::RunResult& run,
                                const JudgeProgram& judge);

}  // namespace rewards::code

#endif  // REWARDS_CODE_JUDGE_PROGRAM_H_
