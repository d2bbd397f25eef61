#!/usr/bin/env bash
# Compiles consumer.cpp with nothing but a compiler and pkg-config, and runs it.
#
#   pkg_config.sh PREFIX LIBDIR COMPILER FLAGS SOURCE OUTPUT VERSION
set -euo pipefail
prefix=$1 libdir=$2 compiler=$3 flags=$4 source=$5 output=$6 version=$7

export PKG_CONFIG_PATH=$prefix/$libdir/pkgconfig
have=$(pkg-config --modversion mailassay)
if [[ $have != "$version" ]]; then
  echo "the .pc file says version $have, not $version" >&2
  exit 1
fi
if [[ $(realpath "$(pkg-config --variable=libdir mailassay)") != $(realpath "$prefix/$libdir") ]]; then
  echo "libdir of the .pc file is $(pkg-config --variable=libdir mailassay)" >&2
  exit 1
fi
# The libraries are static: --static names what they are built on.
read -ra arguments <<<"$(pkg-config --static --cflags --libs mailassay)"
read -ra extra <<<"$flags"
mkdir -p "$(dirname "$output")"
"$compiler" -std=c++20 "${extra[@]}" "$source" -o "$output" "${arguments[@]}"
printed=$("$output")
echo "$printed"
[[ $printed == "mailassay $version" ]]
