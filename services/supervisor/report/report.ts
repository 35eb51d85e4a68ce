import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { guestPaths } from '../../../lib/bundle/bundle.ts';
import { maskCommandLine } from '../../../lib/cmdline/mask-command-line.ts';
import type { ReportReply } from '../../../lib/control/generated/control.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { exactJson } from '../../../lib/json/exact-json.ts';
import { listMounts } from '../../../lib/linux/mount/mountinfo.ts';
import { readTaskReports } from '../init/task-reports.ts';
import type { Driver } from '../service/driver.ts';
import { readTextOrEmpty } from '../usage/cgroup.ts';
import { reportedBundles } from './bundles.ts';
import { cgroupText, kernelFiles } from './kernel-files.ts';
import { processTable } from './processes.ts';

export interface ReportSettings {
  /** The folder of bundles. */
  readonly containers: string;
  /** The folder of PID 1's task reports. */
  readonly reports: string;
  /** Lists the tasks that containerd knows. */
  readonly tasks: () => Promise<readonly object[]>;
}

/** Maximum characters of one part. */
const maxPartLength = 256 * 1024;

/**
 * The Report call of control.proto: information for diagnosing a machine. It contains only what is listed
 * here, so that no file, metadata or environment of a service can leak through it.
 */
export async function readReport(driver: Driver, settings: ReportSettings): Promise<ReportReply> {
  const parts: Readonly<Record<string, () => string | Promise<string>>> = {
    'command-line.txt': () => maskCommandLine(readTextOrEmpty('/proc/cmdline')),
    'boot.json': () => readTextOrEmpty('/run/kit/boot.json'),
    'starts.json': () => json([...taskStarts(settings.reports), ...driver.firstStarts.list()]),
    'memory.json': () => json({ atReadyBytes: driver.firstStarts.memoryAtReady }),
    'bundles.json': () => json(reportedBundles(settings.containers)),
    'layers.txt': () => readTextOrEmpty(join(guestPaths.layerFiles, 'index')),
    'mounts.json': () => json(listMounts().map(reportedMount)),
    'network.json': () => json(networkInterfaces()),
    'resolv.conf': () => readTextOrEmpty('/etc/resolv.conf'),
    'containerd.json': async () => json(await settings.tasks()),
    'supervisor.json': () =>
      json({ node: process.version, memory: process.memoryUsage(), ...reportedState(driver) }),
    'processes.txt': processTable,
    ...Object.fromEntries(
      kernelFiles.map((file) => [`proc/${file}.txt`, () => readTextOrEmpty(join('/proc', file))]),
    ),
    ...Object.fromEntries(
      [...driver.runners].map(([name]) => [`cgroups/${name}.txt`, () => serviceCgroupText(driver, name)]),
    ),
  };
  const read = Object.entries(parts).map(async ([name, part]) => ({
    name,
    text: shortened(await textOrReason(part)),
  }));
  return { parts: (await Promise.all(read)).filter(({ text }) => text !== '') };
}

async function textOrReason(part: () => string | Promise<string>): Promise<string> {
  try {
    return await part();
  } catch (thrown) {
    return `Cannot tell: ${reasonOf(thrown)}\n`;
  }
}

const json = (value: unknown): string => `${exactJson(value, 1)}\n`;

const shortened = (text: string): string =>
  text.length > maxPartLength
    ? `${text.slice(0, maxPartLength)}\n… ${text.length - maxPartLength} characters more\n`
    : text;

/** Source and options of a network share may contain a password. */
function reportedMount({ target, type, source, options }: ReturnType<typeof listMounts>[number]): object {
  const plain = !/[@?]|^\/\//.test(source);
  return {
    target,
    type,
    source: plain ? source : '…',
    options: options.filter((one) => /^[a-z]+$/.test(one)),
  };
}

/** The onboot containers as rows of `FirstStart`: they are ready when they have ended. */
function taskStarts(folder: string): object[] {
  return readTaskReports(folder, 'onboot').map(({ section, name, startedMs, finishedMs }) => ({
    ...{ section, name, startMs: startedMs, startedMs, readyMs: finishedMs },
  }));
}

function reportedState({ state }: Driver): object {
  const services = state.services.map(({ policy: _policy, ...service }) => service);
  return { stage: state.stage, services };
}

function serviceCgroupText(driver: Driver, name: string): string {
  const path = driver.runners.get(name)?.cgroup.path(driver.service(name)?.pid ?? 0);
  return path?.startsWith('/') ? cgroupText(path) : '';
}
