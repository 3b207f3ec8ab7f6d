// ItemReader: items from a file or a pipe, one a line, without waiting and in
// bounded memory. Not thread-safe.

#ifndef VERIFIER_CLI_ITEM_READER_H_
#define VERIFIER_CLI_ITEM_READER_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "verifier/protocol/limits.h"
#include "verifier/protocol/score_request.h"

namespace verifier::cli {

// One line that holds something. `item.error` is set where it is no item.
struct ItemLine {
  std::size_t number = 0;  // from 1, empty lines count
  std::size_t bytes = 0;   // with its end
  protocol::Item item{};
};

class ItemReader {
 public:
  enum class State {
    kLine,     // `line` holds the next one
    kBlocked,  // nothing to read now: poll `fd`
    kEnd,
    kFailed,  // see error()
  };

  // Longest line, in bytes. A longer one is an invalid item, and read past.
  static constexpr std::size_t kLineBytes = std::size_t{64} << 20;

  // Reads from `fd`, borrowed. What one item may hold: `limits`; but nesting
  // may be two levels less, which is what a request adds around an item.
  explicit ItemReader(int fd, const protocol::Limits& limits = {},
                      std::size_t line_bytes = kLineBytes);

  // Never blocks, except on a regular file. Lines of white space are skipped.
  [[nodiscard]] State Next(ItemLine& line);

  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  // Takes one whole line out of the buffer; false where there is none.
  bool TakeLine(ItemLine& line, bool& is_item);
  [[nodiscard]] protocol::Item Parse(std::string_view text) const;
  State Fill();

  int fd_;
  protocol::Limits limits_;
  std::size_t line_bytes_;
  std::string buffer_;
  std::size_t start_ = 0;     // of the next line in `buffer_`
  std::size_t searched_ = 0;  // no line end before it
  std::size_t dropped_ = 0;   // bytes of an over-long line already thrown away
  std::size_t number_ = 0;
  bool at_end_ = false;
  std::string error_;
};

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_ITEM_READER_H_
