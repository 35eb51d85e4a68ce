import type { Arch } from '../host/arch.ts';

/** What a package takes from Debian: the `debian:` part of a build.yml (fields.ts), and the tools trees' lists. */
export interface DebianSource {
  /** `trixie` */
  readonly suite: string;
  /** Names, in which `{{.Arch}}` stands for Debian's name of the architecture. */
  readonly packages: readonly string[];
  /** Take what the packages depend on as well (never what they only recommend). */
  readonly depends: boolean;
  /** Globs on the names of the packages found: only these are taken. Empty: all. */
  readonly keep: readonly string[];
  /** Globs on paths such as `/usr/bin/x`, where `*` stops at a slash and `**` does not. Empty: all. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Run strip over ELF files, and keep the result where it is smaller. */
  readonly strip: boolean;
  /** Folders to make, besides those that hold something: `/run`, or `/tmp 1777` with a mode. */
  readonly directories: readonly string[];
  /** Symbolic links to make: `{in: '/usr/bin', to: 'busybox', names: ['sh', 'ls']}`. */
  readonly links: readonly { readonly in: string; readonly to: string; readonly names: readonly string[] }[];
  /** Files to make from others, sorted by path: `{'/etc/ssl/certs/all.crt': '/usr/share/certs/*.crt'}`. */
  readonly concat: Readonly<Record<string, string>>;
  /**
   * Makes LinuxKit's kernel image instead of the packages' own files. Names of modules, or globs on them: those of
   * every architecture, and those of one.
   */
  readonly kernel?: { readonly modules: readonly string[] } & { readonly [arch in Arch]?: readonly string[] };
}

/** One .deb file, wholly named. */
export interface LockedPackage {
  readonly name: string;
  /** `1:2.75-10+deb13u1` */
  readonly version: string;
  /** Debian's name: `amd64`, `arm64` or `all`. */
  readonly architecture: string;
  /** Below the mirror: `pool/main/c/crun/crun_1.21-1_amd64.deb` */
  readonly filename: string;
  readonly size: number;
  /** 64 hex digits */
  readonly sha256: string;
}

/** A source with the defaults of everything that is not given. */
export function debianSource(part: Partial<DebianSource> & Pick<DebianSource, 'packages'>): DebianSource {
  const lists = { keep: [], include: [], exclude: [], directories: [], links: [], concat: {} };
  return { suite: 'trixie', depends: true, strip: false, ...lists, ...part };
}
