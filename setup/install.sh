#!/usr/bin/env bash
# Puts the released gate of this platform on the PATH, after checking it. Called by action.yml beside it; its inputs are environment variables:
# VERSION, REPOSITORY (owner/name of the releases), SERVER_URL, DOWNLOAD_URL (a folder with the archives instead), TOOL_CACHE, GH_TOKEN.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
fail() { echo "::error title=gate setup::$1"; exit 1; }

version=${VERSION:-}
[ -n "$version" ] || version=$(cat "$here/VERSION")
version=${version#v}
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] ||
  fail "'$version' is no version of gate. Use a released tag of this action (…/setup@v1), or name one: 'with: { version: 1.2.3 }'."

case ${RUNNER_OS:-$(uname -s)} in Linux) os=linux ;; macOS | Darwin) os=osx ;; Windows | MINGW* | MSYS*) os=win ;; *) fail "gate is not built for ${RUNNER_OS:-$(uname -s)}; there is Linux, macOS and Windows." ;; esac
case ${RUNNER_ARCH:-$(uname -m)} in X64 | x86_64 | amd64) arch=x64 ;; ARM64 | aarch64 | arm64) arch=arm64 ;; *) arch=${RUNNER_ARCH:-$(uname -m)} ;; esac
rid=$os-$arch
case $rid in linux-x64 | linux-arm64 | osx-arm64 | win-x64) ;; *) fail "gate is not built for $rid; there is linux-x64, linux-arm64, osx-arm64 and win-x64. The .NET tool runs wherever .NET does: docs/install.md." ;; esac

archive=gate-$version-$rid.tar.gz
cache=${TOOL_CACHE:-${RUNNER_TOOL_CACHE:-$HOME/.cache}}/gate/$version/$rid
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sha256() { if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1; }

# The checksums of this very release came with the action, at the commit that the workflow names; those of another are fetched with the archive.
fetch() {
  local name=$1
  if [ -n "${DOWNLOAD_URL:-}" ]; then
    curl --fail --silent --show-error --location --retry 3 --max-time 300 --output "$work/$name" "${DOWNLOAD_URL%/}/$name"
  elif [ -n "${GH_TOKEN:-}" ] && command -v gh >/dev/null; then
    gh release download "v$version" --repo "${SERVER_URL#https://}/$REPOSITORY" --pattern "$name" --dir "$work" --clobber
  else
    curl --fail --silent --show-error --location --retry 3 --max-time 300 --output "$work/$name" "$SERVER_URL/$REPOSITORY/releases/download/v$version/$name"
  fi || fail "$name of version $version could not be fetched from ${DOWNLOAD_URL:-$SERVER_URL/$REPOSITORY}. Is there such a release, and may this runner reach it?"
}
if [ "$version" = "$(cat "$here/VERSION")" ]; then sums=$here/SHA256SUMS from="came with the action"; else fetch SHA256SUMS; sums=$work/SHA256SUMS from="came with the release"; fi
expected=$(awk -v name="$archive" '$2 == name || $2 == "*" name { print $1 }' "$sums")
[ -n "$expected" ] || fail "the checksums of version $version know no $archive; there may be no build for $rid in it."

if [ -f "$cache/$archive" ] && [ "$(sha256 "$cache/$archive")" = "$expected" ]; then
  cp "$cache/$archive" "$work/$archive"
  source=cache
else
  fetch "$archive"
  actual=$(sha256 "$work/$archive")
  [ "$actual" = "$expected" ] || fail "$archive is not what was released: its SHA-256 is $actual, and $expected is expected. Nothing was installed."
  mkdir -p "$cache" && cp "$work/$archive" "$cache/$archive" 2>/dev/null || true
  source=release
fi
checked="its checksum ($from)"

# Who built it, and from which commit: GitHub's own record, where this runner can ask for it.
if [ -n "${DOWNLOAD_URL:-}" ]; then
  checked+="; not its attestation, because it comes from download-url"
elif [ "$SERVER_URL" != https://github.com ]; then
  checked+="; not its attestation, which only github.com keeps"
elif ! command -v gh >/dev/null || ! gh attestation --help >/dev/null 2>&1; then
  checked+="; not its attestation, because this runner has no gh that can"
elif [ -z "${GH_TOKEN:-}" ]; then
  checked+="; not its attestation, because there is no token to ask with"
elif gh attestation verify "$work/$archive" --repo "$REPOSITORY" >"$work/attestation.log" 2>&1; then
  checked+=" and its attestation (built by a workflow of $REPOSITORY)"
else
  cat "$work/attestation.log"
  fail "$archive has no valid attestation of $REPOSITORY, see above. Nothing was installed."
fi

bin=$work/bin
mkdir -p "$bin" "$cache/bin"
tar -xzf "$work/$archive" -C "$bin"
cp "$bin"/* "$cache/bin/"
program=$cache/bin/gate
[ "$os" != win ] || program=$program.exe
said=$("$program" --version) || fail "the gate of $archive does not start on this runner ($said)."
place=$cache/bin
[ "$os" != win ] || place=$(cygpath -w "$place")
[ -z "${GITHUB_PATH:-}" ] || echo "$place" >>"$GITHUB_PATH"
if [ -n "${GITHUB_OUTPUT:-}" ]; then { echo "version=$version"; echo "path=$place"; echo "checked=$checked"; } >>"$GITHUB_OUTPUT"; fi
echo "gate ${said%%+*} for $rid, from the $source; checked: $checked."
