// ResultWriter: one line a result, to a stream or to a file that appears only
// when it is whole. Not thread-safe.

#ifndef VERIFIER_CLI_RESULT_WRITER_H_
#define VERIFIER_CLI_RESULT_WRITER_H_

#include <string>
#include <string_view>

#include "verifier/protocol/score_result.h"

namespace verifier::cli {

class ResultWriter {
 public:
  // Writes to `fd`, borrowed.
  explicit ResultWriter(int fd) : fd_(fd) {}

  // Writes to a file of another name beside `path`, which Commit renames. A
  // `path` that exists and is no regular file (a device, a pipe) is written
  // directly. Where it cannot be opened: see error().
  explicit ResultWriter(std::string path);

  // Removes the file where it was not committed.
  ~ResultWriter();

  ResultWriter(const ResultWriter&) = delete;
  ResultWriter& operator=(const ResultWriter&) = delete;

  // Adds a line. Blocks as the descriptor does. False: see error().
  bool Write(const protocol::ScoreResult& result);

  // Adds bytes as they are.
  bool WriteBytes(std::string_view bytes);

  // Hands what is buffered on, for a reader that waits.
  bool Flush();

  // Flushes, and gives the file its name.
  bool Commit();

  // errno of the first failure, or 0.
  [[nodiscard]] int error() const { return error_; }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  bool Fail(int error);

  int fd_ = -1;
  std::string path_;
  std::string temporary_;  // empty: nothing to rename or remove
  std::string buffer_;
  int error_ = 0;
};

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_RESULT_WRITER_H_
