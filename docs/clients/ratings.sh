#!/bin/sh
# Every rating of a condition, page by page, one a line: its id and its verdict.
#
#     sh ratings.sh http://127.0.0.1:8080 neck-mtrp
set -eu
base=$1
page="/v1/ratings?condition=$2&limit=20"
headers=$(mktemp)
trap 'rm -f "$headers"' EXIT

while [ -n "$page" ]; do
    curl -sSf -D "$headers" "$base$page" |
        grep -o '"id":"[^"]*\.[^"]*"\|"verdict":[^,]*,"badge":"[^"]*","rule":"[^"]*"' | paste - -
    # Link: </v1/ratings?…&cursor=…>; rel="next"
    page=$(sed -n 's/^[Ll]ink: <\([^>]*\)>; rel="next".*/\1/p' "$headers")
done
