// rewards/math: text -> tree -> equality, with how it is known. Pure: no I/O,
// no threads, no JSON. Everything here may be called from any thread.
//
//   const Reading gold = ReadAnswer("1/2", Extract::kAuto, limits);
//   const Reading answer = ReadAnswer(response, Extract::kAuto, limits);
//   Work work;
//   if (gold.readable() && answer.readable()) {
//     Equal(gold.tree, answer.tree, policy, &work, nullptr);
//   }

#ifndef REWARDS_MATH_MATH_H_
#define REWARDS_MATH_MATH_H_

#include "rewards/math/decide/equal.h"    // IWYU pragma: export
#include "rewards/math/extract/reader.h"  // IWYU pragma: export
#include "rewards/math/syntax/read.h"     // IWYU pragma: export

#endif  // REWARDS_MATH_MATH_H_
