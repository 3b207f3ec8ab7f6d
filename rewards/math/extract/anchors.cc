#include "rewards/math/extract/anchors.h"

#include <re2/re2.h>

#include <string>

namespace rewards::math {
namespace {

// `_` below stands for what may stand between words: space and Markdown marks.
std::string Expand(std::string_view pattern) {
  std::string out;
  for (const char c : pattern) {
    if (c == '_') {
      out += "[\\s*]*";
    } else {
      out.push_back(c);
    }
  }
  return out;
}

// One alternative a language or form. Every one ends where the answer begins,
// but for space and marks.
constexpr std::string_view kAnchorPatterns[] = {
    // English
    R"(\bfinal\s+(?:answer|result)_(?:is|are|[:：=]|\n))",
    R"(\banswer\s+is)",
    R"(\banswer_[:：=])",
    R"(#{4})",  // GSM8K
    // Chinese, Japanese, Korean
    R"((?:最终|最後|最后|正确|的)?(?:答案|答)_(?:是|为|為|[:：]|应该是|等于)[:：]?)",
    R"(故(?:本题)?选_[:：]?)",
    R"((?:最終的な)?答え_(?:は|[:：]))",
    R"(解答_[:：は])",
    R"((?:정답|최종\s*답|답)_(?:은|[:：]))",
    // Spanish, Portuguese, Italian, French
    R"(\brespuesta(?:\s+(?:final|correcta))?_(?:es|[:：]))",
    R"(\bresposta(?:\s+(?:final|correta))?_(?:é|[:：]))",
    R"(\brisposta(?:\s+(?:finale|corretta))?_(?:è|[:：]))",
    R"(\bréponse(?:\s+(?:finale|correcte))?_(?:est|[:：]))",
    // German, Dutch, Swedish, Danish, Norwegian
    R"(\bantwort_(?:ist|lautet|[:：]))",
    R"(\bantwoord_(?:is|[:：]))",
    R"(\bsvar(?:et)?_(?:är|er|[:：]))",
    // Russian, Ukrainian, Polish, Czech
    R"((?:ответ|відповідь)_[:：—-])",
    R"(\bodpowied(?:ź|z)_(?:to|[:：]))",
    R"(\bodpověď_(?:je|[:：]))",
    // Arabic, Persian, Hindi, Bengali
    R"((?:الإجابة|الجواب)(?:\s+(?:النهائية|النهائي))?_(?:هي|هو|[:：]))",
    R"((?:پاسخ|جواب)_[:：])",
    R"((?:उत्तर)_(?:है|[:：]))",
    R"((?:উত্তর)_(?:হল|হলো|[:：]))",
    // Turkish, Vietnamese, Indonesian, Thai, Swahili
    R"(\bcevap_[:：])",
    R"(đáp\s+(?:án|số)_(?:là|[:：]))",
    R"(\bjawaban(?:nya)?_(?:adalah|[:：]))",
    R"(คำตอบ_(?:คือ|[:：]))",
    R"(\bjibu_(?:ni|[:：]))",
};

constexpr std::string_view kConclusionPatterns[] = {
    R"(\b(?:so|thus|therefore|hence|consequently|altogether|in total)\b)",
    R"(\bin conclusion\b)",
    R"(所以|因此|故|综上|よって|したがって|ゆえに|따라서|그러므로)",
    R"(\b(?:donc|ainsi|por lo tanto|por tanto|portanto|quindi|dunque)\b)",
    R"(\b(?:also|daher|somit|folglich|dus|daarom|więc|zatem)\b)",
    R"(следовательно|поэтому|таким образом|значит|итак|отже)",
    R"(لذا|لذلك|إذن|इसलिए|अतः|অতএব|সুতরাং|ดังนั้น|vậy|do đó|\bjadi\b)",
};

template <std::size_t N>
std::string Join(const std::string_view (&patterns)[N]) {
  std::string joined = "(?i)(?:";
  for (std::size_t i = 0; i < N; ++i) {
    if (i > 0) joined += "|";
    joined += Expand(patterns[i]);
  }
  return joined + ")";
}

// RE2 keeps linear time and may be shared between threads. Made once, never
// destroyed: no order of destruction to think of.
const re2::RE2& AnchorPattern() {
  static const auto* const kPattern =
      new re2::RE2(Join(kAnchorPatterns), re2::RE2::Quiet);
  return *kPattern;
}

const re2::RE2& ConclusionPattern() {
  static const auto* const kPattern =
      new re2::RE2(Join(kConclusionPatterns), re2::RE2::Quiet);
  return *kPattern;
}

}  // namespace

std::vector<Anchor> FindAnchors(std::string_view text, std::size_t max) {
  std::vector<Anchor> anchors;
  const re2::StringPiece whole(text.data(), text.size());
  re2::StringPiece match;
  std::size_t pos = 0;
  while (anchors.size() <= max &&
         AnchorPattern().Match(whole, pos, text.size(), re2::RE2::UNANCHORED,
                               &match, 1)) {
    const auto begin = static_cast<std::size_t>(match.data() - text.data());
    pos = begin + match.size();
    anchors.push_back({begin, pos});
  }
  return anchors;
}

bool Concludes(std::string_view sentence) {
  const re2::StringPiece piece(sentence.data(), sentence.size());
  return re2::RE2::PartialMatch(piece, ConclusionPattern());
}

}  // namespace rewards::math
