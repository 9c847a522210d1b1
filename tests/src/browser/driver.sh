# Runs a browser's driver for as long as standard input stays open.
# Argument: the driver. Answers: the folder for everything that its browsers write, then whatever the driver says.
umask 077
# Whoever would read the answers may be gone already; this must still reach its end.
trap '' PIPE

folder=$(mktemp -d "${TMPDIR:-/tmp}/aterkom-browser.XXXXXX") || exit 1
driver=
in_use() {
    echo "$folder" | grep -qsF -f - /proc/[0-9]*/cmdline
}
clean_up() {
    [ -z "$driver" ] || { kill "$driver" && wait "$driver"; } 2>/dev/null
    # Its browsers hold a pipe to it and end when it does, writing to the folder until then.
    tries=0
    while in_use && [ $tries -lt 100 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM
echo "$folder"

# Nothing of the user's own settings comes in, and nothing is left in the user's home.
env -u DISPLAY -u DBUS_SESSION_BUS_ADDRESS HOME="$folder" TMPDIR="$folder" XDG_CONFIG_HOME="$folder/config" \
    XDG_CACHE_HOME="$folder/cache" "$1" --port=0 2>&1 </dev/null &
driver=$!
# The driver alone holds the other end now, so that its death is heard.
exec >/dev/null
read -r _
