/* calcium_stack: constants on a stack, by Calcium. Its headers are C only, so
 * this is what C++ sees of it. Not thread-safe. */

#ifndef TESTS_REWARDS_MATH_EXACT_CALCIUM_STACK_H_
#define TESTS_REWARDS_MATH_EXACT_CALCIUM_STACK_H_

#ifdef __cplusplus
extern "C" {
#endif

struct CalciumStack;

enum CalciumTruth { kCalciumUnknown, kCalciumTrue, kCalciumFalse };

struct CalciumStack* CalciumStackNew(void);
void CalciumStackFree(struct CalciumStack* stack);

/* A fraction; "pi" or "i". */
void CalciumPushFraction(struct CalciumStack* stack, long top, long bottom);
void CalciumPushConstant(struct CalciumStack* stack, const char* name);
/* Replaces the top by "neg", "sqrt", "ln", "cos" or "exp" of it. */
void CalciumApply(struct CalciumStack* stack, const char* name);
/* Replaces the two at the top by one: '+', '*', '/', '^'. */
void CalciumCombine(struct CalciumStack* stack, char operation);

/* Whether the two that are on the stack are equal numbers; takes them off. */
enum CalciumTruth CalciumEqual(struct CalciumStack* stack);

#ifdef __cplusplus
}
#endif

#endif /* TESTS_REWARDS_MATH_EXACT_CALCIUM_STACK_H_ */
