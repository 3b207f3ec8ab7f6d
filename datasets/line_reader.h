// LineReader: a file line by line, plain or gzip (told by its content, not its
// name). Holds one line in memory. For one thread at a time; blocks on the
// disk.

#ifndef DATASETS_LINE_READER_H_
#define DATASETS_LINE_READER_H_

#include <zlib.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "datasets/file_error.h"

namespace datasets {

// Longest line, in bytes, without its end. Over it: an error.
inline constexpr std::size_t kMaxLineBytes = 16 * 1024 * 1024;

class LineReader {
 public:
  // Opens `path`; an error where it cannot be read.
  [[nodiscard]] static FileResult<LineReader> Open(
      const std::string& path, std::size_t max_line_bytes = kMaxLineBytes);

  // Moves to the next line: true, and line() is it; false at the end. A last
  // line needs no line end. "\r\n" counts as "\n".
  [[nodiscard]] FileResult<bool> Next();

  // The line Next moved to. Valid until the next call.
  [[nodiscard]] const std::string& line() const noexcept { return line_; }

  // Its number, from 1.
  [[nodiscard]] std::size_t number() const noexcept { return number_; }

  // An error at the current line.
  [[nodiscard]] FileError Error(std::string what) const {
    return {path_, number_, std::move(what)};
  }

 private:
  struct Close {
    void operator()(gzFile_s* file) const noexcept { gzclose(file); }
  };

  LineReader(std::string path, gzFile file, std::size_t max_line_bytes);

  // Fills the buffer. True where bytes came, false at the end of the file.
  FileResult<bool> Fill();

  std::string path_;
  std::unique_ptr<gzFile_s, Close> file_;
  std::size_t max_line_bytes_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // of what is unread in buffer_
  std::size_t end_ = 0;
  std::string line_;
  std::size_t number_ = 0;
};

}  // namespace datasets

#endif  // DATASETS_LINE_READER_H_
