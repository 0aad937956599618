#!/bin/sh
# The main job on the project's own samples: read, repair, extract, store, ask.
set -eu
bin=$1
here=$(dirname "$0")
out=${OUT:-out/demo}
rm -rf "$out" && mkdir -p "$out"
say() { printf '\n\033[1m%s\033[0m\n' "$1"; }
[ -t 1 ] || say() { printf '\n%s\n' "$1"; }

say "1. A text that a broken PDF gave away, and what congvan makes of it"
garbled=$here/samples/03_thong_bao_thien_tai.txt
"$bin/congvan" repair "$garbled" > "$out/repaired.txt"
changed() { diff "$garbled" "$out/repaired.txt" | grep "^$1" | tail -n +3 | head -4 | sed "s/^../   $2  /"; }
changed '<' before
changed '>' 'after '

say "2. Every sample into a catalogue"
"$bin/congvan" import "$here/samples" --catalogue "$out/demo.sqlite"
"$bin/congvan" list documents --catalogue "$out/demo.sqlite"

echo
echo "   03 and 13 are one letter, as bare garbled text and as the PDF it came from: both give the same records."

say "3. Who has to do what by when, earliest first"
"$bin/congvan" list obligations --catalogue "$out/demo.sqlite" --sort due --limit 15

say "4. All amounts over 20 billion đồng"
"$bin/congvan" list amounts --catalogue "$out/demo.sqlite" --min 20000000000

say "5. A search without marks: 'thien tai'"
"$bin/congvan" find "thien tai" --catalogue "$out/demo.sqlite"

say "The catalogue is $out/demo.sqlite; ask it more: $bin/congvan list --help"
