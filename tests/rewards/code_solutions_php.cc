#include "tests/rewards/code_solutions.h"

namespace rewards {

const std::vector<CodeSolution> kPhpSolutions = {
    {"HumanEval_0_has_close_elements",
     R"(  sort($numbers);
  for ($i = 1; $i < count($numbers); ++$i) {
    if ($numbers[$i] - $numbers[$i - 1] < $threshold) return true;
  }
  return false;
}
)",
     "sort($numbers);", ""},
    {"HumanEval_4_mean_absolute_deviation",
     R"(  $mean = array_sum($numbers) / count($numbers);
  $away = array_map(fn($x) => abs($x - $mean), $numbers);
  return array_sum($away) / count($away);
}
)",
     "abs($x - $mean)", "$x - $mean"},
    {"HumanEval_8_sum_product",
     R"(  return [array_sum($numbers), array_product($numbers)];
}
)",
     "array_sum($numbers), array_product($numbers)",
     "array_product($numbers), array_sum($numbers)"},
    {"HumanEval_12_longest",
     R"(  $best = null;
  foreach ($strings as $one) {
    if ($best === null || strlen($one) > strlen($best)) $best = $one;
  }
  return $best;
}
)",
     "strlen($one) >", "strlen($one) >="},
    {"HumanEval_87_get_row",
     R"(  $found = [];
  foreach ($lst as $i => $row) {
    foreach (array_reverse(array_keys($row, $x, true)) as $j) $found[] = [$i, $j];
  }
  return $found;
}
)",
     "array_reverse(array_keys($row, $x, true))", "array_keys($row, $x, true)"},
    {"HumanEval_90_next_smallest",
     R"(  $all = array_unique($lst);
  sort($all);
  return $all[1] ?? null;
}
)",
     "array_unique($lst)", "$lst"},
    {"HumanEval_95_check_dict_case",
     R"(  $all = implode('', array_keys($dict));
  return preg_match('/^([a-z]+|[A-Z]+)$/', $all) === 1;
}
)",
     "[a-z]+", "[a-z]*"},
    {"HumanEval_111_histogram",
     R"(  $count = array_count_values(array_filter(explode(' ', $test)));
  return $count ? array_filter($count, fn($n) => $n === max($count)) : [];
}
)",
     "$n === max($count)", "$n >= max($count) - 1"},
};

}  // namespace rewards
