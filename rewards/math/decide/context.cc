#include "rewards/math/decide/context.h"

namespace rewards::math {

Context ExactContext(const Context& context) {
  Context exact;
  exact.policy.percent = false;
  exact.policy.degrees = false;
  exact.policy.units = false;
  exact.policy.assignment = false;
  exact.policy.rounding = false;
  exact.policy.labelled_tuples = false;
  exact.policy.relation_interval = false;
  exact.policy.equation_factor = false;
  exact.work = context.work;
  exact.nesting = context.nesting;
  return exact;
}

}  // namespace rewards::math
