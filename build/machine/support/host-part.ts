import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism, release, totalmem, version } from 'node:os';
import { join } from 'node:path';
import { maskCommandLine } from '../../../lib/cmdline/mask-command-line.ts';
import { hostArch } from '../../host/arch.ts';
import { kitPackage } from '../../host/kit-package.ts';
import { dataFile } from '../../host/paths.ts';
import type { Machine } from '../records/find.ts';
import { machineFiles } from '../records/folder.ts';
import type { MachineRecord } from '../records/record.ts';
import type { SupportFile } from './archive.ts';

/** Bytes: of a longer log, its end is taken. */
const maxLogBytes = 8 << 20;

const describedLogs: Readonly<Record<string, string>> = {
  [`${machineFiles.console}.1`]: 'the console before it was rotated',
  [machineFiles.console]: 'what the guest wrote to its serial console',
  [machineFiles.monitorLog]: 'what the monitor wrote',
};

/**
 * This host's information about a machine and about itself, without the host's paths, user names and
 * environment.
 */
export async function hostPart(machine: Machine): Promise<SupportFile[]> {
  const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;
  return [
    { name: 'host/kit.json', text: json(await kitFacts()), what: 'versions, and this host' },
    { name: 'host/machine.json', text: json(machineFacts(machine)), what: 'the machine as it was started' },
    ...(await logFiles(machine.dir)),
  ];
}

async function kitFacts(): Promise<object> {
  const { version: kit } = await kitPackage();
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

/** Versions of the Debian packages with QEMU and the other tools that matter for images and machines. */
async function toolVersions(): Promise<Record<string, string>> {
  const lock = JSON.parse(await readFile(dataFile('build/tools/debian.lock.json'), 'utf8')) as {
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

/** Leaves out paths, which reveal user names and are of no use elsewhere. */
function mediaFacts(boot: MachineRecord['boot']): object {
  const { kind } = boot;
  if (boot.kind === 'kernel')
    return { kind, commandLine: maskCommandLine(boot.cmdline), root: boot.root?.bus ?? 'memory' };
  if (boot.kind === 'disk')
    return { kind, format: boot.format, firmware: boot.firmware, writable: boot.writable };
  return boot.kind === 'iso' ? { kind, firmware: boot.firmware } : { kind };
}

/** All logs of the machine's folder that are not empty; each backend has one named after itself. */
async function logFiles(dir: string): Promise<SupportFile[]> {
  const names = (await readdir(dir)).filter((name) => /\.log(?:\.1)?$/.test(name));
  const files = await Promise.all(names.map((name) => logFile(dir, name)));
  return files.filter(({ text }) => text !== '');
}

async function logFile(dir: string, name: string): Promise<SupportFile> {
  const bytes = await readFile(join(dir, name));
  const what = describedLogs[name] ?? `what ${name.replace(/\.log.*$/, '')} wrote`;
  return { name: `host/${name}`, text: bytes.subarray(-maxLogBytes).toString('utf8'), what };
}
