#include "trainer/stages/text_filters.h"

#include <algorithm>
#include <array>

namespace trainer {
namespace {

bool IsWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9');
}

bool IsContinuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string Run(const std::vector<std::string>& words, std::size_t begin,
                std::size_t count) {
  std::string run;
  for (std::size_t i = begin; i < begin + count; ++i) run += words[i] + '\n';
  return run;
}

}  // namespace

std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    if (IsWord(text[at])) {
      while (end < text.size() && IsWord(text[end])) ++end;
    } else if (static_cast<unsigned char>(text[at]) < 0x80U) {
      ++at;
      continue;
    } else {
      while (end < text.size() && IsContinuation(text[end])) ++end;
    }
    std::string word(text.substr(at, end - at));
    std::transform(word.begin(), word.end(), word.begin(), Lower);
    words.push_back(std::move(word));
    at = end;
  }
  return words;
}

double RepeatedShare(std::string_view text, std::size_t n) {
  const std::vector<std::string> words = WordsOf(text);
  if (n == 0 || words.size() < n) return 0.0;
  std::unordered_set<std::string> seen;
  std::size_t repeated = 0;
  for (std::size_t i = 0; i + n <= words.size(); ++i) {
    if (!seen.insert(Run(words, i, n)).second) ++repeated;
  }
  return static_cast<double>(repeated) / static_cast<double>(words.size());
}

void Decontaminator::HoldOut(std::string_view text) {
  const std::vector<std::string> words = WordsOf(text);
  for (std::size_t i = 0; i + kRun <= words.size(); ++i) {
    runs_.insert(Run(words, i, kRun));
  }
}

bool Decontaminator::Contaminated(std::string_view text) const {
  if (runs_.empty()) return false;
  const std::vector<std::string> words = WordsOf(text);
  for (std::size_t i = 0; i + kRun <= words.size(); ++i) {
    if (runs_.contains(Run(words, i, kRun))) return true;
  }
  return false;
}

std::size_t ReflectionWords(std::string_view text) {
  static constexpr std::array<std::string_view, 10> kEnglish = {
      "wait",  "mistake", "however", "but",      "retry",
      "error", "verify",  "wrong",   "evaluate", "check"};
  static constexpr std::array<std::string_view, 7> kChinese = {
      "等等", "错误", "但是", "重试", "验证", "不对", "检查"};
  std::size_t count = 0;
  for (const std::string& word : WordsOf(text)) {
    count += static_cast<std::size_t>(
        std::count(kEnglish.begin(), kEnglish.end(), word));
  }
  for (const std::string_view word : kChinese) {
    for (std::size_t at = text.find(word); at != std::string_view::npos;
         at = text.find(word, at + word.size())) {
      ++count;
    }
  }
  return count;
}

}  // namespace trainer
