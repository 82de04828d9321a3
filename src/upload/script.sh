#!/usr/bin/env bash
# Publishes a finished build with @TOOL@, in an order in which every link always works:
# new files before pages that link to them, what is gone at the end.
set -euo pipefail
out=@OUT@
to=@TO@
force=@FORCE@
lists=$(mktemp -d)
trap 'rm -rf "$lists"' EXIT

@FUNCTIONS@

# names LIST: the paths in it
names() {
  sed -E 's/^[0-9a-f]{64}  //' "$1" | LC_ALL=C sort
}

# part NAME: the paths that come in, as a list to send
part() {
  cat > "$lists/$1"
  echo "$lists/$1"
}

names "$out/SHA256SUMS" > "$lists/new"
[ -s "$lists/new" ] || { echo "$out holds no build" >&2; exit 2; }
(cd "$out" && sha256sum --check --quiet SHA256SUMS) || { echo "$out is not as the build left it; build again" >&2; exit 2; }

# What is published; nothing, the first time.
fetch SHA256SUMS "$lists/old.sums"
names "$lists/old.sums" > "$lists/old"
if [ ! -s "$lists/old" ]; then
  fetch index.html "$lists/home"
  [ ! -s "$lists/home" ] || { echo "$to/index.html is in the way, and bulletin did not write it" >&2; exit 2; }
elif ! grep -qx copy.json "$lists/old"; then
  echo "$to/SHA256SUMS was not written by bulletin; publish to another folder" >&2
  exit 2
fi
LC_ALL=C comm -23 "$lists/old" "$lists/new" > "$lists/gone"
gone=$(wc -l < "$lists/gone")
before=$(wc -l < "$lists/old")
if [ "$force" = no ] && { [ "$gone" -gt 256 ] || [ $((gone * 10)) -gt "$before" ]; }; then
  echo "$gone of the $before files in $to would be removed; if they may go, publish with --force" >&2
  exit 3
fi

feeds='\.(atom|xml)$|(^|/)feed\.json$|^data/|^robots\.txt$'
lists_of_pages='(^|/)(index|page-[0-9]+)\.|-page-[0-9]+\.|(^|/)(dates|pagefind)/'
of_one='(^|/)(briefings|neighbourhoods|sources|events)/'

send_new "$(grep -vE '\.html$' "$lists/new" | part files)"
# The home page comes with the lists: it leads to all new pages.
send_new "$(grep -E '\.html$' "$lists/new" | grep -vx 'index\.html' | part pages)"
send "$(grep -E "$of_one" "$lists/new" | grep -vE "$feeds|$lists_of_pages" | part changed)"
send "$(grep -vE "$feeds" "$lists/new" | part lists)"
send "$(part all < "$lists/new")"
compare "$lists/all"
# Before the new list, which does not name it any more: if this stops here, the next publish still knows it.
[ "$gone" -eq 0 ] || remove "$lists/gone"
echo SHA256SUMS > "$lists/sums"
[ ! -e "$out/SHA256SUMS.minisig" ] || echo SHA256SUMS.minisig >> "$lists/sums"
send "$lists/sums"
echo "$to: $(wc -l < "$lists/new") files, $gone removed"
