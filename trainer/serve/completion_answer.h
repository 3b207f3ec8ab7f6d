// CompletionAnswer: the answers of the completion routes in OpenAI's shape,
// whole or as the chunks of a stream. Not thread-safe.

#ifndef TRAINER_SERVE_COMPLETION_ANSWER_H_
#define TRAINER_SERVE_COMPLETION_ANSWER_H_

#include <boost/json/object.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trainer/serve/backend.h"
#include "trainer/serve/choice_text.h"
#include "trainer/serve/completion_request.h"

namespace trainer::serve {

class CompletionAnswer {
 public:
  // Borrows `request`. `id`: unique, without its prefix. `created`: seconds
  // since 1970.
  CompletionAnswer(const CompletionRequest& request, std::string_view id,
                   std::int64_t created);

  // The whole answer to completions that were all generated.
  [[nodiscard]] std::string Whole(const std::vector<Generated>& all) const;

  // The events of a stream: what a token of choice `index` adds (mostly one
  // event, sometimes none), the end of a choice, and the end of the stream.
  // With a chat, a choice's first event says its role.
  [[nodiscard]] std::string OnToken(std::size_t index, const Token& token);
  [[nodiscard]] std::string OnEnd(std::size_t index, const Generated& done);
  [[nodiscard]] std::string Last(const std::vector<Generated>& all) const;

 private:
  struct Choice {
    explicit Choice(std::span<const std::string> stops) : text(stops) {}
    ChoiceText text;
    std::vector<Token> tokens{};  // that no event has held yet
    std::size_t offset = 0;       // bytes of the tokens before those
    bool begun = false;
  };

  [[nodiscard]] boost::json::object Frame(bool chunk) const;
  // An event with what choice `index` may say by now; `finish`: null, or why it
  // ended.
  [[nodiscard]] std::string Event(std::size_t index,
                                  const boost::json::value& finish);

  const CompletionRequest& request_;
  std::string id_;
  std::int64_t created_;
  std::vector<Choice> choices_;
};

// `data: TEXT` and an empty line.
[[nodiscard]] std::string ServerSentEvent(std::string_view text);

}  // namespace trainer::serve

#endif  // TRAINER_SERVE_COMPLETION_ANSWER_H_
