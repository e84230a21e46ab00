# shellcheck shell=bash
# Owns the PostgreSQL and the Redis that the tests run against: finds or installs the programs, starts a private copy of
# each on a free loopback port, and removes every trace of them afterwards. Sourced, not executed.
#
#   services_begin    checks what there is and starts the rest in the background (returns at once)
#   services_await    waits until both answer, then exports CARTWRIGHT_TEST_POSTGRES_URL and CARTWRIGHT_TEST_REDIS_URL
#   services_need     only finds or installs the programs
#   services_end      stops them and deletes their folder; harmless when nothing was started
#
# A URL that is already in the environment is used as it is, and its service is not started here.

services_folder=""
services_supervisor=""
services_postgres_programs=""
services_redis_program=""

services_say() { printf 'services: %s\n' "$*" >&2; }

# --- finding the programs -------------------------------------------------------------------------------------------

# Prints the folder that holds both initdb and postgres, the newest Debian version first when neither is on PATH.
services_find_postgres() {
  local found folder
  if command -v initdb >/dev/null && command -v postgres >/dev/null; then
    found="$(command -v initdb)"
    printf '%s\n' "${found%/*}"
    return 0
  fi
  while IFS= read -r folder; do
    if [[ -x $folder/initdb && -x $folder/postgres ]]; then
      printf '%s\n' "$folder"
      return 0
    fi
  done < <(printf '%s\n' /usr/lib/postgresql/*/bin | sort --version-sort --reverse)
  return 1
}

# Prints a program that acts as the Redis server. Server and dump checker are one program that looks at its own name:
# Debian keeps it in redis-tools as redis-check-rdb, and redis-server only adds a link and a system service.
services_find_redis() {
  command -v redis-server || command -v valkey-server || {
    [[ -x /usr/bin/redis-check-rdb && -e /etc/debian_version ]] && printf '/usr/bin/redis-check-rdb\n'
  }
}

services_locate() {
  services_postgres_programs="$(services_find_postgres || true)"
  services_redis_program="$(services_find_redis || true)"
}

services_lacking() {
  local lacking=()
  [[ -n ${CARTWRIGHT_TEST_POSTGRES_URL:-} || -n $services_postgres_programs ]] || lacking+=(PostgreSQL)
  [[ -n ${CARTWRIGHT_TEST_REDIS_URL:-} || -n $services_redis_program ]] || lacking+=(Redis)
  printf '%s\n' "${lacking[*]}"
}

# --- installing them from Debian ------------------------------------------------------------------------------------

services_as_root() {
  if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi
}

services_can_install() {
  command -v apt-get >/dev/null && { ((EUID == 0)) || sudo -n true 2>/dev/null; }
}

services_apt_get() {
  services_as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -qq "$@" </dev/null
}

services_apt_install() {
  local log="$services_folder/apt-get.log"
  services_say "installing $* with apt-get"
  # The package lists of a fresh machine are empty or old; they are fetched only when the first try shows it.
  services_apt_get install --yes --no-install-recommends "$@" >"$log" 2>&1 && return 0
  { services_apt_get update && services_apt_get install --yes --no-install-recommends "$@"; } >>"$log" 2>&1 && return 0
  services_say "apt-get failed:"
  tail -n 10 "$log" >&2
  return 1
}

# Installs what is missing and leaves no service behind: redis-tools has none, and the drop-in keeps PostgreSQL's packages
# from creating (and so from starting) a cluster of the machine.
services_install() {
  local drop_in=/etc/postgresql-common/createcluster.d/cartwright-tests.conf
  if [[ -z ${CARTWRIGHT_TEST_REDIS_URL:-} && -z $services_redis_program ]]; then
    services_apt_install redis-tools || true
  fi
  if [[ -z ${CARTWRIGHT_TEST_POSTGRES_URL:-} && -z $services_postgres_programs ]]; then
    if services_apt_install postgresql-common; then
      services_as_root mkdir -p "${drop_in%/*}" || true
      echo 'create_main_cluster = false' | services_as_root tee "$drop_in" >/dev/null || true
      services_apt_install postgresql || true
      services_as_root rm -f "$drop_in" || true
    fi
  fi
  services_locate
}

services_explain_lacking() {
  cat >&2 <<TEXT
services: the tests need PostgreSQL and Redis, and this is missing: $1
  Either install it (Debian, Ubuntu: apt-get install postgresql redis-server; as root this command does so by itself),
  or name servers that the tests may fill with databases of their own:
    CARTWRIGHT_TEST_POSTGRES_URL=postgres://user:password@127.0.0.1:5432/postgres
    CARTWRIGHT_TEST_REDIS_URL=redis://127.0.0.1:6379
  or run the tests that need neither: ./scripts/test --only sqlite
TEXT
}

# --- starting and stopping, inside the supervisor -------------------------------------------------------------------

# Servers refuse or dislike to run as root, so root becomes a user without rights.
services_unprivileged() {
  if ((EUID != 0)); then
    exec "$@"
  fi
  exec setpriv --reuid="$services_user" --regid="$(id -g "$services_user")" --clear-groups "$@"
}

services_accepts() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }

# A port below the range from which the kernel takes ports for outgoing connections.
services_free_port() {
  local port
  while true; do
    port=$((20000 + RANDOM % 12000))
    services_accepts 127.0.0.1 "$port" || { printf '%s\n' "$port"; return 0; }
  done
}

# services_until SECONDS PID COMMAND...: true when the command succeeds, false when the process is gone or time is up.
services_until() {
  local deadline=$((SECONDS + $1)) pid=$2
  shift 2
  while ! "$@"; do
    kill -0 "$pid" 2>/dev/null && ((SECONDS < deadline)) || return 1
    sleep 0.05
  done
}

services_postgres_ready() { [[ $(sed -n 8p "$services_folder/postgres/data/postmaster.pid" 2>/dev/null) == ready* ]]; }

services_start_postgres() {
  local home="$services_folder/postgres" port password attempt
  password="$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')"
  printf '%s\n' "$password" >"$home/password"
  chown "$services_user" "$home/password"
  chmod 600 "$home/password"
  # md5 and not scram: a debug build spends tens of milliseconds on a scram exchange, and every test opens a pool.
  (cd "$home" && services_unprivileged "$services_postgres_programs/initdb" --pgdata="$home/data" --username=cartwright \
    --pwfile="$home/password" --auth-local=trust --auth-host=md5 --encoding=UTF8 --locale=C --no-sync) \
    >"$home/log" 2>&1 || return 1
  cat >>"$home/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$home'
unix_socket_permissions = 0700
max_connections = 200
shared_buffers = 64MB
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
# Nothing here outlives the run: speed in place of durability, and no background work that a test could meet.
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
autovacuum = off
jit = off
CONF
  for attempt in 1 2 3 4 5; do
    port="$(services_free_port)"
    (cd "$home" && services_unprivileged "$services_postgres_programs/postgres" -D "$home/data" -p "$port") \
      >>"$home/log" 2>&1 &
    services_postgres_pid=$!
    if services_until 30 "$services_postgres_pid" services_postgres_ready; then
      printf 'postgres://cartwright:%s@127.0.0.1:%s/postgres\n' "$password" "$port" >"$home/url"
      return 0
    fi
    services_stop_process "$services_postgres_pid" QUIT
    services_say "PostgreSQL did not start on port $port (attempt $attempt)"
  done
  return 1
}

services_redis_ready() {
  local answer
  answer="$({ exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'PING\r\n' >&3 && IFS= read -r -t 1 answer <&3 &&
    printf '%s' "$answer"; } 2>/dev/null)" && [[ $answer == +PONG* ]]
}

services_start_redis() {
  local home="$services_folder/redis" port attempt
  for attempt in 1 2 3 4 5; do
    port="$(services_free_port)"
    (cd "$home" && services_unprivileged "$home/redis-server" --bind 127.0.0.1 --port "$port" --save '' --appendonly no \
      --daemonize no --dir "$home") >>"$home/log" 2>&1 &
    services_redis_pid=$!
    if services_until 10 "$services_redis_pid" services_redis_ready "$port"; then
      printf 'redis://127.0.0.1:%s\n' "$port" >"$home/url"
      return 0
    fi
    services_stop_process "$services_redis_pid" TERM
    services_say "Redis did not start on port $port (attempt $attempt)"
  done
  return 1
}

# Ends a process of ours: the given signal first, KILL when it does not listen within ten seconds.
services_stop_process() {
  local pid=$1 signal=$2 deadline=$((SECONDS + 10))
  [[ -n $pid ]] || return 0
  kill -"$signal" "$pid" 2>/dev/null || true
  while kill -0 "$pid" 2>/dev/null; do
    ((SECONDS < deadline)) || kill -KILL "$pid" 2>/dev/null || true
    sleep 0.05
  done
}

services_stop_all() {
  trap '' TERM HUP INT
  services_stop_process "$services_postgres_pid" QUIT
  services_stop_process "$services_redis_pid" TERM
  rm -rf "$services_folder"
}

services_report_failure() {
  local what=$1 log=$2
  {
    printf 'services: %s did not start; the end of its log:\n' "$what"
    tail -n 20 "$log" 2>/dev/null | sed 's/^/  | /'
  } >&2
  exit 1
}

# Runs in a process group of its own, so that Ctrl-C reaches it only through services_end, and watches the script that
# started it: were that killed outright, the servers and their folder would go all the same.
services_supervise() {
  local watched=$1 lacking idle
  services_postgres_pid=""
  services_redis_pid=""
  services_user="$(id -un)"
  ((EUID != 0)) || { services_user=postgres && id postgres >/dev/null 2>&1; } || services_user=nobody
  trap services_stop_all EXIT
  trap 'exit 143' TERM HUP INT

  if [[ -n $(services_lacking) ]]; then
    services_install
    # Installing PostgreSQL may just have brought its user.
    ((EUID != 0)) || ! id postgres >/dev/null 2>&1 || services_user=postgres
    lacking="$(services_lacking)"
    [[ -z $lacking ]] || { services_explain_lacking "$lacking" && exit 1; }
  fi

  if [[ -z ${CARTWRIGHT_TEST_REDIS_URL:-} ]]; then
    mkdir -p "$services_folder/redis"
    ln -s "$services_redis_program" "$services_folder/redis/redis-server"
    chown -R "$services_user" "$services_folder/redis"
    services_start_redis || services_report_failure Redis "$services_folder/redis/log"
  fi
  if [[ -z ${CARTWRIGHT_TEST_POSTGRES_URL:-} ]]; then
    mkdir -p "$services_folder/postgres"
    chmod 700 "$services_folder/postgres"
    chown "$services_user" "$services_folder/postgres"
    services_start_postgres || services_report_failure PostgreSQL "$services_folder/postgres/log"
  fi
  touch "$services_folder/ready"

  while kill -0 "$watched" 2>/dev/null; do
    sleep 1 &
    idle=$!
    wait "$idle" || true
  done
}

# --- what the test command calls ------------------------------------------------------------------------------------

services_begin() {
  local lacking
  services_locate
  lacking="$(services_lacking)"
  if [[ -n $lacking ]] && ! services_can_install; then
    services_explain_lacking "$lacking"
    return 1
  fi
  # Always under /tmp: the path of a socket has 107 bytes at most, and a user without rights has to reach it.
  services_folder="$(mktemp -d /tmp/cartwright-services.XXXXXX)"
  chmod 755 "$services_folder"
  set -m
  services_supervise "$$" </dev/null >&2 &
  services_supervisor=$!
  set +m
}

# Only finds or installs the programs, for who starts servers by itself.
services_need() {
  local lacking
  services_locate
  lacking="$(services_lacking)"
  [[ -n $lacking ]] || return 0
  services_can_install || { services_explain_lacking "$lacking" && return 1; }
  services_folder="$(mktemp -d /tmp/cartwright-services.XXXXXX)"
  services_install
  rm -rf "$services_folder"
  lacking="$(services_lacking)"
  [[ -z $lacking ]] || { services_explain_lacking "$lacking" && return 1; }
}

# Names a server from the environment that does not answer, before hundreds of tests do so one by one.
services_check_given() {
  local variable=$1 default_port=$2 address host port
  address="${!variable#*://}"
  address="${address%%[/?]*}"
  address="${address##*@}"
  [[ $address =~ ^(\[[^]]+\]|[^:]*)(:([0-9]+))?$ ]] || return 0
  host="${BASH_REMATCH[1]//[\[\]]/}"
  port="${BASH_REMATCH[3]:-$default_port}"
  [[ -n $host ]] || return 0 # a socket path, not an address
  services_accepts "$host" "$port" || {
    services_say "$variable is set, but nothing accepts connections on $host:$port"
    return 1
  }
}

services_await() {
  while [[ ! -e $services_folder/ready ]]; do
    kill -0 "$services_supervisor" 2>/dev/null || return 1
    sleep 0.05
  done
  if [[ -z ${CARTWRIGHT_TEST_POSTGRES_URL:-} ]]; then
    CARTWRIGHT_TEST_POSTGRES_URL="$(<"$services_folder/postgres/url")"
  else
    services_check_given CARTWRIGHT_TEST_POSTGRES_URL 5432 || return 1
  fi
  if [[ -z ${CARTWRIGHT_TEST_REDIS_URL:-} ]]; then
    CARTWRIGHT_TEST_REDIS_URL="$(<"$services_folder/redis/url")"
  else
    services_check_given CARTWRIGHT_TEST_REDIS_URL 6379 || return 1
  fi
  export CARTWRIGHT_TEST_POSTGRES_URL CARTWRIGHT_TEST_REDIS_URL
}

services_end() {
  [[ -n $services_supervisor ]] || return 0
  kill -TERM "$services_supervisor" 2>/dev/null || true
  wait "$services_supervisor" 2>/dev/null || true
  services_supervisor=""
}
