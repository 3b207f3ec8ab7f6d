#include "verifier/cli/result_writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "verifier/cli/terminal.h"
#include "verifier/protocol/json_text.h"

namespace verifier::cli {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{256} << 10;
constexpr mode_t kMode = 0666;  // less the umask

bool IsOther(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
}

}  // namespace

ResultWriter::ResultWriter(std::string path) : path_(std::move(path)) {
  if (IsOther(path_)) {
    fd_ = open(path_.c_str(), O_WRONLY | O_CLOEXEC);
  } else {
    temporary_ = path_ + "." + std::to_string(getpid()) + ".tmp";
    fd_ = open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
               kMode);
  }
  if (fd_ < 0) {
    error_ = errno;
    temporary_.clear();
  }
}

ResultWriter::~ResultWriter() {
  if (!path_.empty() && fd_ >= 0) close(fd_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

bool ResultWriter::Fail(int error) {
  if (error_ == 0) error_ = error;
  return error_ == 0;
}

bool ResultWriter::Write(const protocol::ScoreResult& result) {
  protocol::AppendJson(protocol::ToJson(result), buffer_);
  return WriteBytes("\n");
}

bool ResultWriter::WriteBytes(std::string_view bytes) {
  buffer_ += bytes;
  return buffer_.size() < kBufferBytes ? error_ == 0 : Flush();
}

bool ResultWriter::Flush() {
  if (error_ == 0 && !buffer_.empty()) Fail(WriteAll(fd_, buffer_));
  buffer_.clear();
  return error_ == 0;
}

bool ResultWriter::Commit() {
  if (!Flush() || temporary_.empty()) return error_ == 0;
  if (fsync(fd_) != 0 && errno != EINVAL && errno != EROFS) return Fail(errno);
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) return Fail(errno);
  temporary_.clear();
  return true;
}

}  // namespace verifier::cli
