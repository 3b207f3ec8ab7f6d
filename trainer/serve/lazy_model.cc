#include "trainer/serve/lazy_model.h"

#include <system_error>

namespace trainer::serve {

std::optional<WeightsStamp> StampOf(const std::string& folder) {
  const std::filesystem::path path =
      std::filesystem::path(folder) / "model.safetensors";
  std::error_code error;
  WeightsStamp stamp;
  stamp.changed = std::filesystem::last_write_time(path, error);
  if (!error) stamp.bytes = std::filesystem::file_size(path, error);
  if (error) return std::nullopt;
  return stamp;
}

}  // namespace trainer::serve
