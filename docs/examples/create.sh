#!/bin/sh
# Collect one credential by launching tray-auth-desktop from a shell script. Needs no jq.
#
#   TRAY_MASTER_TOKEN=… TRAY_EMBEDDED_ID=… sh create.sh USER_ID SERVICE_ID SERVICE_ENVIRONMENT_ID
set -u
[ $# -ge 3 ] || { echo "Usage: sh create.sh USER_ID SERVICE_ID SERVICE_ENVIRONMENT_ID" >&2; exit 2; }
# The master token goes by the environment alone: a command line can be read by every process.
export TRAY_MASTER_TOKEN="${TRAY_MASTER_TOKEN:?put the master token into the environment}"

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

tray-auth-desktop create --json --timeout 300 \
    --user-id "$1" --service-id "$2" --service-environment-id "$3" >"$answer" &
program=$!

# Whoever stops this script stops the dialog: it ends as `closed`, unless the authId was captured already.
stopped=
trap 'stopped=yes; kill -TERM "$program" 2>/dev/null' INT TERM
wait "$program"
code=$?
if [ -n "$stopped" ]; then # the signal ended the wait, and the answer is still to come
    wait "$program"
    code=$?
fi

# The answer is one line of JSON; an id holds no quotation mark.
field() {
    sed -n 's/.*"'"$1"'": "\([^"]*\)".*/\1/p' "$answer"
}

if [ "$code" -eq 0 ]; then
    echo "authId $(field auth_id)"
else
    # 2 usage, 3 closed, 4 failed, 5 timed out, 6 refused by the API, 7 network, 8 engine
    echo "No authId, exit code $code, outcome $(field outcome)" >&2
fi
exit "$code"
