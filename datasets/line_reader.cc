#include "datasets/line_reader.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace datasets {
namespace {

constexpr std::size_t kBufferBytes = 64 * 1024;

std::string ErrnoText() { return std::generic_category().message(errno); }

}  // namespace

LineReader::LineReader(std::string path, gzFile file,
                       std::size_t max_line_bytes)
    : path_(std::move(path)),
      file_(file),
      max_line_bytes_(max_line_bytes),
      buffer_(kBufferBytes) {}

FileResult<LineReader> LineReader::Open(const std::string& path,
                                        std::size_t max_line_bytes) {
  struct stat info = {};
  if (stat(path.c_str(), &info) != 0) return FileError{path, 0, ErrnoText()};
  if (!S_ISREG(info.st_mode)) return FileError{path, 0, "not a regular file"};
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return FileError{path, 0, ErrnoText()};
  return LineReader(path, file, max_line_bytes);
}

FileResult<bool> LineReader::Fill() {
  const int got = gzread(file_.get(), buffer_.data(),
                         static_cast<unsigned>(buffer_.size()));
  int code = Z_OK;
  const char* message = gzerror(file_.get(), &code);
  // A gzip file that was cut off reports Z_BUF_ERROR at its end.
  if (got < 0 || (got == 0 && code != Z_OK && code != Z_STREAM_END)) {
    return Error(std::string("cannot be read: ") + message);
  }
  begin_ = 0;
  end_ = static_cast<std::size_t>(got);
  return got > 0;
}

FileResult<bool> LineReader::Next() {
  line_.clear();
  ++number_;
  while (true) {
    if (begin_ == end_) {
      const FileResult<bool> filled = Fill();
      if (!filled) return filled.error();
      if (!*filled) return !line_.empty();
    }
    const char* from = buffer_.data() + begin_;
    const char* stop = buffer_.data() + end_;
    const char* newline = std::find(from, stop, '\n');
    line_.append(from, newline);
    begin_ = static_cast<std::size_t>(newline - buffer_.data());
    if (line_.size() > max_line_bytes_) {
      return Error("a line longer than the limit of " +
                   std::to_string(max_line_bytes_) + " bytes");
    }
    if (newline == stop) continue;
    ++begin_;
    if (line_.ends_with('\r')) line_.pop_back();
    return true;
  }
}

}  // namespace datasets
