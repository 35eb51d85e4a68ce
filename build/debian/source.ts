/** What a package takes from Debian: the `debian:` part of a build.yml, and the lists of the tools trees. */
export interface DebianSource {
  /** `trixie` */
  readonly suite: string;
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
  const lists = { keep: [], include: [], exclude: [], directories: [] };
  return { suite: 'trixie', depends: true, strip: false, ...lists, ...part };
}
