// JsonlLog: an append-only log, one JSON object a line (metrics.jsonl). After a
// crash at any point it holds whole lines only, and each step once. Move-only;
// for one thread at a time; blocks on the disk.

#ifndef TRAINER_CHECKPOINT_JSONL_LOG_H_
#define TRAINER_CHECKPOINT_JSONL_LOG_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trainer/checkpoint/checkpoint_error.h"
#include "trainer/checkpoint/file_system.h"
#include "trainer/checkpoint/files.h"

namespace trainer {

// Longest line, in bytes, without its end.
inline constexpr std::size_t kMaxLogLineBytes = 16 << 20;

enum class LogSync { kEachLine, kNever };

class JsonlLog {
 public:
  // Opens or makes `path` and repairs its end: a last line without a line end
  // is completed where it is a whole JSON object, else removed; either is named
  // in `notices`, where given. A whole line that is no JSON object is an error
  // with its number: a crash does not make one, and nothing is thrown away.
  // Memory: the file. `fs` must outlive the log.
  [[nodiscard]] static CheckpointResult<JsonlLog> Open(
      const std::string& path, std::vector<std::string>* notices = nullptr,
      LogSync sync = LogSync::kEachLine, FileSystem& fs = RealFileSystem());

  // Adds a line: one JSON object without a line end. With kEachLine it is on
  // the disk when the call returns. On an error the log is as it was; where
  // even that fails, every later Append is an error (Open again).
  [[nodiscard]] CheckpointResult<void> Append(std::string_view line);

  // For resume at the checkpoint of `step`: removes the first line with a
  // "step" over it and all lines after that one, in one rename: after a crash
  // the old or the new log is there. Returns the number of lines removed.
  [[nodiscard]] CheckpointResult<std::size_t> TruncateAfterStep(
      std::int64_t step);

  // For a stage that is done again: removes every line whose "stage" is
  // `stage`, as TruncateAfterStep does. Returns their steps, in order.
  [[nodiscard]] CheckpointResult<std::vector<std::int64_t>> RemoveStage(
      std::string_view stage);

  // The largest "step" of a line; 0 where there is none.
  [[nodiscard]] CheckpointResult<std::int64_t> LastStep() const;

 private:
  struct Line {
    std::string_view text{};  // without its line end
    std::optional<std::int64_t> step{};
    std::optional<std::string> stage{};
  };
  // Every line of `text`, which is the log's.
  [[nodiscard]] CheckpointResult<std::vector<Line>> Lines(
      std::string_view text) const;
  CheckpointResult<void> Replace(std::string_view text);

  JsonlLog(FileSystem& fs, std::string path, LogSync sync, OpenFile file,
           std::uint64_t size);

  FileSystem* fs_;
  std::string path_;
  LogSync sync_;
  OpenFile file_;
  std::uint64_t size_;   // bytes of whole lines
  bool broken_ = false;  // the end of the file is not known
};

}  // namespace trainer

#endif  // TRAINER_CHECKPOINT_JSONL_LOG_H_
