import type { Arch } from '../host/arch.ts';

/** What to take from Debian: `debian:` of a build.yml (debian-fields.ts), or the packages of a tools tree. */
export interface DebianSource {
  /** `trixie` */
  readonly suite: string;
  /** Parts of the archive: `main`, `non-free-firmware`. */
  readonly components: readonly string[];
  /** Names, in which `{{.Arch}}` is replaced by Debian's name of the architecture. */
  readonly packages: readonly string[];
  /** Take dependencies as well, but not recommended packages. */
  readonly depends: boolean;
  /** Globs of package names; only matching packages are taken. Empty: all. */
  readonly keep: readonly string[];
  /** Globs of paths such as `/usr/bin/x`; `*` does not match a slash, `**` does. Empty: all. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Run strip on ELF files and keep the results that are smaller. */
  readonly strip: boolean;
  /** Empty folders to make: `/run`, or `/tmp 1777` with a mode. */
  readonly directories: readonly string[];
  /** Symbolic links to make: `{in: '/usr/bin', to: 'busybox', names: ['sh', 'ls']}`. */
  readonly links: readonly { readonly in: string; readonly to: string; readonly names: readonly string[] }[];
  /** Files to concatenate, sorted by path: `{'/etc/ssl/certs/all.crt': '/usr/share/certs/*.crt'}`. */
  readonly concat: Readonly<Record<string, string>>;
  /**
   * Makes LinuxKit's kernel image instead of taking the packages' files. Names or globs of modules, for every
   * architecture and for one.
   */
  readonly kernel?: { readonly modules: readonly string[] } & { readonly [arch in Arch]?: readonly string[] };
  /** Of `packages`, those from which the kernel image takes the firmware that its modules name. */
  readonly firmware: readonly string[];
  /** A source package to take besides, from which a package of `source:` is built: `containerd`. */
  readonly sourcePackage?: string;
}

/**
 * One .deb file, identified by its hash; or one file of a source package, whose architecture is `source` and
 * whose name begins with `src:`.
 */
export interface LockedPackage {
  readonly name: string;
  /** `1:2.75-10+deb13u1` */
  readonly version: string;
  /** Debian's name: `amd64`, `arm64`, `all` or `source`. */
  readonly architecture: string;
  /** Below the archive's mirror: `pool/main/c/crun/crun_1.21-1_amd64.deb` */
  readonly filename: string;
  /** The suite of the security archive that it is from (`trixie-security`); absent: the main archive. */
  readonly suite?: string;
  readonly size: number;
  /** 64 hex digits */
  readonly sha256: string;
}

/** Whether it is a file of a source package, and no .deb. */
export const isOfSource = ({ architecture }: LockedPackage): boolean => architecture === 'source';

/** A source with defaults for everything that is not given. */
export function debianSource(part: Partial<DebianSource> & Pick<DebianSource, 'packages'>): DebianSource {
  const lists = { keep: [], include: [], exclude: [], directories: [], links: [], concat: {}, firmware: [] };
  return { suite: 'trixie', components: ['main'], depends: true, strip: false, ...lists, ...part };
}
