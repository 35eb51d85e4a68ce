import type { Arch } from '../../host/arch.ts';

interface BuildSettings {
  /** The architecture that is built for. */
  readonly arch: Arch;
  /** `/build` */
  readonly folder: string;
  /** How many programs may run at the same time. */
  readonly jobs: number;
  /** The most that a program may use for its data. */
  readonly memoryKiB: number;
  /** Whether the files of a source package are in /sources. */
  readonly hasSource: boolean;
}

/** The script of a build, for the sandbox. What it prints is all on standard output. */
export function buildScript(run: readonly string[], settings: BuildSettings): string {
  const { arch, folder, jobs, memoryKiB, hasSource } = settings;
  return [
    'exec 2>&1',
    'set -e',
    // Not that of addresses: Go reserves more of them than any machine has memory.
    `ulimit -d ${memoryKiB}`,
    'ulimit -c 0',
    'umask 022',
    `export HOME=/tmp TMPDIR=/tmp LC_ALL=C.UTF-8 TZ=UTC PATH=/opt/bin:/usr/bin:/usr/sbin`,
    `export ARCH=${arch} JOBS=${jobs} SOURCE_DATE_EPOCH=0`,
    `cd ${folder}`,
    ...(hasSource ? [unpackSource] : []),
    // Each in a shell of its own, which cannot end this one with success.
    ...run.map((command) => `sh -ec ${quoted(command)}`),
    '',
  ].join('\n');
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * The folder `source` as dpkg-source makes it (formats 1.0, 3.0 (native) and 3.0 (quilt)): the upstream
 * archive, that of Debian, the patches. The time of the build is that of the changelog's newest entry.
 */
const unpackSource = `
mkdir source
# The one folder of an archive counts as the archive.
unpack() {
  mkdir unpacked
  tar --extract --no-same-owner --file="$1" --directory=unpacked
  set -- "$2" unpacked/*
  if [ $# = 2 ] && [ -d "$2" ]; then from=$2; else from=unpacked; fi
  mkdir -p "$1"
  cp -a "$from/." "$1"
  rm -rf unpacked
}
for file in /sources/*; do
  case "\${file##*/}" in
    *.asc | *.dsc | *.diff.gz | *.debian.tar.*) ;;
    *.orig-*.tar.*)
      part=\${file##*.orig-}
      unpack "$file" "parts/\${part%%.tar.*}"
      ;;
    *.tar.*) unpack "$file" source ;;
  esac
done
[ ! -d parts ] || { cp -a parts/. source; rm -rf parts; }
for file in /sources/*.debian.tar.*; do
  [ -e "$file" ] || continue
  rm -rf source/debian
  tar --extract --no-same-owner --file="$file" --directory=source
done
for file in /sources/*.diff.gz; do
  [ ! -e "$file" ] || gzip -dc "$file" | patch --batch --silent --directory=source -p1
done
if [ -e source/debian/patches/series ]; then
  while read -r name rest; do
    case "$name" in '' | \\#*) continue ;; esac
    patch --batch --silent --directory=source -p1 --input="../source/debian/patches/$name"
  done <source/debian/patches/series
fi
if [ -e source/debian/changelog ]; then
  date=$(sed -n 's/^ -- .*>  //p' source/debian/changelog | head -n 1)
  [ -z "$date" ] || SOURCE_DATE_EPOCH=$(date -d "$date" +%s)
fi
`;
