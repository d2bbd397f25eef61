#!/usr/bin/env bash
# compile_fail.sh must not pass what proves nothing.
#
#   harness_test.sh COMPILER
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
faults=0

# must_refuse NAME TEXT
must_refuse() {
  printf '%s\n' "$2" >"$folder/$1.cpp"
  if bash "$here/compile_fail.sh" "$folder/$1.cpp" "$compiler" 2>/dev/null; then
    echo "the harness passes: $1" >&2
    faults=1
  fi
}
compiler=$1

must_refuse misuse_compiles '// EXPECT: error
int main() { return 0; }'
must_refuse never_compiles '// EXPECT: error
int main() { return x; }'
must_refuse fails_otherwise '// EXPECT: ignoring
#ifdef MAILASSAY_MISUSE
int y = x;
#endif
int main() { return 0; }'
must_refuse no_expectation '#ifdef MAILASSAY_MISUSE
int y = x;
#endif
int main() { return 0; }'

printf '// EXPECT: not declared|undeclared\n#ifdef MAILASSAY_MISUSE\nint y = x;\n#endif\nint main() { return 0; }\n' \
  >"$folder/good.cpp"
bash "$here/compile_fail.sh" "$folder/good.cpp" "$compiler" || faults=1
exit "$faults"
