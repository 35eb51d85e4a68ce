import { readFile } from 'node:fs/promises';
import { availableParallelism, release, totalmem, version } from 'node:os';
import { join } from 'node:path';
import { maskCommandLine } from '../../../lib/cmdline/mask-command-line.ts';
import { hostArch } from '../../host/arch.ts';
import { kitRoot } from '../../host/paths.ts';
import type { Machine } from '../records/find.ts';
import { machineFiles } from '../records/folder.ts';
import type { MachineRecord } from '../records/record.ts';
import type { SupportFile } from './archive.ts';

/** Bytes of a log's end that are taken. */
const logLimit = 8 << 20;

const logs: readonly (readonly [file: string, what: string])[] = [
  [`${machineFiles.console}.1`, 'the console before it was rotated'],
  [machineFiles.console, 'what the guest wrote to its serial console'],
  [machineFiles.qemuLog, 'what QEMU had to say'],
  [machineFiles.containerLog, 'what the programs around the container had to say'],
  [machineFiles.monitorLog, 'what the monitor had to say'],
];

/** What this host knows of a machine and of itself; no path, no name of a user, no environment of it. */
export async function hostPart(machine: Machine): Promise<SupportFile[]> {
  const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;
  return [
    { name: 'host/kit.json', text: json(await kitFacts()), what: 'versions, and this host' },
    { name: 'host/machine.json', text: json(machineFacts(machine)), what: 'the machine as it was started' },
    ...(await Promise.all(logs.map(([file, what]) => logFile(machine.dir, file, what)))).flat(),
  ];
}

async function kitFacts(): Promise<object> {
  const { version: kit } = JSON.parse(await readFile(join(kitRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  return {
    kit,
    node: process.version,
    tools: await toolVersions(),
    host: {
      ...{ arch: hostArch, kernel: release(), system: version() },
      ...{ processors: availableParallelism(), memoryBytes: totalmem() },
    },
  };
}

/** Of the Debian packages that kit's own tools come from; QEMU's among them. */
async function toolVersions(): Promise<Record<string, string>> {
  const lock = JSON.parse(await readFile(join(kitRoot, 'build/tools/debian.lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, readonly { readonly name: string; readonly version: string }[]>>;
  };
  const known = (lock.packages[hostArch] ?? []).filter(({ name }) => /^(?:qemu|erofs|xorriso)/.test(name));
  return Object.fromEntries(known.map(({ name, version }) => [name, version]));
}

function machineFacts({ record }: Machine): object {
  const { name, state, reason, arch, accel, cpus, memoryMiB, publish, boot } = record;
  const { createdMs, startedMs, endedMs } = record;
  const facts = { name, state, reason, arch, accel, cpus, memoryMiB, publish };
  return { ...facts, createdMs, startedMs, endedMs, boot: mediaFacts(boot) };
}

/** Where files lie tells of their owner, and is of no use to others. */
function mediaFacts(boot: MachineRecord['boot']): object {
  const { kind } = boot;
  if (boot.kind === 'kernel')
    return { kind, commandLine: maskCommandLine(boot.cmdline), root: boot.root?.bus ?? 'memory' };
  if (boot.kind === 'disk')
    return { kind, format: boot.format, firmware: boot.firmware, writable: boot.writable };
  return boot.kind === 'iso' ? { kind, firmware: boot.firmware } : { kind };
}

async function logFile(dir: string, file: string, what: string): Promise<SupportFile[]> {
  const bytes = await readFile(join(dir, file)).catch(() => Buffer.alloc(0));
  if (bytes.length === 0) return [];
  return [{ name: `host/${file}`, text: bytes.subarray(-logLimit).toString('utf8'), what }];
}
