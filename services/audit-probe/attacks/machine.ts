import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Attacks, Attempt } from '../attack.ts';
import { listening } from '../listening.ts';
import { privileges } from './privileges.ts';

/** What is true of the machine: seen, or tried, by a process that has every right in it. */
export const machine: Attacks = {
  // Of the machine itself: services must have others.
  namespaces: privileges.namespaces ?? (() => undefined),
  'listening-ports': () => listening().join(' ') || undefined,
  'kernel-pointers': () => sysctlBelow('kernel/kptr_restrict', 1),
  'kernel-log-restricted': () => sysctlBelow('kernel/dmesg_restrict', 1),
  'unprivileged-bpf': () => sysctlBelow('kernel/unprivileged_bpf_disabled', 1),
  'unprivileged-perf': () => sysctlBelow('kernel/perf_event_paranoid', 2),
  'ptrace-scope': () => sysctlBelow('kernel/yama/ptrace_scope', 1),
  'protected-links': () =>
    ['hardlinks', 'symlinks', 'fifos', 'regular']
      .flatMap((name) => sysctlBelow(`fs/protected_${name}`, 1) ?? [])
      .join(', ') || undefined,
  'set-user-id-dumps': () => sysctlAbove('fs/suid_dumpable', 0),
  'metadata-secrets': () => [...openFiles('/proc/1/root/run/config')].join(' ') || undefined,
};

const sysctlOf = (name: string): number => Number(readFileSync(`/proc/sys/${name}`, 'utf8'));

function sysctlBelow(name: string, least: number): Attempt {
  const value = sysctlOf(name);
  return value < least ? `${name.replaceAll('/', '.')} is ${value}` : undefined;
}

function sysctlAbove(name: string, most: number): Attempt {
  const value = sysctlOf(name);
  return value > most ? `${name.replaceAll('/', '.')} is ${value}` : undefined;
}

/** Files that the metadata brought and that every user of the machine may read. */
function* openFiles(folder: string): Generator<string> {
  let entries: string[];
  try {
    entries = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of entries) {
    const path = join(folder, name);
    const found = statSync(path);
    if (found.isDirectory()) yield* openFiles(path);
    else if (isSecret(path) && found.mode & 0o044) yield path.replace('/proc/1/root', '');
  }
}

const isSecret = (path: string): boolean =>
  /userdata$|key/i.test(path) && !/\.pub$|authorized_keys$/.test(path);
