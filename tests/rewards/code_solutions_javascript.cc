#include "tests/rewards/code_solutions.h"

namespace rewards {

const std::vector<CodeSolution> kJavaScriptSolutions = {
    {"HumanEval_0_has_close_elements",
     R"(  return numbers.some((x, i) => numbers.some(
      (y, j) => i !== j && Math.abs(x - y) < threshold));
}
)",
     "i !== j && ", ""},
    {"HumanEval_4_mean_absolute_deviation",
     R"(  const mean = all => all.reduce((sum, x) => sum + x, 0) / all.length;
  const middle = mean(numbers);
  return mean(numbers.map(x => Math.abs(x - middle)));
}
)",
     "Math.abs(x - middle)", "x - middle"},
    {"HumanEval_8_sum_product",
     R"(  return [numbers.reduce((a, b) => a + b, 0),
          numbers.reduce((a, b) => a * b, 1)];
}
)",
     "a * b, 1", "a * b, 0"},
    {"HumanEval_12_longest",
     R"(  let best;
  for (const one of strings) {
    if (best === undefined || one.length > best.length) best = one;
  }
  return best;
}
)",
     "one.length >", "one.length >="},
    {"HumanEval_87_get_row",
     R"(  const found = [];
  lst.forEach((row, i) => {
    for (let j = row.length; j-- > 0;) if (row[j] === x) found.push([i, j]);
  });
  return found;
}
)",
     "push([i, j])", "push([j, i])"},
    {"HumanEval_90_next_smallest",
     R"(  return [...new Set(lst)].sort((a, b) => a - b)[1];
}
)",
     "...new Set(lst)", "...lst"},
    {"HumanEval_95_check_dict_case",
     R"(  const all = Object.keys(dict).join('');
  return /^[a-z]+$/.test(all) || /^[A-Z]+$/.test(all);
}
)",
     "/^[a-z]+$/", "/^[a-z]*$/"},
    {"HumanEval_111_histogram",
     R"(  const count = {};
  for (const one of test.split(' ')) if (one) count[one] = (count[one] || 0) + 1;
  const most = Math.max(...Object.values(count));
  return Object.fromEntries(
      Object.entries(count).filter(([, times]) => times === most));
}
)",
     "times === most", "times >= most - 1"},
};

const std::vector<CodeSolution> kTypeScriptSolutions = {
    {"HumanEval_0_has_close_elements",
     R"(  const sorted: number[] = [...numbers].sort((a, b) => a - b);
  return sorted.some((x: number, i: number) =>
      i > 0 && x - sorted[i - 1] < threshold);
}
)",
     ".sort((a, b) => a - b)", ""},
    {"HumanEval_4_mean_absolute_deviation",
     R"(  const mean = (all: number[]): number =>
      all.reduce((sum, x) => sum + x, 0) / all.length;
  return mean(numbers.map(x => Math.abs(x - mean(numbers))));
}
)",
     "Math.abs(x - mean(numbers))", "x - mean(numbers)"},
    {"HumanEval_8_sum_product",
     R"(  let sum: number = 0, product: number = 1;
  for (const x of numbers) { sum += x; product *= x; }
  return [sum, product];
}
)",
     "product: number = 1", "product: number = 0"},
    {"HumanEval_12_longest",
     R"(  return strings.length === 0 ? undefined : strings.reduce(
      (best: string, one: string) => one.length > best.length ? one : best);
}
)",
     "one.length >", "one.length >="},
    {"HumanEval_87_get_row",
     R"(  return lst.flatMap((row, i) => row
      .map((y, j): [number, number] => [i, j])
      .filter(([, j]) => row[j] === x).reverse());
}
)",
     ".reverse()", ""},
    {"HumanEval_90_next_smallest",
     R"(  const least: number = Math.min(...lst);
  const rest: number[] = lst.filter(x => x > least);
  return rest.length ? Math.min(...rest) : undefined;
}
)",
     ": undefined", ": Math.min(...rest)"},
    {"HumanEval_95_check_dict_case",
     R"(  const keys: string[] = Object.keys(dict);
  const are = (pattern: RegExp): boolean => keys.every(key => pattern.test(key));
  return keys.length > 0 && (are(/^[a-z]+$/) || are(/^[A-Z]+$/));
}
)",
     "keys.length > 0 && ", ""},
    {"HumanEval_111_histogram",
     R"(  const count = new Map<string, number>();
  for (const one of test.split(' ').filter(word => word !== ''))
    count.set(one, (count.get(one) ?? 0) + 1);
  const most: number = Math.max(...count.values());
  return Object.fromEntries([...count].filter(([, times]) => times === most));
}
)",
     ".filter(word => word !== '')", ""},
};

}  // namespace rewards
