import { hostArch } from '../../host/arch.ts';
import type { Context } from '../../host/context.ts';
import { progressOn, silent } from '../../host/progress.ts';
import type { Work } from '../../work.ts';
import { parseArch } from './arch.ts';
import { cacheOf } from './cache-of.ts';
import { type SourceFlags, sourcesOf } from './sources.ts';

export interface WorkFlags extends SourceFlags {
  readonly arch?: string;
  readonly locked?: boolean;
  /** False for `--no-check`. */
  readonly check?: boolean;
}

/** What builds and downloads need, from the context and the flags of a command. */
export function workFor(context: Context, flags: WorkFlags = {}): Work {
  const { arch = hostArch, locked = false, check = true } = flags;
  return {
    cache: cacheOf(context),
    env: context.env,
    signal: context.signal,
    progress: context.env.KIT_QUIET ? silent : progressOn(context),
    arch: parseArch(arch),
    locked,
    checkTypes: check,
    sources: sourcesOf(flags, context),
  };
}
