#include "rewards/math/decide/equal.h"
