#!/usr/bin/env bash
# Every C++ file is as clang-format 16 would write it. Another version formats differently.
#
#   format_test.sh ROOT
set -euo pipefail
cd "$1"
if ! command -v clang-format-16 >/dev/null; then
  echo "SKIPPED: clang-format-16 is not installed; the format of the sources was NOT checked"
  exit 77
fi

# The test can fail.
if printf 'int   x ;\n' | clang-format-16 --style=file --assume-filename=x.cpp --dry-run -Werror \
  2>/dev/null; then
  echo "clang-format-16 accepts 'int   x ;'" >&2
  exit 1
fi

files=()
while IFS= read -r -d '' file; do
  files+=("$file")
done < <(find include src tests tools bench \( -name '*.h' -o -name '*.cpp' \) \
  -not -path 'tests/data/*' -print0 | sort -z)
((${#files[@]} > 5))
clang-format-16 --style=file --dry-run -Werror "${files[@]}"
echo "${#files[@]} files are formatted"
