# Runs a PostgreSQL in a temporary folder for as long as standard input stays open.
# Arguments: the folder of PostgreSQL's programs, the superuser's name, and "durable" for a server as an installation has it.
# Each line of input is a port to try.
# Answers: the folder, "initialised", then for each port "listening" or, after the reason, "refused".
exec 2>&1
programs=$1 user=$2 kind=${3:-}
umask 077
# Whoever would read the answers may be gone already; this must still reach its end.
trap '' PIPE

# A folder of temporary files that is root's alone is of no use to the user that PostgreSQL runs as.
folder=$(mktemp -d "${TMPDIR:-/tmp}/aterkom-test.XXXXXX" 2>/dev/null || mktemp -d /tmp/aterkom-test.XXXXXX) || exit 1
clean_up() {
    if [ -e "$folder/data/postmaster.pid" ]; then
        "$programs/pg_ctl" --pgdata="$folder/data" --silent --mode=immediate stop
    fi
    rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM
echo "$folder"

initialise() {
    "$programs/initdb" --pgdata="$folder/data" --username="$user" --auth=trust --encoding=UTF8 --no-sync "$1" \
        >"$folder/initdb.log" 2>&1
}
# Systems without C.UTF-8 exist; initdb removes what it began.
initialise --locale=C.UTF-8 || initialise --no-locale || { cat "$folder/initdb.log"; exit 1; }

cat >>"$folder/data/postgresql.conf" <<END
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
max_connections = 200
END
# In tests nothing must survive a power cut. Statistics gathered at some moment would make query plans differ by run.
[ "$kind" = durable ] || cat >>"$folder/data/postgresql.conf" <<END
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
END
echo initialised

while read -r port; do
    if "$programs/pg_ctl" --pgdata="$folder/data" --silent --wait --timeout=60 --log="$folder/server.log" \
        --options="-p $port" start </dev/null; then
        echo listening
    else
        cat "$folder/server.log"
        echo refused
    fi
done
