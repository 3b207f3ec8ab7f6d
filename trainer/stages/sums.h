// Sums: named sums over a rank's items, then over all ranks.

#ifndef TRAINER_STAGES_SUMS_H_
#define TRAINER_STAGES_SUMS_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "trainer/dist/comm.h"

namespace trainer {

class Sums {
 public:
  void Add(const std::string& name, double value) { sums_[name] += value; }
  // Adds to `name` and counts it in "`name`#"; none: neither.
  void Sample(const std::string& name, const std::optional<double>& value);

  // Every rank must have added to the same names. Exact in float64 where the
  // values are whole.
  void Reduce(Comm& comm);

  [[nodiscard]] double Get(const std::string& name) const;
  // Of Sample; none where nothing was counted.
  [[nodiscard]] std::optional<double> Mean(const std::string& name) const;

 private:
  std::map<std::string, double> sums_;
};

}  // namespace trainer

#endif  // TRAINER_STAGES_SUMS_H_
