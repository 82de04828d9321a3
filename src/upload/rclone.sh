fetch() {
  local code=0
  rclone copyto "$to/$1" "$2" 2>/dev/null || code=$?
  # 3 and 4: the file is not there.
  case $code in 0 | 3 | 4) touch "$2" ;; *) echo "$to cannot be reached (rclone ended with $code)" >&2; exit 2 ;; esac
}
send_new() { rclone copy --ignore-existing --files-from-raw "$1" "$out" "$to"; }
send() { rclone copy --checksum --files-from-raw "$1" "$out" "$to"; }
compare() {
  rclone check --download --files-from-raw "$1" "$out" "$to" 2>/dev/null \
    || { echo "$to does not hold what was sent; publish again" >&2; exit 2; }
}
remove() { rclone delete --files-from-raw "$1" "$to"; }
