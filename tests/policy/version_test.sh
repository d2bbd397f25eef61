#!/usr/bin/env bash
# include/mailassay/version.h says the version of CMakeLists.txt, in both of its forms.
#
#   version_test.sh ROOT VERSION
set -euo pipefail
header=$1/include/mailassay/version.h
version=$2

part() { sed -n "s/^inline constexpr int kVersion$1 = \([0-9]*\);$/\1/p" "$header"; }
numbers="$(part Major).$(part Minor).$(part Patch)"
text=$(sed -n 's/^inline constexpr std::string_view kVersion = "\(.*\)";$/\1/p' "$header")
if [[ $numbers != "$version" || $text != "$version" ]]; then
  echo "CMakeLists.txt has $version, version.h has the numbers $numbers and the text $text" >&2
  exit 1
fi
