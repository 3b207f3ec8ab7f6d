// Scratch: a folder of its own for one test, removed with everything in it.

#ifndef TESTS_DATASETS_SCRATCH_H_
#define TESTS_DATASETS_SCRATCH_H_

#include <zlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace datasets {

class Scratch {
 public:
  Scratch() {
    std::string name =
        (std::filesystem::temp_directory_path() / "assay-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] std::string Path(std::string_view name) const {
    return (folder_ / name).string();
  }

  // Writes a file and returns its path.
  [[nodiscard]] std::string Write(std::string_view text) const {
    const std::string path = Path("file");
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  // The same, compressed; only the first `keep` bytes of the file are kept.
  [[nodiscard]] std::string WriteGzip(
      std::string_view text, std::size_t keep = std::string::npos) const {
    const std::string path = Path("file.gz");
    gzFile file = gzopen(path.c_str(), "wb");
    gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    gzclose(file);
    if (keep != std::string::npos) std::filesystem::resize_file(path, keep);
    return path;
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace datasets

#endif  // TESTS_DATASETS_SCRATCH_H_
