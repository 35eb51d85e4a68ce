# Makes the kernel of pkg/kernel-virt in the current folder, from Debian's sources and kernel.config.
set -eu
tar -xf /usr/src/linux-source-6.12.tar.xz --strip-components=1

# What uname -v says, and the builder's name and host. The date is also that of the files in the kernel's own initramfs,
# which would have the time of the build without one: the date of Debian's sources.
KBUILD_BUILD_TIMESTAMP=$(date --utc --date="@$(stat --format=%Y Makefile)")
export KBUILD_BUILD_TIMESTAMP KBUILD_BUILD_VERSION=1 KBUILD_BUILD_USER=kit KBUILD_BUILD_HOST=kit
make="make ARCH=x86_64 CROSS_COMPILE=x86_64-linux-gnu- -j$JOBS"

$make KCONFIG_ALLCONFIG=/package/kernel.config allnoconfig
# Kconfig leaves out what depends on something else, without a word.
grep '^CONFIG_' /package/kernel.config | while read -r line; do
  grep -qxF "$line" .config || echo "kernel.config: $line has no effect" >&2
done > missing 2>&1
[ ! -s missing ] || { cat missing; exit 1; }

$make bzImage
release=$(cat include/config/kernel.release)
mkdir -p out "tree/usr/lib/modules/$release"
cp arch/x86/boot/bzImage out/kernel
cp .config out/config
# No modules: the tables name what is built in, for modprobe and for kit.
cp modules.builtin modules.builtin.modinfo "tree/usr/lib/modules/$release"
: >"tree/usr/lib/modules/$release/modules.order"
depmod -b "$PWD/tree/usr" "$release"
tar --create --file=out/kernel.tar --directory=tree --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner \
  --mode=u=rwX,go=rX --format=gnu usr
