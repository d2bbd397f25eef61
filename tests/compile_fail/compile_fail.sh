#!/usr/bin/env bash
# Compiles one file twice: as it stands it must compile, with MAILASSAY_MISUSE it must not.
#
#   compile_fail.sh SOURCE COMPILER FLAGS...
#
# The file names what the compiler has to complain about, so that a typing mistake does not pass
# for the misuse:
#   // EXPECT: an extended regular expression
set -uo pipefail
source=$1
compiler=$2
shift 2

expected=$(sed -n 's,^// EXPECT: ,,p' "$source")
if [[ -z $expected ]]; then
  echo "$source has no line '// EXPECT: '" >&2
  exit 1
fi
if ! output=$("$compiler" -std=c++20 -fsyntax-only -Werror "$@" "$source" 2>&1); then
  printf '%s\nwithout the misuse %s must compile\n' "$output" "$source" >&2
  exit 1
fi
if output=$("$compiler" -std=c++20 -fsyntax-only -Werror "$@" -DMAILASSAY_MISUSE "$source" 2>&1); then
  echo "with the misuse $source compiles" >&2
  exit 1
fi
if ! grep -Eq -e "$expected" <<<"$output"; then
  printf '%s\n%s fails, but not by: %s\n' "$output" "$source" "$expected" >&2
  exit 1
fi
