# The Debian packages that the project stands on, in this one place; sourced by app/run and tests/run.

GAMEGPT_BUILD_PACKAGES=(
    build-essential cmake ninja-build ccache pkg-config
    qt6-base-dev qt6-svg-dev libqcustomplot-dev libgl1-mesa-dev libgraphviz-dev
    nlohmann-json3-dev libcli11-dev libeigen3-dev libhwy-dev
    fonts-inter fonts-dejavu-core
)
GAMEGPT_TEST_PACKAGES=(xvfb)

# install_missing PACKAGE...: installs those that are not there yet. When all are there it says and calls nothing.
install_missing() {
    local installed package missing=() as_root=()
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
    for package in "$@"; do
        grep -qxF "installed $package" <<<"$installed" || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    echo "Installing ${missing[*]}"
    "${as_root[@]}" apt-get update -qq >/dev/null
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        "${missing[@]}" >/dev/null
}
