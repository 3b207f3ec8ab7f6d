#include "tests/rewards/code_solutions.h"

namespace rewards {

const std::vector<CodeSolution> kCppSolutions = {
    {"HumanEval_0_has_close_elements",
     R"(  std::sort(numbers.begin(), numbers.end());
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    if (numbers[i] - numbers[i - 1] < threshold) return true;
  }
  return false;
}
)",
     "std::sort(numbers.begin(), numbers.end());", ""},
    {"HumanEval_4_mean_absolute_deviation",
     R"(  float mean = 0;
  for (float x : numbers) mean += x / numbers.size();
  float sum = 0;
  for (float x : numbers) sum += std::abs(x - mean);
  return sum / numbers.size();
}
)",
     "return sum / numbers.size()", "return sum"},
    {"HumanEval_8_sum_product",
     R"(  long sum = 0, product = 1;
  for (long x : numbers) {
    sum += x;
    product *= x;
  }
  return {sum, product};
}
)",
     "product = 1", "product = 0"},
    {"HumanEval_12_longest",
     R"(  std::optional<std::string> best;
  for (const std::string& one : strings) {
    if (!best || one.size() > best->size()) best = one;
  }
  return best;
}
)",
     "one.size() >", "one.size() >="},
    {"HumanEval_87_get_row",
     R"(  std::vector<std::tuple<long, long>> found;
  for (long row = 0; row < (long)lst.size(); ++row) {
    for (long column = lst[row].size(); column-- > 0;) {
      if (lst[row][column] == x) found.emplace_back(row, column);
    }
  }
  return found;
}
)",
     "emplace_back(row, column)", "emplace_back(column, row)"},
    {"HumanEval_90_next_smallest",
     R"(  std::set<long> all(lst.begin(), lst.end());
  if (all.size() < 2) return std::nullopt;
  return *std::next(all.begin());
}
)",
     "std::set<long>", "std::multiset<long>"},
    {"HumanEval_95_check_dict_case",
     R"(  bool lower = !dict.empty(), upper = lower;
  for (const auto& [key, value] : dict) {
    for (unsigned char c : key) {
      lower = lower && std::islower(c);
      upper = upper && std::isupper(c);
    }
  }
  return lower || upper;
}
)",
     "!dict.empty()", "true"},
    {"HumanEval_111_histogram",
     R"(  std::map<std::string, long> count;
  std::istringstream words(test);
  long most = 0;
  for (std::string one; words >> one;) most = std::max(most, ++count[one]);
  std::erase_if(count, [&](const auto& one) { return one.second < most; });
  return count;
}
)",
     "one.second < most", "one.second < most - 1"},
};

}  // namespace rewards
