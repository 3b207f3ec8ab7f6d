#include "tests/rewards/code_solutions.h"

namespace rewards {

// The published tests write a new line as a backslash and an n, in arguments
// and in what they expect.
const std::vector<CodeSolution> kBashSolutions = {
    {"HumanEval_0_has_close_elements",
     R"sh(  tr ' ' '\n' <<< "$1" | sort -g | awk -v most="$2" '
    NR > 1 && $1 - last < most { close_by = 1 }
    { last = $1 }
    END { print close_by ? "true" : "false" }'
}
)sh",
     "sort -g", "cat"},
    {"HumanEval_4_mean_absolute_deviation",
     R"sh(  awk '{
    for (i = 1; i <= NF; ++i) mean += $i / NF
    for (i = 1; i <= NF; ++i) sum += $i > mean ? $i - mean : mean - $i
    printf "%.1f\n", sum / NF
  }' <<< "$1"
}
)sh",
     "sum / NF", "sum"},
    {"HumanEval_8_sum_product",
     R"sh(  local sum=0 product=1 x
  for x in $1; do
    sum=$((sum + x))
    product=$((product * x))
  done
  echo "$sum $product"
}
)sh",
     "product=1", "product=0"},
    {"HumanEval_12_longest",
     R"sh(  local best= one
  for one in $1; do
    if [ "${#one}" -gt "${#best}" ]; then best=$one; fi
  done
  echo "${best:-None}"
}
)sh",
     "-gt", "-ge"},
    {"HumanEval_87_get_row",
     R"sh(  local row=-1 line column cells found=()
  while read -r line; do
    row=$((row + 1))
    cells=($line)
    for ((column = ${#cells[@]} - 1; column >= 0; --column)); do
      if [ "${cells[column]}" -eq "$2" ]; then found+=("$row $column"); fi
    done
  done <<< "$(printf '%b' "$1")"
  local all
  printf -v all '%s\\n' "${found[@]}"
  [ "${#found[@]}" -eq 0 ] || echo "${all:0:${#all}-2}"
}
)sh",
     R"("$row $column")", R"("$column $row")"},
    {"HumanEval_90_next_smallest",
     R"sh(  local second
  second=$(tr ' ' '\n' <<< "$1" | sort -n -u | sed -n 2p)
  echo "${second:-None}"
}
)sh",
     "sort -n -u", "sort -n"},
    {"HumanEval_95_check_dict_case",
     R"sh(  local keys
  keys=$(printf '%b\n' "$1" | cut -d, -f1 | tr -d '\n')
  if [[ $keys =~ ^[[:lower:]]+$ || $keys =~ ^[[:upper:]]+$ ]]; then
    echo true
  else
    echo false
  fi
}
)sh",
     "^[[:lower:]]+$", "^[[:lower:]]*$"},
    {"HumanEval_111_histogram",
     R"sh(  awk '{
    for (i = 1; i <= NF; ++i) {
      if (!($i in count)) order[++n] = $i
      if (++count[$i] > most) most = count[$i]
    }
  }
  END {
    for (i = 1; i <= n; ++i) {
      if (count[order[i]] == most) {
        all = all between order[i] "," most
        between = "\\n"
      }
    }
    print all
  }' <<< "$1"
}
)sh",
     "== most", ">= most - 1"},
};

}  // namespace rewards
