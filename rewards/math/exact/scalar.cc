#include "rewards/math/exact/scalar.h"
