import type { Cache } from '../cache/cache.ts';
import type { Arch } from '../host/arch.ts';
import type { Progress } from '../host/progress.ts';

/** What every piece of long work on the host is given, besides its own input. */
export interface Work {
  /** Opened once for each command (build/commands/flags/cache-of.ts), which closes it at its end. */
  readonly cache: Cache;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C: stop, remove what is half-done, reject. */
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly arch: Arch;
  /** Refuse to update a lock file. */
  readonly locked: boolean;
  /** Where images that are no packages come from; `defaultSources` when absent. */
  readonly sources?: ImageSources;
}

/** Where images come from that are neither packages nor in the cache. */
export interface ImageSources {
  /** Ask the registry even for what the cache has: a tag may have moved. */
  readonly pull: boolean;
  /** Look in the Docker engine first. */
  readonly docker: boolean;
  /** Ask no registry at all. */
  readonly offline: boolean;
  readonly mirrors: readonly RegistryMirror[];
  /** PEM texts of authorities to trust. */
  readonly certificates: readonly string[];
  /** Most bytes that an unpacked layer may have; undefined: a bomb is known by its ratio. */
  readonly layerLimit: number | undefined;
}

/** Where another place holds the images of a registry. */
export interface RegistryMirror {
  /** `docker.io`, or `*` for all. */
  readonly registry: string;
  /** What `/v2/` is appended to. May hold a user and a password: never shown. */
  readonly url: URL;
}

export const defaultSources: ImageSources = {
  ...{ pull: false, docker: false, offline: false, mirrors: [], certificates: [], layerLimit: undefined },
};
