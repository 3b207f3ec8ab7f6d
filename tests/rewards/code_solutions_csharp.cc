#include "tests/rewards/code_solutions.h"

namespace rewards {

const std::vector<CodeSolution> kCSharpSolutions = {
    {"HumanEval_0_has_close_elements",
     R"(        numbers.Sort();
        for (int i = 1; i < numbers.Count; ++i) {
            if (numbers[i] - numbers[i - 1] < threshold) return true;
        }
        return false;
    }
}
)",
     "numbers.Sort();", ""},
    {"HumanEval_4_mean_absolute_deviation",
     R"(        float mean = numbers.Average();
        return numbers.Select(x => Math.Abs(x - mean)).Average();
    }
}
)",
     ").Average()", ").Sum()"},
    {"HumanEval_8_sum_product",
     R"(        return Tuple.Create(numbers.Sum(),
                            numbers.Aggregate(1L, (all, x) => all * x));
    }
}
)",
     "Aggregate(1L", "Aggregate(0L"},
    {"HumanEval_12_longest",
     R"(        string best = null;
        foreach (string one in strings) {
            if (best == null || one.Length > best.Length) best = one;
        }
        return best;
    }
}
)",
     "one.Length >", "one.Length >="},
    {"HumanEval_87_get_row",
     R"(        var found = new List<Tuple<long, long>>();
        for (int row = 0; row < lst.Count; ++row) {
            for (int column = lst[row].Count; column-- > 0;) {
                if (lst[row][column] == x) {
                    found.Add(Tuple.Create((long) row, (long) column));
                }
            }
        }
        return found;
    }
}
)",
     "Create((long) row, (long) column)", "Create((long) column, (long) row)"},
    {"HumanEval_90_next_smallest",
     R"(        var all = lst.Distinct().OrderBy(x => x).ToList();
        return all.Count < 2 ? (long?) null : all[1];
    }
}
)",
     ".Distinct()", ""},
    {"HumanEval_95_check_dict_case",
     R"(        if (dict.Count == 0) return false;
        return dict.Keys.All(key => key.All(char.IsLower))
            || dict.Keys.All(key => key.All(char.IsUpper));
    }
}
)",
     "return false;", "return true;"},
    {"HumanEval_111_histogram",
     R"(        var count = test.Split(' ').Where(one => one != "")
            .GroupBy(one => one).ToDictionary(one => one.Key, one => one.LongCount());
        long most = count.Count == 0 ? 0 : count.Values.Max();
        return count.Where(one => one.Value == most)
            .ToDictionary(one => one.Key, one => one.Value);
    }
}
)",
     "one.Value == most", "one.Value >= most - 1"},
};

}  // namespace rewards
