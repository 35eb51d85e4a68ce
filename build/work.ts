import type { Cache } from './cache/cache.ts';
import type { Arch } from './host/arch.ts';
import type { Progress } from './host/progress.ts';
import { noPolicies, type Policies } from './policy/policies.ts';

/** What every long operation on the host needs in addition to its input. */
export interface Work {
  /** Opened once for each command (build/commands/flags/cache-of.ts), which closes it at its end. */
  readonly cache: Cache;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C: stop, remove unfinished files, reject. */
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly arch: Arch;
  /** Refuse to update a lock file. */
  readonly locked: boolean;
  /** False: build packages without a check of their types. */
  readonly checkTypes?: boolean;
  /** Where images other than packages come from; `defaultSources` when absent. */
  readonly sources?: ImageSources;
}

/** Where to look for images that are not packages. */
export interface ImageSources {
  /** Ask the registry even for images in the cache: a tag may have moved. */
  readonly pull: boolean;
  /** Ask the Docker engine first. */
  readonly docker: boolean;
  /** Ask no registry at all. */
  readonly offline: boolean;
  readonly mirrors: readonly RegistryMirror[];
  /** PEM texts of certificate authorities to trust. */
  readonly certificates: readonly string[];
  /** Who must have signed them. */
  readonly policies: Policies;
  /** Most bytes of an unpacked layer; undefined limits its compression ratio instead. */
  readonly layerLimit: number | undefined;
}

/** A server that holds copies of the images of a registry. */
export interface RegistryMirror {
  /** `docker.io`, or `*` for all registries. */
  readonly registry: string;
  /** Base of `/v2/`. May hold a user and a password, so it is never shown. */
  readonly url: URL;
}

export const defaultSources: ImageSources = {
  ...{ pull: false, docker: false, offline: false, mirrors: [], certificates: [], layerLimit: undefined },
  policies: noPolicies,
};
