#include "rewards/math/decide/scalar.h"
