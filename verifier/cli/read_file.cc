#include "verifier/cli/read_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace verifier::cli {

std::optional<std::string> ReadFile(const std::string& path, std::size_t most,
                                    std::string& error) {
  constexpr std::size_t kChunk = std::size_t{64} << 10;
  const bool standard = path == "-";
  const int fd =
      standard ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  std::string text;
  ssize_t got = fd < 0 ? -1 : 1;
  while (got > 0 && text.size() <= most) {
    const std::size_t size = text.size();
    text.resize(size + kChunk);
    do {
      got = read(fd, text.data() + size, kChunk);
    } while (got < 0 && errno == EINTR);
    text.resize(size + static_cast<std::size_t>(got > 0 ? got : 0));
  }
  if (got < 0) error = std::strerror(errno);
  if (!standard && fd >= 0) close(fd);
  if (got < 0) return std::nullopt;
  if (text.size() > most) {
    error = "has more than " + std::to_string(most) + " bytes";
    return std::nullopt;
  }
  return text;
}

}  // namespace verifier::cli
