import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { boot, shell } from '../support/machine.ts';
import { plain } from './part-sizes.ts';

type Row = (name: string, value: string) => void;

const node = ['/usr/bin/node', '--disable-warning=ExperimentalWarning', '/service/main.mjs'];

/** Services that run as long as the machine, and what they need to be ready. */
const services = [
  ...['dhcp', 'metrics', 'dns-cache'].map((name) => ({ name, image: `pkg/${name}` })),
  { name: 'ntp', image: 'pkg/ntp', command: [...node, '--server', '127.0.0.1'], ready: 'none' },
  { name: 'syslog', image: 'pkg/syslog', env: ['SYSLOG_SERVER=tcp://127.0.0.1:6514'], ready: 'none' },
  { name: 'sshd', image: 'pkg/sshd' },
];

/** The rows of the memory that each service adds to a machine with others. */
export async function memoryRows(dir: string, record: Row): Promise<void> {
  const memory = await serviceMemory(dir, services);
  for (const [name, bytes] of Object.entries(memory))
    record(`${name}: memory that it adds`, `${(bytes / 2 ** 20).toFixed(1)} MiB`);
}

/**
 * Bytes that each service adds to a machine with others: what its processes and its shim have for themselves
 * (proc_pid_smaps(5)). Node's own pages are there once, however many services share them.
 */
export async function serviceMemory(
  dir: string,
  services: readonly object[],
): Promise<Record<string, number>> {
  const manifest = join(dir, 'memory.yml');
  await writeFile(manifest, JSON.stringify({ ...plain, services: [...plain.services, ...services] }));
  await using machine = await boot(manifest, { memory: '2G', timeoutMs: 1_200_000 });
  // Their start has to be over: V8 gives back what it does not need.
  await pause(30_000);
  const found: Record<string, number> = {};
  for (const { name, pid } of (await machine.status()).services) {
    const kib = Number(await shell(machine, ownMemory(pid)));
    if (!(kib > 0)) throw new Error(await machine.describe(`no memory of ${name}, process ${pid}`));
    found[name] = kib * 1024;
  }
  return found;
}

/** A script that prints the KiB of a service by the process that its shim has started. */
const ownMemory = (pid: number): string =>
  `group=/sys/fs/cgroup$(sed s/^0::// /proc/${pid}/cgroup)
  for one in $(cat $group/cgroup.procs) $(awk '/^PPid/ {print $2}' /proc/${pid}/status)
  do cat /proc/$one/smaps_rollup; done | awk '/^Private/ {kib += $2} END {print kib}'`;
