#include "rewards/rules/words.h"

#include <unicode/brkiter.h>
#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/locid.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

namespace rewards::rules {
namespace {

struct CloseText {
  void operator()(UText* text) const { utext_close(text); }
};

// A fresh iterator, since one serves one thread. Null where ICU cannot.
std::unique_ptr<icu::BreakIterator> MakeIterator() {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::BreakIterator> words(
      icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  return U_SUCCESS(status) ? std::move(words) : nullptr;
}

// Upper and lower case alike; as it is where ICU cannot.
std::string Folded(std::string_view word) {
  if (std::all_of(word.begin(), word.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      })) {
    return std::string(word);
  }
  std::string folded;
  icu::StringByteSink<std::string> sink(&folded);
  UErrorCode status = U_ZERO_ERROR;
  icu::CaseMap::utf8Fold(
      0, icu::StringPiece(word.data(), static_cast<int32_t>(word.size())), sink,
      nullptr, status);
  return U_SUCCESS(status) ? folded : std::string(word);
}

}  // namespace

std::optional<std::vector<std::string_view>> SplitWords(std::string_view text) {
  thread_local const std::unique_ptr<icu::BreakIterator> iterator =
      MakeIterator();
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UText, CloseText> view(utext_openUTF8(
      nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status));
  if (iterator == nullptr || U_FAILURE(status)) return std::nullopt;
  iterator->setText(view.get(), status);
  if (U_FAILURE(status)) return std::nullopt;
  std::vector<std::string_view> words;
  int32_t begin = iterator->first();
  for (int32_t end = iterator->next(); end != icu::BreakIterator::DONE;
       begin = end, end = iterator->next()) {
    if (iterator->getRuleStatus() < UBRK_WORD_NUMBER) continue;
    words.push_back(text.substr(static_cast<std::size_t>(begin),
                                static_cast<std::size_t>(end - begin)));
  }
  return words;
}

std::vector<std::uint32_t> NumberWords(
    const std::vector<std::string_view>& words) {
  std::vector<std::string> folded;
  folded.reserve(words.size());
  for (const std::string_view word : words) folded.push_back(Folded(word));
  std::vector<std::pair<std::string_view, std::uint32_t>> sorted;
  sorted.reserve(folded.size());
  for (const std::string& word : folded) {
    sorted.emplace_back(word, static_cast<std::uint32_t>(sorted.size()));
  }
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::uint32_t> numbers(folded.size());
  std::uint32_t next = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i > 0 && sorted[i].first != sorted[i - 1].first) ++next;
    numbers[sorted[i].second] = next;
  }
  return numbers;
}

}  // namespace rewards::rules
