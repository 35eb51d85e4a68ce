import type { EffectiveEntry } from '../effective-entry.ts';
import type { Refusal, Subject } from './demand.ts';

/** The kernel parameters of namespaces (sysctl(8), namespaces(7)), as crun and runc know them. */
const ofIpc =
  /^(?:kernel\.(?:msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced)|fs\.mqueue\..+)$/;

/** `sysctl:` */
export function sysctlDemands({ entry }: Subject): Refusal[] {
  return Object.entries(entry.sysctl).flatMap(([key, value]) => refusalOf(key, value, entry));
}

function refusalOf(key: string, value: string, entry: EffectiveEntry): Refusal[] {
  const name = key.replaceAll('/', '.');
  const path = ['sysctl', key];
  const needs = (what: string, field: 'net' | 'ipc' | 'uts'): Refusal[] =>
    entry[field] === 'root' || entry[field] === 'host'
      ? [
          [
            path,
            `"${key}" belongs to ${what}, and ${field} is "${entry[field]}"`,
            `${field}: new; ${machines(name, value)}`,
          ],
        ]
      : [];
  if (name === 'kernel.hostname') return [[path, `"${key}" is the host name`, `hostname: "${value}"`]];
  if (name === 'kernel.domainname') return needs('a UTS namespace', 'uts');
  if (ofIpc.test(name)) return needs('an IPC namespace', 'ipc');
  if (name.startsWith('net.')) return needs('a network namespace', 'net');
  return [[path, `"${key}" is of the machine, not of a container`, machines(name, value)]];
}

const machines = (name: string, value: string): string =>
  `for the machine: files: [{path: etc/sysctl.d/50-own.conf, contents: "${name} = ${value}"}]`;
