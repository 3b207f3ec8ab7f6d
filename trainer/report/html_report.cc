#include "trainer/report/html_report.h"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <kainjow/mustache.hpp>
#include <optional>

#include "trainer/report/cell.h"
#include "trainer/report/curves.h"
#include "trainer/report/embedded.h"

namespace trainer {
namespace {

namespace json = boost::json;
namespace mustache = kainjow::mustache;

// JSON that may stand in a <script>: no '<' ends it early, and the two line
// ends that JavaScript has beside JSON's are escaped.
std::string ScriptJson(const json::value& value) {
  const std::string text = json::serialize(value);
  std::string safe;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = std::string_view(text).substr(i);
    if (text[i] == '<') {
      safe += "\\u003c";
    } else if (rest.starts_with("\xE2\x80\xA8")) {
      safe += "\\u2028";
      i += 2;
    } else if (rest.starts_with("\xE2\x80\xA9")) {
      safe += "\\u2029";
      i += 2;
    } else {
      safe += text[i];
    }
  }
  return safe;
}

json::array CurvesJson(const ReportInput& input) {
  json::array curves;
  for (const Curve& curve : CurvesOf(input)) {
    json::array lines;
    for (const CurveLine& line : curve.lines) {
      json::array points;
      for (const auto& [step, value] : line.points) {
        points.push_back(json::array{step, value});
      }
      lines.push_back({{"label", line.label}, {"points", std::move(points)}});
    }
    curves.push_back({{"stage", curve.stage},
                      {"title", curve.title},
                      {"lines", std::move(lines)}});
  }
  return curves;
}

json::value OrNull(const std::optional<double>& number) {
  return number ? json::value(*number) : json::value(nullptr);
}

json::array CompletionsJson(const ReportInput& input) {
  json::array all;
  for (const CompletionRecord& one : input.completions) {
    json::array checks;
    for (const auto& check : one.results) {
      checks.push_back({{"checker", check.checker},
                        {"outcome", check.outcome},
                        {"score", OrNull(check.score)}});
    }
    all.push_back({{"stage", one.stage},
                   {"step", one.step},
                   {"prompt", one.prompt},
                   {"response", one.response},
                   {"reward", OrNull(one.reward)},
                   {"advantage", OrNull(one.advantage)},
                   {"length", one.length},
                   {"finish", one.finish},
                   {"checks", std::move(checks)}});
  }
  return all;
}

std::string Percent(const std::optional<double>& share) {
  return share ? fmt::format("{:.1f} %", 100.0 * *share) : "-";
}

mustache::data StageRow(const StageSummary& stage) {
  mustache::data row;
  row.set("stage", stage.stage);
  row.set("model", stage.model);
  row.set("pass", stage.pass_at_1_ci
                      ? fmt::format("{} ± {:.1f}", Percent(stage.pass_at_1),
                                    100.0 * *stage.pass_at_1_ci)
                      : Percent(stage.pass_at_1));
  row.set("format", Percent(stage.format_rate));
  row.set("language", Percent(stage.language_rate));
  row.set("tokens",
          stage.mean_tokens ? fmt::format("{:.1f}", *stage.mean_tokens) : "-");
  row.set("wall", ClockText(stage.wall_s));
  return row;
}

// "cold_start 21.3 % -> rl 80.0 %": what the evaluated stages reached.
std::string Headline(const RunSummary& summary) {
  std::string text;
  for (const StageSummary& stage : summary.stages) {
    if (!stage.pass_at_1) continue;
    text += (text.empty() ? "" : " → ") + stage.stage + ' ' +
            Percent(stage.pass_at_1);
  }
  return text.empty() ? "no stage has been evaluated yet"
                      : "pass@1 on held-out problems: " + text;
}

}  // namespace

std::string HtmlReport(const ReportInput& input) {
  mustache::data page;
  page.set("name", input.summary.name.empty() ? "a run in progress"
                                              : input.summary.name);
  page.set("seed", std::to_string(input.summary.seed));
  page.set("headline", Headline(input.summary));
  mustache::data stages{mustache::data::type::list};
  for (const StageSummary& stage : input.summary.stages) {
    stages << StageRow(stage);
  }
  page.set("stages", stages);
  mustache::data notices{mustache::data::type::list};
  for (const std::string& notice : input.notices) {
    notices << mustache::data("text", notice);
  }
  page.set("notices", notices);
  page.set("recipe", input.recipe);
  page.set("steps", std::to_string(input.metrics.size()));
  page.set("chart_js", std::string(embedded::kChartJs));
  page.set("data", ScriptJson({{"curves", CurvesJson(input)},
                               {"completions", CompletionsJson(input)}}));
  mustache::mustache view{std::string(embedded::kReportTemplate)};
  return view.render(page);
}

}  // namespace trainer
