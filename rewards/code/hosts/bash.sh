# The side of the program that is judged: it runs the program's file, and answers
# calls of functions that it defines; rewards/code/wire.h says how. Nothing here
# is secret or trusted: whatever it sends is an answer of the program's. All
# values are text: words in, and out what the function prints.

# The next $1 bytes of the channel, as numbers, in assay_bytes.
assay_receive_bytes() {
  assay_bytes=($(command head -c "$1" <&3 | command od -An -v -tu1))
  [ "${#assay_bytes[@]}" -eq "$1" ] || builtin exit 0  # nobody listens any more
}

# The size at $1 in assay_bytes, in assay_size.
assay_size_at() {
  local b=("${assay_bytes[@]:$1:4}")
  assay_size=$((b[0] + (b[1] << 8) + (b[2] << 16) + (b[3] << 24)))
}

assay_receive() {
  assay_receive_bytes 4
  assay_size_at 0
  assay_receive_bytes "$assay_size"
}

# Text at $1 in assay_bytes, in assay_text; assay_place is behind it.
assay_text_at() {
  assay_size_at $(($1 + 1))
  assay_place=$(($1 + 5 + assay_size))
  assay_text=
  [ "$assay_size" -eq 0 ] && return
  local escaped
  builtin printf -v escaped '\\x%02x' "${assay_bytes[@]:$1 + 5:$assay_size}"
  builtin printf -v assay_text '%b' "$escaped"
}

# The number $1 as four bytes of a format, in assay_four.
assay_four_of() {
  builtin printf -v assay_four '\\%03o\\%03o\\%03o\\%03o' $(($1 & 255)) \
    $(($1 >> 8 & 255)) $(($1 >> 16 & 255)) $(($1 >> 24 & 255))
}

# A frame of the letter $1, the texts $3..., and the letters $2.
assay_send() {
  local LC_ALL=C letter=$1 end=$2 size=$((${#1} + ${#2})) text
  shift 2
  for text; do size=$((size + 5 + ${#text})); done
  assay_four_of "$size"
  builtin printf "$assay_four%s" "$letter" >&3
  for text; do
    assay_four_of "${#text}"
    builtin printf "s$assay_four%s" "$text" >&3
  done
  builtin printf '%s' "$end" >&3
}

assay_answer() {
  local path words=() count
  assay_text_at 1
  path=$assay_text
  assay_size_at $((assay_place + 1))
  count=$assay_size
  assay_place=$((assay_place + 5))
  while [ "$count" -gt 0 ]; do
    assay_text_at "$assay_place"
    words+=("$assay_text")
    count=$((count - 1))
  done
  if ! builtin declare -F "$path" >/dev/null; then
    assay_send e '' 'NotFound' '' ''
    return
  fi
  local value
  value=$("$path" "${words[@]}" 3>&-)
  case $? in
    137 | 152) assay_send e '' 'Killed' '' '' ;;  # out of processor time
    *) assay_send v N "$value" ;;
  esac
}

assay_send h ''
assay_receive
assay_file=$1
shift
source "$assay_file"
set +eu
assay_send l ''
while true; do
  assay_receive
  assay_answer
done
