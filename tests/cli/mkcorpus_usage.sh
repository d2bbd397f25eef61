#!/bin/sh
# Exit codes of mkcorpus: 0 done, 2 wrong usage, 4 could not write.
# usage: mkcorpus_usage.sh MKCORPUS
set -u
mkcorpus=$1
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
failed=0

expect() {
  wanted=$1
  text=$2
  shift 2
  output=$("$mkcorpus" "$@" 2>&1)
  code=$?
  if [ "$code" -ne "$wanted" ]; then
    echo "mkcorpus $*: exit code $code, not $wanted"
    failed=1
  fi
  case $output in
    *"$text"*) ;;
    *)
      echo "mkcorpus $*: '$text' is not in: $output"
      failed=1
      ;;
  esac
}

expect 0 "Example:" --help
expect 2 "--messages is required"
expect 2 "--out is required" --messages 1
expect 2 "--messages" --messages 0 --out "$folder/a"
expect 2 "--messages" --messages many --out "$folder/a"
expect 2 "--colour" --messages 1 --out "$folder/a" --colour
expect 2 "--domains" --messages 1 --out "$folder/a" --domains 0
expect 2 "'none' is not a list of all, body" --messages 1 --out "$folder/a" --damage none
expect 2 "--damage" --messages 1 --out "$folder/a" --damage body,
expect 2 "--damage-share" --messages 1 --out "$folder/a" --damage all --damage-share 101
expect 0 "9 messages" --messages 9 --out "$folder/a" --damage body-footer,text --damage-share 50
expect 2 "'none' is not a list of all, sent-copy" --messages 9 --out "$folder/a" --fixtures none
expect 2 "is not a list of all" --messages 9 --out "$folder/a" --fixtures planted,
expect 2 "--messages 9: there are" --messages 9 --out "$folder/a" --fixtures all
expect 2 "--fixture-share" --messages 9 --out "$folder/a" --fixtures planted --fixture-share 101
expect 2 "excludes" --messages 9 --out "$folder/a" --fixtures planted --arc
expect 2 "excludes" --messages 9 --out "$folder/a" --envelope --damage all
expect 0 "9 messages" --messages 9 --out "$folder/b" --fixtures planted,journal --fixture-share 0
expect 0 "9 messages" --messages 9 --out "$folder/b" --envelope --domains 3 --eml
expect 4 "cannot write /dev/null/below" --messages 1 --out /dev/null/below
expect 0 "1 messages" --messages 1 --out "$folder/a"
exit $failed
