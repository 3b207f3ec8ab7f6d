#include "verifier/cli/shaded.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <vector>

#include "verifier/cli/terminal.h"

namespace verifier::cli {
namespace {

constexpr std::size_t kIndent = 14;

// The steps that colour something of `response`, in order, none overlapping.
std::vector<const rewards::ExplainedStep*> Shades(
    const rewards::Explanation& steps, std::string_view response) {
  std::vector<const rewards::ExplainedStep*> shades;
  std::size_t last = 0;
  for (const rewards::ExplainedStep& step : steps) {
    if (step.shade == rewards::Shade::kNone || !step.place) continue;
    if (step.place->begin < last || step.place->end < step.place->begin ||
        step.place->end > response.size()) {
      continue;
    }
    shades.push_back(&step);
    last = step.place->end;
  }
  return shades;
}

// `text` with each line made safe by itself.
std::string ByLine(std::string_view text,
                   const std::function<std::string(std::string_view)>& show,
                   std::string_view newline) {
  std::string shown;
  while (true) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (!line.empty()) shown += show(line);
    if (end == std::string_view::npos) return shown;
    shown += newline;
    text.remove_prefix(end + 1);
  }
}

std::string Piece(const rewards::ExplainedStep& step, std::string_view text,
                  bool color) {
  const std::string shown = Printable(text, text.size());
  const std::string marked = Printable(step.finding, 40) + "|" + shown;
  switch (step.shade) {
    case rewards::Shade::kGood:
      return Paint(shown, Style::kGood, color);
    case rewards::Shade::kBad:
      return color ? Paint(shown, Style::kBad, true) : "[" + marked + "]";
    case rewards::Shade::kAside:
      return color ? Paint(shown, Style::kFaint, true) : "(" + marked + ")";
    case rewards::Shade::kNone:
      break;
  }
  return shown;
}

}  // namespace

std::string_view ShadeName(rewards::Shade shade) noexcept {
  switch (shade) {
    case rewards::Shade::kGood:
      return "good";
    case rewards::Shade::kBad:
      return "bad";
    case rewards::Shade::kAside:
      return "aside";
    case rewards::Shade::kNone:
      break;
  }
  return "";
}

std::string ShadedText(const rewards::Explanation& steps,
                       std::string_view response, bool color) {
  const auto shades = Shades(steps, response);
  if (shades.empty()) return {};
  const std::string newline = "\n" + std::string(kIndent, ' ');
  std::string text = fmt::format("{:<{}}", "in shades", kIndent);
  std::size_t at = shades.front()->place->begin;
  const std::size_t first = at;
  for (const rewards::ExplainedStep* step : shades) {
    if (step->place->end - first > kMostShadedText) {
      return text + newline + "...\n";
    }
    text += ByLine(
        response.substr(at, step->place->begin - at),
        [](std::string_view line) { return Printable(line, line.size()); },
        newline);
    text += ByLine(
        response.substr(step->place->begin,
                        step->place->end - step->place->begin),
        [&](std::string_view line) { return Piece(*step, line, color); },
        newline);
    at = step->place->end;
  }
  return text + "\n";
}

std::string ShadedHtml(const rewards::Explanation& steps,
                       std::string_view response) {
  const auto shades = Shades(steps, response);
  if (shades.empty()) return {};
  std::string html = "<pre class=\"shaded\">";
  std::size_t at = shades.front()->place->begin;
  for (const rewards::ExplainedStep* step : shades) {
    const rewards::Place place = *step->place;
    html += EscapedHtml(response.substr(at, place.begin - at));
    html += fmt::format(
        "<span class=\"{}\" title=\"{}\">{}</span>", ShadeName(step->shade),
        EscapedHtml(step->finding),
        EscapedHtml(response.substr(place.begin, place.end - place.begin)));
    at = place.end;
  }
  return html + "</pre>\n";
}

std::string EscapedHtml(std::string_view text) {
  return ByLine(
      text,
      [](std::string_view line) {
        std::string escaped;
        for (const char c : Printable(line, line.size())) {
          switch (c) {
            case '&':
              escaped += "&amp;";
              break;
            case '<':
              escaped += "&lt;";
              break;
            case '>':
              escaped += "&gt;";
              break;
            case '"':
              escaped += "&quot;";
              break;
            default:
              escaped += c;
          }
        }
        return escaped;
      },
      "\n");
}

}  // namespace verifier::cli
