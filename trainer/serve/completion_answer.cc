#include "trainer/serve/completion_answer.h"

#include <boost/json/array.hpp>
#include <utility>

#include "verifier/protocol/json_text.h"

namespace trainer::serve {
namespace {

namespace json = boost::json;
using verifier::protocol::JsonText;

std::string_view FinishOf(const Generated& done) {
  return done.at_length ? "length" : "stop";
}

std::string TextOf(const CompletionRequest& request, const Generated& done) {
  ChoiceText text(request.sampling.stop);
  for (const Token& token : done.tokens) text.Add(token.text);
  text.End();
  return text.Take();
}

// `offset`: bytes before the first token.
json::value LogprobsOf(const std::vector<Token>& tokens, std::size_t offset) {
  json::array texts;
  json::array logprobs;
  json::array offsets;
  for (const Token& token : tokens) {
    texts.emplace_back(token.text);
    logprobs.emplace_back(token.logprob);
    offsets.emplace_back(offset);
    offset += token.text.size();
  }
  return json::object{{"tokens", std::move(texts)},
                      {"token_logprobs", std::move(logprobs)},
                      {"top_logprobs", nullptr},
                      {"text_offset", std::move(offsets)}};
}

json::object UsageOf(const CompletionRequest& request,
                     const std::vector<Generated>& all) {
  std::int64_t prompt = 0;
  std::int64_t completion = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    // A prompt counts once, whatever n is.
    if (i % static_cast<std::size_t>(request.n) == 0) {
      prompt += all[i].prompt_tokens;
    }
    completion += static_cast<std::int64_t>(all[i].tokens.size());
  }
  return {{"prompt_tokens", prompt},
          {"completion_tokens", completion},
          {"total_tokens", prompt + completion}};
}

}  // namespace

std::string ServerSentEvent(std::string_view text) {
  std::string event = "data: ";
  event += text;
  return event += "\n\n";
}

CompletionAnswer::CompletionAnswer(const CompletionRequest& request,
                                   std::string_view id, std::int64_t created)
    : request_(request),
      id_((request.chat ? "chatcmpl-" : "cmpl-") + std::string(id)),
      created_(created),
      choices_(request.choices(), Choice(request.sampling.stop)) {}

json::object CompletionAnswer::Frame(bool chunk) const {
  const char* kind = request_.chat
                         ? chunk ? "chat.completion.chunk" : "chat.completion"
                         : "text_completion";
  return {{"id", id_},
          {"object", kind},
          {"created", created_},
          {"model", request_.model}};
}

std::string CompletionAnswer::Whole(const std::vector<Generated>& all) const {
  json::object answer = Frame(false);
  json::array choices;
  for (std::size_t i = 0; i < all.size(); ++i) {
    json::object choice{{"index", i}};
    if (request_.chat) {
      choice["message"] = json::object{{"role", "assistant"},
                                       {"content", TextOf(request_, all[i])}};
    } else {
      choice["text"] = TextOf(request_, all[i]);
    }
    choice["logprobs"] =
        request_.logprobs ? LogprobsOf(all[i].tokens, 0) : json::value(nullptr);
    choice["finish_reason"] = FinishOf(all[i]);
    choices.push_back(std::move(choice));
  }
  answer["choices"] = std::move(choices);
  answer["usage"] = UsageOf(request_, all);
  return JsonText(answer);
}

std::string CompletionAnswer::Event(std::size_t index,
                                    const json::value& finish) {
  Choice& choice = choices_[index];
  std::string text = choice.text.Take();
  if (text.empty() && finish.is_null()) return {};
  json::object one{{"index", index}};
  if (request_.chat) {
    json::object delta;
    if (!choice.begun) delta["role"] = "assistant";
    if (!text.empty() || !choice.begun) delta["content"] = std::move(text);
    one["delta"] = std::move(delta);
  } else {
    one["text"] = std::move(text);
  }
  one["logprobs"] = nullptr;
  if (request_.logprobs) {
    one["logprobs"] = LogprobsOf(choice.tokens, choice.offset);
    for (const Token& token : choice.tokens) choice.offset += token.text.size();
    choice.tokens.clear();
  }
  one["finish_reason"] = finish;
  choice.begun = true;
  json::object frame = Frame(true);
  frame["choices"] = json::array{std::move(one)};
  if (request_.stream_usage) frame["usage"] = nullptr;
  return ServerSentEvent(JsonText(frame));
}

std::string CompletionAnswer::OnToken(std::size_t index, const Token& token) {
  choices_[index].text.Add(token.text);
  if (request_.logprobs) choices_[index].tokens.push_back(token);
  return Event(index, nullptr);
}

std::string CompletionAnswer::OnEnd(std::size_t index, const Generated& done) {
  choices_[index].text.End();
  return Event(index, json::value(FinishOf(done)));
}

std::string CompletionAnswer::Last(const std::vector<Generated>& all) const {
  std::string text;
  if (request_.stream_usage) {
    json::object frame = Frame(true);
    frame["choices"] = json::array();
    frame["usage"] = UsageOf(request_, all);
    text = ServerSentEvent(JsonText(frame));
  }
  return text + ServerSentEvent("[DONE]");
}

}  // namespace trainer::serve
