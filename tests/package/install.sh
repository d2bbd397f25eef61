#!/usr/bin/env bash
# Installs a build tree into an empty scratch prefix and looks at what came.
#
#   install.sh CMAKE BUILD PREFIX SOURCE
set -euo pipefail
cmake=$1 build=$2 prefix=$3 source=$4

rm -rf "$prefix"
"$cmake" --install "$build" --prefix "$prefix" >"$build/package-install.log"

# Every public header is installed, and nothing private is.
if ! diff <(cd "$source/include" && find . -name '*.h' | sort) \
  <(cd "$prefix/include" && find . -type f | sort); then
  echo "installed headers (>) are not the public headers (<); see MailassayInstall.cmake" >&2
  exit 1
fi
# Nothing installed as text knows where it was built.
if grep -rIl -F -e "$source" -e "$build" "$prefix" --include='*.cmake' --include='*.pc' \
  --include='*.h'; then
  echo "these installed files name the source or build folder" >&2
  exit 1
fi
