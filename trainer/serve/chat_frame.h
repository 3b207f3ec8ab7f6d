// ChatFrame: messages as the text that a model sees. Thread-safe: no state.

#ifndef TRAINER_SERVE_CHAT_FRAME_H_
#define TRAINER_SERVE_CHAT_FRAME_H_

#include <boost/json/array.hpp>
#include <string>

#include "trainer/serve/api_error.h"

namespace trainer::serve {

// Each user's message in the chat frame (datasets/prompt_template.h), each
// assistant's right behind it; a system's message, which may only be the
// first, and a space before them. The last one must be a user's. Content is a
// string, or an array of {"type": "text", "text"}. Errors name the message.
[[nodiscard]] ApiResult<std::string> ChatPrompt(
    const boost::json::array& messages);

}  // namespace trainer::serve

#endif  // TRAINER_SERVE_CHAT_FRAME_H_
