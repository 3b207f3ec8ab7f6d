#include "tests/rewards/math/exact/calcium_stack.h"

#include <ca.h>
#include <stdlib.h>
#include <string.h>

enum { kDepth = 64 };

struct CalciumStack {
  ca_ctx_t context;
  ca_struct values[kDepth];
  int size;
};

struct CalciumStack* CalciumStackNew(void) {
  struct CalciumStack* stack = malloc(sizeof(struct CalciumStack));
  ca_ctx_init(stack->context);
  for (int i = 0; i < kDepth; ++i) ca_init(&stack->values[i], stack->context);
  stack->size = 0;
  return stack;
}

void CalciumStackFree(struct CalciumStack* stack) {
  for (int i = 0; i < kDepth; ++i) ca_clear(&stack->values[i], stack->context);
  ca_ctx_clear(stack->context);
  free(stack);
}

static ca_struct* Push(struct CalciumStack* stack) {
  if (stack->size == kDepth) abort();
  return &stack->values[stack->size++];
}

void CalciumPushFraction(struct CalciumStack* stack, long top, long bottom) {
  ca_struct* value = Push(stack);
  ca_set_si(value, top, stack->context);
  ca_div_si(value, value, bottom, stack->context);
}

void CalciumPushConstant(struct CalciumStack* stack, const char* name) {
  ca_struct* value = Push(stack);
  if (strcmp(name, "pi") == 0) {
    ca_pi(value, stack->context);
  } else {
    ca_i(value, stack->context);
  }
}

void CalciumApply(struct CalciumStack* stack, const char* name) {
  ca_struct* value = &stack->values[stack->size - 1];
  if (strcmp(name, "neg") == 0) {
    ca_neg(value, value, stack->context);
  } else if (strcmp(name, "sqrt") == 0) {
    ca_sqrt(value, value, stack->context);
  } else if (strcmp(name, "ln") == 0) {
    ca_log(value, value, stack->context);
  } else if (strcmp(name, "cos") == 0) {
    ca_cos(value, value, stack->context);
  } else {
    ca_exp(value, value, stack->context);
  }
}

void CalciumCombine(struct CalciumStack* stack, char operation) {
  ca_struct* right = &stack->values[--stack->size];
  ca_struct* left = &stack->values[stack->size - 1];
  switch (operation) {
    case '+':
      ca_add(left, left, right, stack->context);
      return;
    case '*':
      ca_mul(left, left, right, stack->context);
      return;
    case '/':
      ca_div(left, left, right, stack->context);
      return;
    default:
      ca_pow(left, left, right, stack->context);
  }
}

enum CalciumTruth CalciumEqual(struct CalciumStack* stack) {
  ca_struct* right = &stack->values[--stack->size];
  ca_struct* left = &stack->values[--stack->size];
  if (ca_check_is_number(left, stack->context) != T_TRUE ||
      ca_check_is_number(right, stack->context) != T_TRUE) {
    return kCalciumUnknown;
  }
  switch (ca_check_equal(left, right, stack->context)) {
    case T_TRUE:
      return kCalciumTrue;
    case T_FALSE:
      return kCalciumFalse;
    default:
      return kCalciumUnknown;
  }
}
