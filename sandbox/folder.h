// Folder: a folder of this machine that programs in a jail see, read-only. A
// plain value; any thread.

#ifndef SANDBOX_FOLDER_H_
#define SANDBOX_FOLDER_H_

#include <string>
#include <vector>

namespace sandbox {

struct Folder {
  std::string source{};  // absolute: where it is
  std::string target{};  // absolute: where programs see it
};

// Each at its own place.
[[nodiscard]] inline std::vector<Folder> AtTheirPlaces(
    const std::vector<std::string>& paths) {
  std::vector<Folder> folders;
  for (const std::string& path : paths) folders.push_back({path, path});
  return folders;
}

}  // namespace sandbox

#endif  // SANDBOX_FOLDER_H_
