import { readElf } from './elf.ts';
import type { Guest } from './guest.ts';

/** Whether a file runs in a machine. */
export type Fit =
  | { readonly kind: 'fits' }
  /** For another operating system, processor or libc. */
  | { readonly kind: 'foreign' }
  /** For this one, but it would not load. */
  | { readonly kind: 'unfit'; readonly why: string }
  /** It needs a library that neither pkg/libs nor the packages have. */
  | { readonly kind: 'lacks'; readonly library: string };

/** Libraries of pkg/libs. */
const libraries =
  /^(?:lib(?:c|m|resolv|dl|pthread|rt|util|atomic|gcc_s|stdc\+\+)\.so\.\d+|ld-linux-[\w-]+\.so\.\d+)$/;

/**
 * Judges an addon (`*.node`) or a library that comes with one.
 * @param beside names of the libraries that the packages bring themselves
 */
export function fitOf(bytes: Buffer, guest: Guest, beside: ReadonlySet<string>): Fit {
  const elf = readElf(bytes);
  const machine = { amd64: 'x64', arm64: 'arm64' }[guest.arch];
  if (!elf || elf.machine !== machine || elf.needed.some((name) => name.startsWith('libc.musl-'))) {
    return { kind: 'foreign' };
  }
  if (elf.nodeAbi !== undefined && elf.nodeAbi !== guest.nodeAbi) {
    const why = `is for NODE_MODULE_VERSION ${elf.nodeAbi}, and that of Node ${guest.node} is ${guest.nodeAbi}`;
    return { kind: 'unfit', why };
  }
  const glibc = newestGlibc(elf.versions);
  if (glibc !== undefined && isNewer(glibc, guest.glibc)) {
    return { kind: 'unfit', why: `needs glibc ${glibc}, and the machine has ${guest.glibc}` };
  }
  const absent = elf.needed.find((name) => !libraries.test(name) && !beside.has(name));
  return absent === undefined ? { kind: 'fits' } : { kind: 'lacks', library: absent };
}

function newestGlibc(versions: readonly string[]): string | undefined {
  const found = versions.flatMap((name) => /^GLIBC_(\d+\.\d+)/.exec(name)?.[1] ?? []);
  return found.reduce<string | undefined>(
    (most, one) => (most && !isNewer(one, most) ? most : one),
    undefined,
  );
}

function isNewer(a: string, b: string): boolean {
  const [[major = 0, minor = 0], [otherMajor = 0, otherMinor = 0]] = [a, b].map((text) =>
    text.split('.').map(Number),
  ) as [number[], number[]];
  return major > otherMajor || (major === otherMajor && minor > otherMinor);
}
