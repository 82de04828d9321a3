fetch() {
  local code=0
  rsync --times "$to/$1" "$2" 2>/dev/null || code=$?
  # 23: the file is not there.
  [ "$code" -eq 0 ] || [ "$code" -eq 23 ] || { echo "$to cannot be reached (rsync ended with $code)" >&2; exit 2; }
  touch "$2"
}
copy() {
  tr '\n' '\0' < "$1" | rsync --times --chmod=D755,F644 --from0 --files-from=- "${@:2}" "$out/" "$to/"
}
send_new() { copy "$1" --ignore-existing; }
send() { copy "$1" --checksum; }
compare() {
  [ -z "$(copy "$1" --checksum --dry-run -i | grep -E '^[<>]f.*' || true)" ] \
    || { echo "$to does not hold what was sent; publish again" >&2; exit 2; }
}
remove() { copy "$1" --delete-missing-args; }
