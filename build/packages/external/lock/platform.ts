import type { Arch } from '../../../host/arch.ts';
import type { Platforms } from './graph.ts';

/** Node's name of an architecture (`process.arch`), which npm's `cpu` uses. */
export const nodeArch: Readonly<Record<Arch, 'x64' | 'arm64'>> = { amd64: 'x64', arm64: 'arm64' };

/** The libc of pkg/libs. */
export const guestLibc = 'glibc';

/** Whether a package with these fields works in a machine of this architecture (npm-install-checks). */
export function worksOn({ os, cpu, libc }: Platforms, arch: Arch): boolean {
  return allows(os, 'linux') && allows(cpu, nodeArch[arch]) && allows(libc, guestLibc);
}

/** A list of names, `any`, or names that are excluded (`!win32`). */
function allows(list: readonly string[], value: string): boolean {
  if (list.length === 0 || (list.length === 1 && list[0] === 'any')) return true;
  if (list.includes(`!${value}`)) return false;
  return list.includes(value) || list.every((entry) => entry.startsWith('!'));
}

/** What the name of a package says about its platform: `@img/sharp-linuxmusl-x64`. */
export interface NamedPlatform {
  /** The name without it, which the packages for other platforms share: `@img/sharp`. */
  readonly family: string;
  readonly os: string;
  /** Undefined when the name does not say. */
  readonly cpu: string | undefined;
  readonly isMusl: boolean;
}

const systems = new Set(
  (
    'linux linuxmusl darwin macos win32 windows freebsd openbsd netbsd android sunos aix openharmony ' +
    'wasm wasm32 wasi'
  ).split(' '),
);
const processors = new Set(
  (
    'x64 arm64 arm ia32 ppc64 ppc64le s390x riscv64 loong64 mips64el mips64 mipsel armv6 armv7 armv7l armv8 ' +
    'x86 x86_64 aarch64 universal 64'
  ).split(' '),
);
const libraries = new Set(
  'musl gnu glibc msvc gnueabi gnueabihf musleabi musleabihf eabi wasi wasip1'.split(' '),
);

/** Undefined for a name that names no operating system. */
export function namedPlatform(name: string): NamedPlatform | undefined {
  const parts = name.split(/[-/_.]/);
  const os = parts.find((part, at) => at > 0 && systems.has(part));
  if (os === undefined) return undefined;
  const isPlatform = (part: string): boolean =>
    systems.has(part) || processors.has(part) || libraries.has(part);
  return {
    family: parts.filter((part) => !isPlatform(part)).join('-'),
    os: os === 'linuxmusl' ? 'linux' : os,
    cpu: parts.find((part) => processors.has(part)),
    isMusl: os === 'linuxmusl' || parts.some((part) => part.startsWith('musl')),
  };
}

/** Whether the name fits a machine; a name that does not say its processor fits all. */
export function nameWorksOn({ os, cpu, isMusl }: NamedPlatform, arch: Arch): boolean {
  const own = { amd64: ['x64', 'x86_64', '64'], arm64: ['arm64', 'aarch64'] }[arch];
  return os === 'linux' && !isMusl && (cpu === undefined || own.includes(cpu));
}
