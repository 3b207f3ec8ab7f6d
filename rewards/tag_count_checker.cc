#include "rewards/tag_count_checker.h"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rewards/format_checker.h"
#include "rewards/params.h"
#include "rewards/rules/tags_once.h"

namespace rewards {
namespace {

class TagCountCheck final : public Check {
 public:
  explicit TagCountCheck(std::vector<std::string> tags)
      : tags_(std::move(tags)) {}

  [[nodiscard]] Verdict Judge(const Submission& submission,
                              const Budget&) const override {
    if (submission.response.empty()) {
      return MakeVerdict(Outcome::kUnreadable, "an empty response");
    }
    const std::size_t once = rules::CountTagsOnce(submission.response, tags_);
    return MakeGradedVerdict(
        static_cast<double>(once) / static_cast<double>(tags_.size()),
        std::to_string(once) + " of " + std::to_string(tags_.size()) +
            " tags are there once");
  }

  [[nodiscard]] Explanation Explain(const Submission& submission,
                                    const Budget&) const override {
    Explanation steps;
    for (const std::string& tag : tags_) {
      const bool once =
          rules::CountTagsOnce(submission.response, std::span(&tag, 1)) == 1;
      const std::size_t at = submission.response.find(tag);
      const std::string count = once                           ? "once"
                                : at == std::string_view::npos ? "never"
                                                               : "again";
      steps.emplace_back("tag", "\"" + tag + "\": " + count,
                         at == std::string_view::npos
                             ? std::nullopt
                             : std::optional(Place{at, at + tag.size()}));
    }
    return steps;
  }

 private:
  const std::vector<std::string> tags_;
};

class TagCountChecker final : public Checker {
 public:
  [[nodiscard]] std::string_view name() const noexcept override {
    return "tag_count";
  }
  [[nodiscard]] std::string_view version() const noexcept override {
    return "1";
  }
  [[nodiscard]] std::string_view summary() const noexcept override {
    return "The share of the tags that are in the response exactly once.";
  }

  [[nodiscard]] boost::json::object schema() const override {
    const boost::json::object tag = {
        {"type", "string"}, {"minLength", 1}, {"maxLength", kMaxTagBytes}};
    return {{"type", "object"},
            {"properties",
             {{"tags",
               {{"type", "array"},
                {"items", tag},
                {"minItems", 1},
                {"maxItems", kMaxTags}}}}},
            {"required", boost::json::array()},
            {"additionalProperties", false}};
  }

  [[nodiscard]] ParamResult<std::unique_ptr<const Check>> Prepare(
      const boost::json::object& params) const override {
    if (auto error = UnknownKey(params, {"tags"})) return *std::move(error);
    if (!params.contains("tags")) {
      return std::make_unique<const TagCountCheck>(std::vector<std::string>{
          "<think>\n", "\n</think>\n", "\n<answer>\n", "\n</answer>"});
    }
    ParamResult<std::vector<std::string>> tags = StringsParam(params, "tags");
    if (!tags) return tags.error();
    if (tags->empty() || tags->size() > kMaxTags) {
      return ParamError("/tags", "must be an array of 1 to " +
                                     std::to_string(kMaxTags) + " strings");
    }
    for (std::size_t i = 0; i < tags->size(); ++i) {
      const std::size_t bytes = (*tags)[i].size();
      if (bytes >= 1 && bytes <= kMaxTagBytes) continue;
      return ParamError(
          "/tags/" + std::to_string(i),
          "must be of 1 to " + std::to_string(kMaxTagBytes) + " bytes");
    }
    return std::make_unique<const TagCountCheck>(*std::move(tags));
  }
};

}  // namespace

std::unique_ptr<const Checker> MakeTagCountChecker() {
  return std::make_unique<const TagCountChecker>();
}

}  // namespace rewards
