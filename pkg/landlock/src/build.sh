# Makes `landlock` in the current folder for $ARCH.
set -eu
case $ARCH in
  amd64) machine=x86_64-linux-gnu ;;
  arm64) machine=aarch64-linux-gnu ;;
esac
# Debian's native compiler looks for `as` and `ld` without the name of the machine, which are in a package of their own.
mkdir programs
for program in as ld; do ln -s "/usr/bin/$machine-$program" "programs/$program"; done
"$machine-gcc-14" -B programs/ -Wall -Wextra -Werror -O2 -static -nostdlib -ffreestanding -fno-pie -no-pie \
  -fno-stack-protector -fno-asynchronous-unwind-tables -Wl,--build-id=none -Wl,-z,noexecstack -s \
  -o landlock /package/landlock.c
