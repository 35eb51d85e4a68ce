import { KitError } from '../../../lib/errors/errors.ts';
import { type Arch, hostArch } from '../../host/arch.ts';
import type { Context } from '../../host/context.ts';
import { progressOn } from '../../host/progress.ts';
import type { Work } from '../../work/work.ts';
import { cacheOf } from './cache-of.ts';
import { type SourceFlags, sourcesOf } from './sources.ts';

/** What long work is given, from the command's context and its flags. */
export function workFor(context: Context, flags: WorkFlags = {}): Work {
  const { arch = hostArch, locked = false } = flags;
  return {
    cache: cacheOf(context),
    env: context.env,
    signal: context.signal,
    progress: progressOn(context.stderr),
    arch: parseArch(arch),
    locked,
    sources: sourcesOf(flags, context),
  };
}

export interface WorkFlags extends SourceFlags {
  readonly arch?: string;
  readonly locked?: boolean;
}

/** Other names of the same, as uname and Node have them. */
const aliases: Readonly<Record<string, Arch>> = {
  amd64: 'amd64',
  arm64: 'arm64',
  x86_64: 'amd64',
  x64: 'amd64',
  aarch64: 'arm64',
};

export function parseArch(text: string): Arch {
  const arch = Object.hasOwn(aliases, text) ? aliases[text] : undefined;
  if (arch) return arch;
  throw new KitError(`Cannot build for "${text}": want amd64 or arm64`, { exitCode: 2 });
}
