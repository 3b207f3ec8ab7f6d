// ChoiceText: the text of one completion as its tokens come: what may be sent
// already, without a stop string and without half a character. Not thread-safe.

#ifndef TRAINER_SERVE_CHOICE_TEXT_H_
#define TRAINER_SERVE_CHOICE_TEXT_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace trainer::serve {

class ChoiceText {
 public:
  // Borrows `stops`; none of them is empty.
  explicit ChoiceText(std::span<const std::string> stops) : stops_(stops) {}

  // Takes the next bytes. What comes behind a stop string is dropped.
  void Add(std::string_view bytes);

  // No more bytes come: what was held back may be sent.
  void End() { ended_ = true; }

  // What may be sent and was not taken yet.
  [[nodiscard]] std::string Take();

  // A stop string came.
  [[nodiscard]] bool stopped() const { return stopped_; }

 private:
  // Bytes of text_ that no further byte can take away.
  [[nodiscard]] std::size_t Safe() const;

  std::span<const std::string> stops_;
  std::string text_;
  std::size_t taken_ = 0;
  bool stopped_ = false;
  bool ended_ = false;
};

}  // namespace trainer::serve

#endif  // TRAINER_SERVE_CHOICE_TEXT_H_
