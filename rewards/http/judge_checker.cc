#include "rewards/http/judge_checker.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "rewards/answer_part.h"
#include "rewards/format/text.h"
#include "rewards/http/fault.h"
#include "rewards/http/http_client.h"
#include "rewards/http/judge_question.h"
#include "rewards/http/judge_reply.h"
#include "rewards/http/remote_files.h"
#include "rewards/params.h"

namespace rewards::http {
namespace {

namespace json = boost::json;
using Kind = HttpReply::Kind;

// Asked about in place of an answer, to see whether the judge is well.
constexpr std::string_view kControl = "I do not know.";

// What the checks of one judge share.
class JudgeServer {
 public:
  JudgeServer(const RemoteOptions& options, Target target, std::string key,
              plugin::JsonReader read)
      : options_(options),
        read_(std::move(read)),
        client_(std::move(target),
                {options.connect_timeout, options.max_response_bytes},
                options.pool, std::move(key)),
        faults_("the judge", options.deadline) {}

  [[nodiscard]] const RemoteOptions& options() const { return options_; }
  [[nodiscard]] bool pairwise() const { return options_.mode == "pairwise"; }
  FaultFinder& faults() { return faults_; }

  Asked AskGold(std::string_view prompt, std::string_view gold,
                std::string_view answer, Clock::time_point deadline) {
    Asked asked;
    const std::string said =
        Say(GoldQuestion(prompt, gold, answer), deadline, asked);
    if (asked.kind != Kind::kAnswered) return asked;
    std::string error;
    const auto correct = ReadCorrectness(said, read_, error);
    if (!correct) return NoAnswer(error);
    asked.verdict =
        MakeVerdict(*correct ? Outcome::kCorrect : Outcome::kWrong,
                    *correct ? "the judge finds it to say what the gold says"
                             : "the judge finds it to say something else");
    return asked;
  }

  Asked AskPair(std::string_view prompt, std::string_view reference,
                std::string_view answer, Clock::time_point deadline) {
    Asked asked;
    const auto first =
        AskLabel(PairQuestion(prompt, answer, reference), deadline, asked);
    if (!first) return asked;
    const auto second =
        AskLabel(PairQuestion(prompt, reference, answer), deadline, asked);
    if (!second) return asked;
    asked.verdict = FromLabels(*first, *second);
    return asked;
  }

 private:
  static Asked NoAnswer(const std::string& error) {
    return {Kind::kFailed, {}, "gave an answer that is none: " + error};
  }

  // The text that the model answers with, where asked.kind is kAnswered.
  std::string Say(const JudgeQuestion& question, Clock::time_point deadline,
                  Asked& asked) {
    HttpReply reply = client_.Post(
        ChatRequest(question, options_.model, options_.max_tokens), deadline);
    asked.kind = reply.kind;
    asked.reason = std::move(reply.reason);
    if (asked.kind != Kind::kAnswered) return "";
    std::string error;
    auto content = ReadContent(reply.body, read_, error);
    if (content) return *std::move(content);
    asked = NoAnswer(error);
    return "";
  }

  std::optional<int> AskLabel(const JudgeQuestion& question,
                              Clock::time_point deadline, Asked& asked) {
    const std::string said = Say(question, deadline, asked);
    if (asked.kind != Kind::kAnswered) return std::nullopt;
    std::string error;
    const auto label = ReadLabel(said, error);
    if (!label) asked = NoAnswer(error);
    return label;
  }

  // `first`: with the answer as A; `second`: with the answer as B.
  static Verdict FromLabels(int first, int second) {
    // -4 to 4 for the answer, in both orders together.
    const int sum = first - second;
    constexpr int kMost = 4;
    const bool agree =
        (first > 0) == (second < 0) && (first < 0) == (second > 0);
    Verdict verdict = MakeVerdict(sum == kMost    ? Outcome::kCorrect
                                  : sum == -kMost ? Outcome::kWrong
                                                  : Outcome::kPartial,
                                  "compared in both orders");
    if (verdict.outcome == Outcome::kPartial) {
      verdict.partial_score = static_cast<double>(sum + kMost) / (2 * kMost);
    }
    verdict.detail["labels"] = json::array{LabelName(first), LabelName(second)};
    verdict.detail["agree"] = agree;
    return verdict;
  }

  const RemoteOptions options_;
  const plugin::JsonReader read_;
  HttpClient client_;
  FaultFinder faults_;
};

class JudgeCheck final : public Check {
 public:
  JudgeCheck(std::shared_ptr<JudgeServer> judge, std::string reference)
      : judge_(std::move(judge)), reference_(std::move(reference)) {}

  [[nodiscard]] Verdict Judge(const Submission& submission,
                              const Budget& budget) const override {
    const std::string_view answer = AnswerPart(submission);
    if (format::IsHollow(answer)) {
      return MakeVerdict(Outcome::kUnreadable, "no answer");
    }
    const auto ask = [&](std::string_view text, Clock::time_point deadline) {
      return judge_->pairwise() ? judge_->AskPair(submission.prompt, reference_,
                                                  text, deadline)
                                : judge_->AskGold(submission.prompt, reference_,
                                                  text, deadline);
    };
    return judge_->faults().Judge(
        [&](Clock::time_point deadline) { return ask(answer, deadline); },
        [&](Clock::time_point deadline) { return ask(kControl, deadline); },
        budget);
  }

  [[nodiscard]] Explanation Explain(const Submission& submission,
                                    const Budget& budget) const override {
    const Verdict verdict = Judge(submission, budget);
    const RemoteOptions& options = judge_->options();
    return {AnswerPartStep(submission),
            {"question", "the model " + options.model + " at " + options.url +
                             " is asked, mode " + options.mode},
            {"answer", std::string(OutcomeName(verdict.outcome)) + ", " +
                           json::serialize(verdict.detail)}};
  }

 private:
  std::shared_ptr<JudgeServer> judge_;
  const std::string reference_;  // or gold
};

class JudgeChecker final : public Checker {
 public:
  explicit JudgeChecker(std::shared_ptr<JudgeServer> judge)
      : judge_(std::move(judge)),
        summary_(judge_->pairwise()
                     ? "A language model compares the answer with a reference."
                     : "A language model holds the answer against a gold.") {}

  [[nodiscard]] std::string_view name() const noexcept override {
    return judge_->options().name;
  }
  [[nodiscard]] std::string_view version() const noexcept override {
    return "1";
  }
  [[nodiscard]] std::string_view summary() const noexcept override {
    return summary_;
  }
  [[nodiscard]] unsigned own_threads() const noexcept override {
    return static_cast<unsigned>(judge_->options().pool);
  }
  [[nodiscard]] std::string_view origin() const noexcept override {
    return "judge";
  }

  [[nodiscard]] json::object schema() const override {
    return {{"type", "object"},
            {"properties",
             {{key(),
               {{"type", "string"},
                {"minLength", 1},
                {"maxLength", kMostReferenceBytes}}}}},
            {"required", json::array{key()}},
            {"additionalProperties", false}};
  }

  [[nodiscard]] ParamResult<std::unique_ptr<const Check>> Prepare(
      const json::object& params) const override {
    if (auto error = UnknownKey(params, {key()})) return *error;
    auto reference = StringParam(params, key());
    if (!reference) return reference.error();
    if (reference->empty() || reference->size() > kMostReferenceBytes) {
      return ParamError{
          Pointer(key()),
          "must be of 1 to " + std::to_string(kMostReferenceBytes) + " bytes"};
    }
    return std::make_unique<const JudgeCheck>(judge_, *std::move(reference));
  }

 private:
  [[nodiscard]] std::string_view key() const {
    return judge_->pairwise() ? "reference" : "gold";
  }

  std::shared_ptr<JudgeServer> judge_;
  const std::string summary_;
};

}  // namespace

std::unique_ptr<const Checker> MakeJudgeChecker(const RemoteOptions& options,
                                                plugin::JsonReader read,
                                                std::string& problem) {
  problem = OptionsProblem(options);
  if (!problem.empty()) return nullptr;
  auto target = ParseTarget(options.url, options.allowed_hosts, problem);
  std::string key;
  if (!options.api_key_file.empty()) {
    auto read_key = ReadKeyFile(options.api_key_file, problem);
    if (!read_key) return nullptr;
    key = *std::move(read_key);
  }
  return std::make_unique<JudgeChecker>(std::make_shared<JudgeServer>(
      options, *std::move(target), std::move(key), std::move(read)));
}

}  // namespace rewards::http
