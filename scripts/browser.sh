# shellcheck shell=bash
# Owns the browser that the storefront's tests drive: finds a Chromium or a Chrome, or installs Debian's. Sourced after
# services.sh, whose way to install it uses.
#
#   browser_need FOLDER   exports CHROMIUM, the browser's program; logs an installation into FOLDER. False, and says what
#                         to do, when there is none and none can be installed

# Prints the program. A name in the environment is taken as it is, or not at all: another browser than the one that was
# asked for would be tested.
browser_find() {
  local name
  if [[ -n ${CHROMIUM:-} ]]; then
    command -v "$CHROMIUM"
    return
  fi
  for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
    command -v "$name" && return 0
  done
  return 1
}

browser_need() {
  local services_folder=$1 found
  if ! found="$(browser_find)" && [[ -z ${CHROMIUM:-} ]] && services_can_install; then
    services_apt_install chromium || true
    hash -r
    found="$(browser_find)" || true
  fi
  if [[ -z $found ]]; then
    cat >&2 <<'TEXT'
browser: there is no Chromium or Chrome
  Either install one (Debian: apt-get install chromium; as root this command does so by itself),
  or name its program: CHROMIUM=/path/to/chrome
TEXT
    return 1
  fi
  export CHROMIUM="$found"
}
