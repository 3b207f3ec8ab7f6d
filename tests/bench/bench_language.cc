// How far off and how fast the language reward is, beside CLD2 on each
// sentence, on the shared cases. Reads ASSAY_DATA.
//
//   ASSAY_DATA=... build/release/bin/bench_language
//
// Both get the same text; CLD2's is masked by our mask, its time without it.

#include <unicode/brkiter.h>
#include <unicode/ubrk.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// It uses FILE without including it.
#include <cld2/public/compact_lang_det.h>

#include "rewards/language/characters.h"
#include "rewards/language/consistency.h"
#include "rewards/language/mask.h"

namespace {

namespace json = boost::json;
namespace language = rewards::language;

// Of this process on a processor, whatever else the machine does.
double Seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) +
         1e-9 * static_cast<double>(now.tv_nsec);
}

struct Row {
  std::string kind;
  std::string tag;
  std::string text;
  std::string masked;
  double fraction = 0.0;
};

std::vector<Row> ReadRows(const std::string& path) {
  std::vector<Row> rows;
  std::ifstream lines(path);
  for (std::string line; std::getline(lines, line);) {
    const json::object row = json::parse(line).as_object();
    Row read;
    read.kind = row.at("kind").as_string();
    read.tag = row.at("target").as_string();
    read.text = row.at("text").as_string();
    read.fraction = row.at("true_fraction").to_number<double>();
    std::u16string masked =
        language::Masked(language::ReadText(read.text).units);
    std::replace(masked.begin(), masked.end(), u'\uFFFC', u' ');
    icu::UnicodeString(masked.data(), static_cast<int>(masked.size()))
        .toUTF8String(read.masked);
    rows.push_back(std::move(read));
  }
  return rows;
}

double Ours(const Row& row) {
  const auto found = language::MeasureConsistency(
      row.text, *language::ParseTag(row.tag, false));
  return found ? found->fraction() : 0.0;
}

// The words of the sentences that CLD2 calls the target's.
double Cld2(const Row& row) {
  UErrorCode status = U_ZERO_ERROR;
  static const std::unique_ptr<icu::BreakIterator> sentences(
      icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(),
                                                 status));
  static const std::unique_ptr<icu::BreakIterator> words(
      icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(row.masked);
  sentences->setText(text);
  int target = 0;
  int total = 0;
  int begin = sentences->first();
  for (int end = sentences->next(); end != icu::BreakIterator::DONE;
       begin = end, end = sentences->next()) {
    const icu::UnicodeString sentence = text.tempSubStringBetween(begin, end);
    std::string utf8;
    sentence.toUTF8String(utf8);
    bool reliable = false;
    std::string code = CLD2::LanguageCode(CLD2::DetectLanguage(
        utf8.data(), static_cast<int>(utf8.size()), true, &reliable));
    code = code.substr(0, code.find('-'));
    if (code == "iw") code = "he";
    if (code == "no") code = "nb";
    words->setText(sentence);
    int count = 0;
    for (words->first(); words->next() != icu::BreakIterator::DONE;) {
      count += words->getRuleStatus() >= UBRK_WORD_LETTER ? 1 : 0;
    }
    total += count;
    target += code == row.tag ? count : 0;
  }
  return total == 0 ? 0.0 : static_cast<double>(target) / total;
}

struct Measured {
  std::map<std::string, std::pair<double, int>> errors;
  int low = 0;  // pure_mathcode below 0.95
  double megabytes_per_second = 0.0;
};

Measured Measure(const std::vector<Row>& rows,
                 const std::function<double(const Row&)>& judge) {
  Measured measured;
  double bytes = 0.0;
  const double begin = Seconds();
  for (const Row& row : rows) {
    const double fraction = judge(row);
    bytes += static_cast<double>(row.text.size());
    for (const std::string& key : {row.kind, std::string("all")}) {
      auto& [sum, count] = measured.errors[key];
      sum += std::abs(fraction - row.fraction);
      ++count;
    }
    measured.low += row.kind == "pure_mathcode" && fraction < 0.95 ? 1 : 0;
  }
  measured.megabytes_per_second = bytes / 1e6 / (Seconds() - begin);
  return measured;
}

// The middle and the 99th percentile of the times for 32 KiB of text with one
// target, in ms.
struct Times {
  double median = 0.0;
  double p99 = 0.0;
};

Times LongTexts(std::vector<Row> rows,
                const std::function<double(const Row&)>& judge) {
  constexpr std::size_t kBytes = 32768;
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row& a, const Row& b) { return a.tag < b.tag; });
  std::vector<double> times;
  for (std::size_t first = 0; first < rows.size(); ++first) {
    Row whole;
    whole.tag = rows[first].tag;
    for (std::size_t i = first;
         i < rows.size() && rows[i].tag == rows[first].tag; ++i) {
      whole.text += rows[i].text + "\n";
      whole.masked += rows[i].masked + "\n";
    }
    if (whole.text.size() < kBytes) continue;
    whole.text.resize(kBytes);
    whole.masked.resize(std::min(kBytes, whole.masked.size()));
    const double begin = Seconds();
    static_cast<void>(judge(whole));
    times.push_back(1e3 * (Seconds() - begin));
  }
  if (times.empty()) return {};
  std::sort(times.begin(), times.end());
  return {times[times.size() / 2], times[times.size() * 99 / 100]};
}

}  // namespace

int main() {
  const char* data = std::getenv("ASSAY_DATA");
  if (data == nullptr) {
    std::fputs("bench_language: ASSAY_DATA is not set\n", stderr);
    return 2;
  }
  const std::vector<Row> rows =
      ReadRows(std::string(data) + "/cases/lang_open.jsonl");
  Measure(rows, Ours);  // warm
  const Measured ours = Measure(rows, Ours);
  const Measured cld2 = Measure(rows, Cld2);
  std::printf("mean absolute error     rows    ours    CLD2 per sentence\n");
  for (const auto& [kind, error] : ours.errors) {
    const auto& peer = cld2.errors.at(kind);
    std::printf("%-22s %5d  %.4f  %.4f\n", kind.c_str(), error.second,
                error.first / error.second, peer.first / peer.second);
  }
  std::printf("pure_mathcode < 0.95          %6d  %6d\n", ours.low, cld2.low);
  std::printf("MB/s, one core                %6.1f  %6.1f\n",
              ours.megabytes_per_second, cld2.megabytes_per_second);
  const Times our_times = LongTexts(rows, Ours);
  const Times cld2_times = LongTexts(rows, Cld2);
  std::printf("32 KiB, ms, median            %6.2f  %6.2f\n", our_times.median,
              cld2_times.median);
  std::printf("32 KiB, ms, p99               %6.2f  %6.2f\n", our_times.p99,
              cld2_times.p99);
  return 0;
}
