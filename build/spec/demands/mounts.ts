import { posix } from 'node:path';
import type { KeyPath } from '../../manifest/check.ts';
import { didYouMean } from '../../manifest/nearest.ts';
import type { EffectiveEntry } from '../effective-entry.ts';
import type { Spec, SpecMount } from '../oci/oci-runtime.ts';
import type { Refusal, Subject } from './demand.ts';

/** Mount options that are flags (runtime-spec, config.md), each with its recursive form where it has one. */
const flags: ReadonlySet<string> = new Set([
  ...['async', 'bind', 'defaults', 'dirsync', 'iversion', 'lazytime', 'loud', 'mand', 'noiversion'],
  ...['nolazytime', 'nomand', 'rbind', 'remount', 'silent', 'sync', 'tmpcopyup', 'idmap', 'ridmap'],
  ...['atime', 'dev', 'diratime', 'exec', 'noatime', 'nodev', 'nodiratime', 'noexec', 'norelatime'].flatMap(
    both,
  ),
  ...['nostrictatime', 'nosuid', 'nosymfollow', 'relatime', 'ro', 'rw', 'strictatime', 'suid'].flatMap(both),
  ...['symfollow', 'private', 'shared', 'slave', 'unbindable'].flatMap(both),
]);

function both(word: string): string[] {
  return [word, `r${word}`];
}

/**
 * Words of Docker and Podman that mean nothing here: labels of SELinux, which kit's kernels do not have, and
 * caches of Docker Desktop.
 */
const meaningless: ReadonlySet<string> = new Set(['z', 'Z', 'cached', 'delegated', 'consistent']);

/** Options of tmpfs(5) with their values. */
const tmpfsOptions: Readonly<Record<string, RegExp>> = {
  size: /^\d+[kmgtpe%]?$/i,
  nr_blocks: /^\d+[kmgtpe]?$/i,
  nr_inodes: /^\d+[kmgtpe]?$/i,
  mode: /^[0-7]{1,5}$/,
  uid: /^\d{1,10}$/,
  gid: /^\d{1,10}$/,
  huge: /^(?:never|always|within_size|advise)$/,
  mpol: /^.+$/,
};
const tmpfsFlags: ReadonlySet<string> = new Set(['inode32', 'inode64', 'noswap', 'nr_inodes']);

interface GivenMount {
  readonly path: KeyPath;
  readonly type: string;
  readonly destination: string;
  readonly options: readonly string[];
}

/** `binds:`, `tmpfs:` and `mounts:`. */
export function mountDemands({ entry }: Subject): Refusal[] {
  return givenMounts(entry).flatMap(({ path, type, destination, options }): Refusal[] => {
    if (posix.resolve('/', destination) === '/')
      return [[path, "a mount on / would hide the image's files", 'mount it on a folder']];
    if (type !== 'bind' && type !== 'tmpfs') return [];
    const odd = options.flatMap((option) => wrongOption(option, type) ?? []);
    return odd.map((why): Refusal => [path, why]);
  });
}

function givenMounts({ binds, tmpfs, mounts }: EffectiveEntry): GivenMount[] {
  const list = (text = ''): string[] => text.split(',').filter((option) => option !== '');
  return [
    ...binds.map((text, at): GivenMount => {
      const [, destination = '', options] = text.split(':');
      return { path: ['binds', at], type: 'bind', destination, options: list(options) };
    }),
    ...tmpfs.map((text, at): GivenMount => {
      const [destination = '', options] = text.split(':');
      return { path: ['tmpfs', at], type: 'tmpfs', destination, options: list(options) };
    }),
    ...mounts.flatMap(({ type = '', destination, options = [] }, at): GivenMount[] =>
      destination ? [{ path: ['mounts', at], type, destination, options }] : [],
    ),
  ];
}

/** The kernel would refuse it for a tmpfs, and nobody would notice it for a bind: `r0` would be writable. */
function wrongOption(option: string, type: 'bind' | 'tmpfs'): string | undefined {
  const [name = '', value] = option.split(/=(.*)/s);
  if (value === undefined && (flags.has(name) || meaningless.has(name))) return undefined;
  if (type === 'bind') return `a bind has no option "${option}"${didYouMean(option, [...flags])}`;
  if (value === undefined && tmpfsFlags.has(name)) return undefined;
  const known = Object.hasOwn(tmpfsOptions, name) ? tmpfsOptions[name] : undefined;
  if (known === undefined)
    return `a tmpfs has no option "${option}"${didYouMean(name, [...Object.keys(tmpfsOptions), ...flags])}`;
  return known.test(value ?? '')
    ? undefined
    : `"${option}" is not a value of the option "${name}" of a tmpfs`;
}

/**
 * The spec with mounts as the runtimes want them: absolute, binds with an option that says so, and read-only
 * ones with all that is mounted below them.
 */
export function withUsableMounts(spec: Spec): Spec {
  return { ...spec, mounts: spec.mounts.map(usable) };
}

function usable(mount: SpecMount): SpecMount {
  const destination = posix.resolve('/', mount.destination);
  const options = (mount.options ?? []).filter((option) => !meaningless.has(option));
  const isBind = mount.type !== 'bind' || options.some((option) => /^r?bind$/.test(option));
  const { options: _given, ...rest } = mount;
  const all = isBind ? options : [...options, 'rbind'];
  const words = isReadOnlyTree(all) ? [...all, 'rro'] : all;
  return { ...rest, destination, ...(words.length > 0 && { options: words }) };
}

/** To the kernel `ro` is one mount's: a disk that is mounted below it would stay writable. */
const isReadOnlyTree = (options: readonly string[]): boolean =>
  options.includes('rbind') &&
  options.findLast((option) => option === 'ro' || option === 'rw') === 'ro' &&
  !options.some((option) => option === 'rro' || option === 'rrw');
