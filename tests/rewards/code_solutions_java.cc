#include "tests/rewards/code_solutions.h"

namespace rewards {

const std::vector<CodeSolution> kJavaSolutions = {
    {"HumanEval_0_has_close_elements",
     R"(        Collections.sort(numbers);
        for (int i = 1; i < numbers.size(); ++i) {
            if (numbers.get(i) - numbers.get(i - 1) < threshold) return true;
        }
        return false;
    }
}
)",
     "Collections.sort(numbers);", ""},
    {"HumanEval_4_mean_absolute_deviation",
     R"(        float mean = 0;
        for (float x : numbers) mean += x / numbers.size();
        float sum = 0;
        for (float x : numbers) sum += Math.abs(x - mean);
        return sum / numbers.size();
    }
}
)",
     "return sum / numbers.size()", "return sum"},
    {"HumanEval_8_sum_product",
     R"(        long sum = 0, product = 1;
        for (long x : numbers) {
            sum += x;
            product *= x;
        }
        return Pair.with(sum, product);
    }
}
)",
     "product = 1", "product = 0"},
    {"HumanEval_12_longest",
     R"(        return strings.stream().reduce(
            (best, one) -> one.length() > best.length() ? one : best);
    }
}
)",
     "one.length() >", "one.length() >="},
    {"HumanEval_87_get_row",
     R"(        ArrayList<Pair<Long, Long>> found = new ArrayList<>();
        for (int row = 0; row < lst.size(); ++row) {
            for (int column = lst.get(row).size(); column-- > 0;) {
                if (lst.get(row).get(column) == x) {
                    found.add(Pair.with((long) row, (long) column));
                }
            }
        }
        return found;
    }
}
)",
     "with((long) row, (long) column)", "with((long) column, (long) row)"},
    {"HumanEval_90_next_smallest",
     R"(        return lst.stream().distinct().sorted().skip(1).findFirst();
    }
}
)",
     ".distinct()", ""},
    {"HumanEval_95_check_dict_case",
     R"(        boolean lower = !dict.isEmpty(), upper = lower;
        for (String key : dict.keySet()) {
            for (char c : key.toCharArray()) {
                lower &= Character.isLowerCase(c);
                upper &= Character.isUpperCase(c);
            }
        }
        return lower || upper;
    }
}
)",
     "!dict.isEmpty()", "true"},
    {"HumanEval_111_histogram",
     R"(        HashMap<String, Long> count = new HashMap<>();
        for (String one : test.split(" ")) {
            if (!one.isEmpty()) count.merge(one, 1L, Long::sum);
        }
        long most = count.values().stream().max(Long::compare).orElse(0L);
        count.values().removeIf(one -> one < most);
        return count;
    }
}
)",
     "one < most", "one < most - 1"},
};

}  // namespace rewards
