# Makes `containerd` in the current folder, of Debian's packages of Go sources and its Go.
set -eu
version=$(sed -n 's/^golang-github-containerd-containerd-dev //p' /etc/packages)
own=$PWD/go/src/kit/containerd-slim
mkdir -p "$own"
cp /package/*.go "$own"
export GOROOT=/usr/lib/go-1.24 GOPATH="$PWD/go:/usr/share/gocode" GOCACHE="$PWD/cache" GO111MODULE=off GOTOOLCHAIN=local
export CGO_ENABLED=0 GOOS=linux GOARCH="$ARCH" GOFLAGS=-trimpath GOMAXPROCS="$JOBS"
# Go's telemetry starts itself again by /proc, which there is not.
mkdir -p "$HOME/.config/go/telemetry"
echo off >"$HOME/.config/go/telemetry/mode"
cd "$own"
"$GOROOT/bin/go" build -p "$JOBS" -v -o "$OLDPWD/containerd" \
  -tags no_cri,no_btrfs,no_zfs,no_devmapper,no_aufs,no_tracing,no_rdt,osusergo,netgo,static_build \
  -ldflags "-s -w -buildid= -X github.com/containerd/containerd/version.Version=$version" .
