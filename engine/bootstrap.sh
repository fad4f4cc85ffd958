# What examples/run and tests/run share: install what is missing, configure, build. Sourced, not run.
# Everything comes from Debian 12's own packages; nothing is downloaded besides them.

build_packages=(
  g++ cmake ninja-build ccache
  libpoco-dev libxlsxwriter-dev libkainjow-mustache-dev libfmt-dev nlohmann-json3-dev libpugixml-dev libcli11-dev
  libicu-dev libsqlite3-dev libssl-dev libboost-dev libdeflate-dev libqrcodegen-dev libgumbo-dev doctest-dev
)
# Readers that are not ours, to see that what we write can be opened.
test_packages=(
  libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils fonts-liberation
  sqlite3 python3 python3-docx python3-openpyxl libxml2-utils clang-format-14
)

say() { printf '== %s\n' "$*"; }

fail() {
  printf 'Ошибка: %s\n' "$*" >&2
  exit 3
}

# install PACKAGE…: installs those of them that are missing; says a clear sentence where it may not.
install() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing+=("$package")
  done
  if [ ${#missing[@]} -eq 0 ]; then
    return
  fi
  if [ "$(id -u)" -ne 0 ]; then
    fail "не установлены пакеты: ${missing[*]}. Запустите эту команду от root или установите их: apt-get install ${missing[*]}"
  fi
  command -v apt-get >/dev/null || fail "нет программы apt-get. Нужен Debian 12; в другой системе установите сами: ${missing[*]}"
  say "Installing ${#missing[@]} packages: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -q --no-install-recommends "${missing[@]}" >"$log" 2>&1 ||
    { apt-get update -q >>"$log" 2>&1 && apt-get install -y -q --no-install-recommends "${missing[@]}" >>"$log" 2>&1; } ||
    { tail -n 20 "$log" >&2; fail "не удалось установить пакеты: ${missing[*]}. Проверьте сеть и место на диске."; }
}

# build PRESET [CMAKE-OPTION…]: configures and builds the preset.
build() {
  local preset=$1
  shift
  say "Configuring ($preset)"
  cmake --preset "$preset" "$@" >"$log" 2>&1 || { tail -n 40 "$log" >&2; fail "не удалось настроить сборку, подробности выше."; }
  say "Building ($preset)"
  cmake --build --preset "$preset" >"$log" 2>&1 || { tail -n 60 "$log" >&2; fail "сборка не прошла, подробности выше."; }
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
