// LazyModel: a model that is read from its folder at first use, and anew when
// its weights there are others. A folder that is not there yet is no error of
// the server: it is asked again each time. Not thread-safe; blocks on the disk.

#ifndef TRAINER_SERVE_LAZY_MODEL_H_
#define TRAINER_SERVE_LAZY_MODEL_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "trainer/checkpoint/checkpoint_error.h"
#include "trainer/serve/backend.h"

namespace trainer::serve {

// What tells one model.safetensors from the next.
struct WeightsStamp {
  std::filesystem::file_time_type changed{};
  std::uintmax_t bytes = 0;

  bool operator==(const WeightsStamp&) const = default;
};

// Of FOLDER/model.safetensors; none where it is not there.
[[nodiscard]] std::optional<WeightsStamp> StampOf(const std::string& folder);

template <typename T>
class LazyModel {
 public:
  // Blocks; what it throws ends Get.
  using Read = std::function<CheckpointResult<T>(const std::string& folder)>;

  LazyModel(std::string folder, Read read)
      : folder_(std::move(folder)), read_(std::move(read)) {}

  // The model as it is in the folder now, until the next call. kAbsent where
  // there is none, or it is being replaced; kFailed where it cannot be read.
  [[nodiscard]] BackendResult<const T*> Get() {
    const auto stamp = StampOf(folder_);
    if (!stamp) {
      model_.reset();
      return Absent("there is no " + folder_ + "/model.safetensors yet");
    }
    if (model_ && stamp == stamp_) return &*model_;
    model_.reset();
    auto model = read_(folder_);
    if (StampOf(folder_) != stamp)
      return Absent(folder_ + " is being replaced");
    if (model.has_error()) {
      return BackendError(BackendErrorKind::kFailed, model.error().ToString());
    }
    model_.emplace(*std::move(model));
    stamp_ = stamp;
    return &*model_;
  }

 private:
  static BackendError Absent(std::string detail) {
    return {BackendErrorKind::kAbsent, std::move(detail)};
  }

  std::string folder_;
  Read read_;
  std::optional<T> model_;
  std::optional<WeightsStamp> stamp_;  // of model_
};

}  // namespace trainer::serve

#endif  // TRAINER_SERVE_LAZY_MODEL_H_
