// ExplainHtml: an explained item as a page.

#include <fmt/format.h>

#include "verifier/cli/explain_text.h"
#include "verifier/cli/shaded.h"
#include "verifier/cli/summary.h"

namespace verifier::cli {
namespace {

constexpr std::string_view kHead = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>assay explain</title>
<style>
body { font: 15px/1.5 sans-serif; margin: 2em auto; max-width: 60em; }
td { padding: 0 1em 0 0; vertical-align: top; }
pre { white-space: pre-wrap; border: 1px solid #ccc; padding: 1em; }
.good { background: #dff5df; } .bad { background: #ffd6d6; }
.aside { background: #eee; }
</style></head><body>
)";

std::string Row(std::string_view step, std::string_view finding) {
  return fmt::format("<tr><td>{}</td><td>{}</td></tr>\n", EscapedHtml(step),
                     EscapedHtml(finding));
}

std::string VerdictOf(const protocol::CheckResult& check) {
  std::string text = check.outcome;
  text += check.score ? fmt::format(", score {}", *check.score)
                      : std::string(", no score");
  const std::string_view reason = ReasonOf(check);
  if (!reason.empty()) text += " (" + std::string(reason) + ")";
  return text;
}

}  // namespace

std::string ExplainHtml(const engine::ExplainedItem& explained,
                        std::string_view response) {
  const protocol::ScoreResult& result = explained.result;
  std::string html(kHead);
  if (result.error) {
    html += "<p>" +
            EscapedHtml(result.error->pointer + ": " + result.error->detail) +
            "</p>\n";
  }
  for (std::size_t i = 0; i < result.checks.size(); ++i) {
    const protocol::CheckResult& check = result.checks[i];
    html += "<h2>" + EscapedHtml(check.checker) + "</h2>\n<table>\n";
    std::string shaded;
    if (i < explained.steps.size()) {
      for (const rewards::ExplainedStep& step : explained.steps[i]) {
        if (step.shade == rewards::Shade::kNone) {
          html += Row(step.step, step.finding);
        }
      }
      shaded = ShadedHtml(explained.steps[i], response);
    }
    html += Row("verdict", VerdictOf(check)) + "</table>\n" + shaded;
  }
  return html + "</body></html>\n";
}

}  // namespace verifier::cli
