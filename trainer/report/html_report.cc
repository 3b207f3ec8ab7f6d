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
#include "trainer/report/measure_table.h"

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

json::array CurvesJson(const std::vector<Curve>& all) {
  json::array curves;
  for (const Curve& curve : all) {
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

// `text`, or its beginning where it is long; ends with a whole character.
std::string Beginning(const std::string& text) {
  if (text.size() <= kReportTextBytes) return text;
  std::size_t size = kReportTextBytes;
  while (size > 0 &&
         (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) {
    --size;
  }
  return text.substr(0, size) + " […]";
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
                   {"prompt", Beginning(one.prompt)},
                   {"response", Beginning(one.response)},
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

mustache::data Strings(const std::vector<std::string>& texts) {
  mustache::data list{mustache::data::type::list};
  for (const std::string& text : texts) list << mustache::data("text", text);
  return list;
}

mustache::data MeasureRows(const MeasureTable& table) {
  mustache::data rows{mustache::data::type::list};
  for (const MeasureTable::Row& row : table.rows) {
    mustache::data one;
    one.set("measure", row.measure);
    one.set("cells", Strings(row.cells));
    rows << one;
  }
  return rows;
}

mustache::data RewardModels(const RunSummary& summary) {
  mustache::data list{mustache::data::type::list};
  for (const RewardModelSummary& model : summary.reward_models) {
    mustache::data one;
    one.set("name", model.name);
    one.set("accuracy", Percent(model.pair_accuracy));
    list << one;
  }
  return list;
}

std::string CountsText(const DataCard::Counts& counts) {
  std::string text;
  for (const auto& [name, count] : counts) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, count);
  }
  return text.empty() ? "-" : text;
}

mustache::data Cards(const std::vector<DataCard>& cards) {
  mustache::data list{mustache::data::type::list};
  for (const DataCard& card : cards) {
    mustache::data filters{mustache::data::type::list};
    for (const DataCard::Filter& filter : card.filters) {
      const auto all = static_cast<double>(filter.kept + filter.dropped);
      mustache::data row;
      row.set("name", filter.name);
      row.set("kept", std::to_string(filter.kept));
      row.set("dropped", std::to_string(filter.dropped));
      row.set("share", all > 0.0
                           ? Percent(static_cast<double>(filter.kept) / all)
                           : "-");
      filters << row;
    }
    mustache::data one;
    one.set("stage", card.stage);
    one.set("source", card.source.empty() ? "-" : card.source);
    one.set("sampled", std::to_string(card.sampled));
    one.set("filters", filters);
    one.set("documents", std::to_string(card.documents));
    one.set("kinds", CountsText(card.by_kind));
    one.set("languages", CountsText(card.by_language));
    one.set("tokens",
            card.mean_tokens ? fmt::format("{:.1f}", *card.mean_tokens) : "-");
    list << one;
  }
  return list;
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
  const MeasureTable measures = MeasuresOf(input.summary);
  page.set("has_measures", !measures.rows.empty());
  page.set("measure_stages", Strings(measures.stages));
  page.set("measures", MeasureRows(measures));
  page.set("has_reward_models", !input.summary.reward_models.empty());
  page.set("reward_models", RewardModels(input.summary));
  page.set("has_cards", !input.cards.empty());
  page.set("cards", Cards(input.cards));
  mustache::data notices{mustache::data::type::list};
  for (const std::string& notice : input.notices) {
    notices << mustache::data("text", notice);
  }
  page.set("notices", notices);
  page.set("recipe", input.recipe);
  page.set("steps", std::to_string(input.metrics.size()));
  page.set("chart_js", std::string(embedded::kChartJs));
  page.set("data",
           ScriptJson({{"comparisons", CurvesJson(ComparisonsOf(input))},
                       {"curves", CurvesJson(CurvesOf(input))},
                       {"completions", CompletionsJson(input)}}));
  mustache::mustache view{std::string(embedded::kReportTemplate)};
  return view.render(page);
}

}  // namespace trainer
