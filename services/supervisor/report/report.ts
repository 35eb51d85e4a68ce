import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { guestPaths } from '../../../lib/bundle/bundle.ts';
import { maskCommandLine } from '../../../lib/cmdline/mask-command-line.ts';
import type { ReportReply } from '../../../lib/control/generated/control.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { listMounts } from '../../../lib/linux/mount/mountinfo.ts';
import { cgroupRoot } from '../../../lib/linux/process/cgroup.ts';
import { textOf } from '../memory/cgroup.ts';
import type { Driver } from '../service/driver.ts';
import { reportedBundles } from './bundles.ts';
import { processLines } from './processes.ts';

export interface ReportSettings {
  readonly containers: string;
  /** The tasks that containerd knows of. */
  readonly tasks: () => Promise<readonly object[]>;
}

/** Characters of one part, at most. */
const partLimit = 256 * 1024;

/** Files of the kernel's that hold figures and no words of anybody's. */
const kernelFiles: readonly string[] = [
  ...[
    'version',
    'uptime',
    'loadavg',
    'meminfo',
    'cpuinfo',
    'vmstat',
    'stat',
    'modules',
    'partitions',
    'diskstats',
  ],
  ...[
    'swaps',
    'interrupts',
    'filesystems',
    'pressure/cpu',
    'pressure/memory',
    'pressure/io',
    'net/dev',
    'net/route',
  ],
  ...[
    'net/ipv6_route',
    'net/if_inet6',
    'net/sockstat',
    'net/snmp',
    'sys/kernel/tainted',
    'sys/kernel/boot_id',
  ],
];

const cgroupFiles: readonly string[] = [
  ...['memory.current', 'memory.max', 'memory.peak', 'memory.events', 'memory.stat', 'memory.swap.current'],
  ...['cpu.stat', 'cpu.max', 'cpu.pressure', 'memory.pressure', 'io.pressure', 'io.stat'],
  ...['pids.current', 'pids.max', 'pids.events', 'cgroup.events', 'cgroup.controllers'],
];

/**
 * What somebody needs who is to find out what is wrong with a machine, and no more: what is not named here is not in it, so
 * that no file, no metadata and no environment of a service gets out by this way.
 */
export async function readReport(driver: Driver, settings: ReportSettings): Promise<ReportReply> {
  const parts: Readonly<Record<string, () => string | Promise<string>>> = {
    'command-line.txt': () => maskCommandLine(textOf('/proc/cmdline')),
    'boot.json': () => textOf('/run/kit/boot.json'),
    'bundles.json': () => json(reportedBundles(settings.containers)),
    'layers.txt': () => textOf(join(guestPaths.layerFiles, 'index')),
    'mounts.json': () => json(listMounts().map(shownMount)),
    'network.json': () => json(networkInterfaces()),
    'resolv.conf': () => textOf('/etc/resolv.conf'),
    'containerd.json': async () => json(await settings.tasks()),
    'supervisor.json': () =>
      json({ node: process.version, memory: process.memoryUsage(), ...stateOf(driver) }),
    'processes.txt': processLines,
    ...Object.fromEntries(kernelFiles.map((file) => [`proc/${file}.txt`, () => textOf(join('/proc', file))])),
    ...Object.fromEntries(
      [...driver.runners].map(([name]) => [`cgroups/${name}.txt`, () => cgroupText(driver, name)]),
    ),
  };
  const read = Object.entries(parts).map(async ([name, part]) => ({ name, text: cut(await textFrom(part)) }));
  return { parts: (await Promise.all(read)).filter(({ text }) => text !== '') };
}

async function textFrom(part: () => string | Promise<string>): Promise<string> {
  try {
    return await part();
  } catch (thrown) {
    return `Cannot tell: ${reasonOf(thrown)}\n`;
  }
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;

const cut = (text: string): string =>
  text.length > partLimit
    ? `${text.slice(0, partLimit)}\n… ${text.length - partLimit} characters more\n`
    : text;

/** The options of a share may hold a password, and its source, too. */
function shownMount({ target, type, source, options }: ReturnType<typeof listMounts>[number]): object {
  const plain = !/[@?]|^\/\//.test(source);
  return {
    target,
    type,
    source: plain ? source : '…',
    options: options.filter((one) => /^[a-z]+$/.test(one)),
  };
}

function stateOf({ world }: Driver): object {
  const services = world.services.map(({ policy: _policy, ...service }) => service);
  return { course: world.course, services };
}

function cgroupText(driver: Driver, name: string): string {
  const path = driver.runners.get(name)?.cgroupPath(driver.service(name)?.pid ?? 0);
  if (!path?.startsWith('/')) return '';
  return cgroupFiles.map((file) => `${file}:\n${textOf(join(cgroupRoot, path, file))}`).join('\n');
}
