// rewards/math: text -> value -> equality, with how it is known. Pure: no I/O,
// no threads, no JSON. Everything here may be called from any thread.
//
//   const Reading gold = ReadAnswer("1/2", Extract::kAuto, limits);
//   const Reading answer = ReadAnswer(response, Extract::kAuto, limits);
//   if (answer.readable) Compare(gold.value, answer.value, policy);

#ifndef REWARDS_MATH_MATH_H_
#define REWARDS_MATH_MATH_H_

#include "rewards/math/compare.h"         // IWYU pragma: export
#include "rewards/math/extract/reader.h"  // IWYU pragma: export
#include "rewards/math/syntax/limits.h"   // IWYU pragma: export
#include "rewards/math/value.h"           // IWYU pragma: export

#endif  // REWARDS_MATH_MATH_H_
