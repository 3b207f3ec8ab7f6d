// Grammar: whether a response keeps to its template. Pure; any thread; time is
// linear in the response (one scan over literal tags, no regular expressions).
//
// The grammar, with W for ASCII white space:
//   W open thought close W answer_open answer answer_close W
//   W open thought close answer W          (templates without answer tags)
// `open` is left out where the prompt held it (prefill). Neither thought nor
// answer may be empty, and no tag may occur twice or anywhere else. Empty also
// means white space, control and invisible characters of Unicode.
// Thinking off: `W open empty close answer` or `answer` alone, without tags.

#ifndef REWARDS_FORMAT_GRAMMAR_H_
#define REWARDS_FORMAT_GRAMMAR_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "rewards/format/template.h"

namespace rewards::format {

// What is wrong; the first thing found, tags before text. ReasonName goes over
// the wire: add new ones, never rename one.
enum class Reason {
  kOk,
  kMissingOpen,     // an opening tag (or, strictly, its new line) is not there
  kMissingClose,    // a closing tag (or, strictly, its new line) is not there
  kDuplicateOpen,   // a second block, or an opening tag doubled
  kDuplicateClose,  // closed again
  kOrder,           // every tag has a place, and this is not its own
  kNested,          // an opening tag inside a block
  kTextBefore,      // text before the first tag
  kTextBetween,     // text between two blocks; a thought with thinking off
  kTextAfter,       // text after the last block
  kEmptyThink,
  kEmptyAnswer,
  kEosInside,  // an end-of-text token that is not at the end
  kTruncated,  // the text ends inside a block
  kNoBoxed,    // no \boxed{...}, or its braces do not close
};

// Stable lower-case name, e.g. "missing_open"; "ok" for kOk.
[[nodiscard]] std::string_view ReasonName(Reason reason) noexcept;

struct Finding {
  // Fails closed: only CheckFormat says kOk.
  Reason reason = Reason::kMissingOpen;

  // Graded: tags in place, once each, over tags wanted plus one for the whole.
  // 1 where `reason` is kOk, less than 1 everywhere else.
  double credit = 0.0;

  // Graded by steps from the left: a tag in place, once, counts where all
  // before it do and what stands before it is as it should be (nothing before
  // the thought, something in it). Over the same; as `credit` otherwise.
  double ladder = 0.0;

  // Nothing but white space was left, once end-of-text tokens were taken off.
  bool blank = false;

  [[nodiscard]] bool ok() const noexcept { return reason == Reason::kOk; }
};

// `text` without the end-of-text tokens at its end, any number of them. White
// space around them goes too, unless it counts (`strict`).
[[nodiscard]] std::string_view StripEos(std::string_view text,
                                        std::span<const std::string> eos,
                                        bool strict);

// Holds `response` against `tmpl`. `eos` are end-of-text tokens (not empty):
// any number of them is taken off the end, and one anywhere else is refused.
[[nodiscard]] Finding CheckFormat(std::string_view response,
                                  const Template& tmpl,
                                  std::span<const std::string> eos = {});

}  // namespace rewards::format

#endif  // REWARDS_FORMAT_GRAMMAR_H_
