import type { Progress } from './progress.ts';

/** Guest architectures, by their OCI names. */
export type Arch = 'amd64' | 'arm64';

/** That of the machine kit runs on. */
export const hostArch: Arch = process.arch === 'arm64' ? 'arm64' : 'amd64';

/** What every piece of long work on the host is given, besides its own input. */
export interface Work {
  /** Root of kit's cache (build/paths.ts `cacheDir`); made when missing. */
  readonly cacheDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C: stop, remove what is half-done, reject. */
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly arch: Arch;
  /** Refuse to update a lock file. */
  readonly locked: boolean;
}
