#include "rewards/http/http_checker.h"

#include <atomic>
#include <boost/json/serialize.hpp>
#include <cstdint>
#include <optional>
#include <utility>

#include "rewards/answer_part.h"
#include "rewards/format/text.h"
#include "rewards/http/fault.h"
#include "rewards/http/http_client.h"
#include "rewards/http/remote_files.h"
#include "rewards/plugin/parameter_schema.h"

namespace rewards::http {
namespace {

namespace json = boost::json;
using Kind = HttpReply::Kind;

// Asked in place of a response, to see whether the server is well. The second
// is for servers that take no empty one.
constexpr std::string_view kControls[] = {"", "?"};

// What the checks of one server share.
class HttpServer {
 public:
  HttpServer(const RemoteOptions& options, Target target,
             plugin::JsonReader read)
      : options_(options),
        read_(std::move(read)),
        client_(std::move(target),
                {options.connect_timeout, options.max_response_bytes},
                options.pool, ""),
        faults_("the server", options.deadline) {}

  [[nodiscard]] const RemoteOptions& options() const { return options_; }
  FaultFinder& faults() { return faults_; }

  Asked Ask(const Submission& submission, std::string_view params,
            Clock::time_point deadline) {
    const std::string id = std::to_string(++last_id_);
    HttpReply reply =
        client_.Post(plugin::ItemLine(id, submission, params), deadline);
    Asked asked{reply.kind, {}, std::move(reply.reason)};
    if (asked.kind != Kind::kAnswered) return asked;
    std::string error;
    if (auto verdict = plugin::ReadAnswer(reply.body, id, read_, error)) {
      asked.verdict = std::move(*verdict);
    } else {
      asked.kind = Kind::kFailed;
      asked.reason = "gave an answer that is none: " + error;
    }
    return asked;
  }

 private:
  const RemoteOptions options_;
  const plugin::JsonReader read_;
  std::atomic<std::uint64_t> last_id_ = 0;
  HttpClient client_;
  FaultFinder faults_;
};

class HttpCheck final : public Check {
 public:
  HttpCheck(std::shared_ptr<HttpServer> server, std::string params)
      : server_(std::move(server)), params_(std::move(params)) {}

  [[nodiscard]] Verdict Judge(const Submission& submission,
                              const Budget& budget) const override {
    Submission sent = submission;
    sent.response = Sent(submission);
    if (format::IsHollow(sent.response)) {
      return MakeVerdict(Outcome::kUnreadable, "no answer");
    }
    const auto ask = [&](std::string_view response,
                         Clock::time_point deadline) {
      Submission asked = sent;
      asked.response = response;
      return server_->Ask(asked, params_, deadline);
    };
    return server_->faults().Judge(
        [&](Clock::time_point deadline) {
          return ask(sent.response, deadline);
        },
        [&](Clock::time_point deadline) {
          Asked asked = ask(kControls[0], deadline);
          return asked.kind == Kind::kFailed ? ask(kControls[1], deadline)
                                             : asked;
        },
        budget);
  }

  [[nodiscard]] Explanation Explain(const Submission& submission,
                                    const Budget& budget) const override {
    const Verdict verdict = Judge(submission, budget);
    return {{"question",
             "the " + server_->options().part + " of the response goes to " +
                 server_->options().url + " with the parameters " + params_,
             PlaceOf(Sent(submission), submission.response)},
            {"answer", std::string(OutcomeName(verdict.outcome)) + ", " +
                           json::serialize(verdict.detail)}};
  }

 private:
  [[nodiscard]] std::string_view Sent(const Submission& submission) const {
    return server_->options().part == "answer" ? AnswerPart(submission)
                                               : submission.response;
  }

  std::shared_ptr<HttpServer> server_;
  const std::string params_;  // JSON
};

class HttpChecker final : public Checker {
 public:
  HttpChecker(std::shared_ptr<HttpServer> server, json::object schema)
      : server_(std::move(server)),
        summary_("What the server at " + server_->options().url + " says."),
        schema_(std::move(schema)) {}

  [[nodiscard]] std::string_view name() const noexcept override {
    return server_->options().name;
  }
  [[nodiscard]] std::string_view version() const noexcept override {
    return "1";
  }
  [[nodiscard]] std::string_view summary() const noexcept override {
    return summary_;
  }
  [[nodiscard]] unsigned own_threads() const noexcept override {
    return static_cast<unsigned>(server_->options().pool);
  }
  [[nodiscard]] std::string_view origin() const noexcept override {
    return "http";
  }
  [[nodiscard]] json::object schema() const override { return schema_; }

  [[nodiscard]] boost::system::result<std::unique_ptr<const Check>, ParamError>
  Prepare(const json::object& params) const override {
    if (auto error = plugin::CheckParameters(schema_, params)) {
      return *std::move(error);
    }
    return std::make_unique<const HttpCheck>(server_, json::serialize(params));
  }

 private:
  std::shared_ptr<HttpServer> server_;
  const std::string summary_;
  const json::object schema_;
};

}  // namespace

std::unique_ptr<const Checker> MakeHttpChecker(const RemoteOptions& options,
                                               plugin::JsonReader read,
                                               std::string& problem) {
  problem = OptionsProblem(options);
  if (!problem.empty()) return nullptr;
  auto target = ParseTarget(options.url, options.allowed_hosts, problem);
  json::object schema = {{"type", "object"},
                         {"properties", json::object()},
                         {"required", json::array()},
                         {"additionalProperties", true}};
  if (!options.schema_file.empty()) {
    auto given = ReadSchemaFile(options.schema_file, read, problem);
    if (!given) return nullptr;
    schema = *std::move(given);
  }
  auto server = std::make_shared<HttpServer>(options, *std::move(target),
                                             std::move(read));
  return std::make_unique<HttpChecker>(std::move(server), std::move(schema));
}

}  // namespace rewards::http
