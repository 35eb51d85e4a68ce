import type { LogLine } from '../../../lib/control/generated/control.ts';
import { visibleTime } from '../../../lib/errors/visible-time.ts';
import { exactJson } from '../../../lib/json/exact-json.ts';
import type { MachineClient } from '../client/client.ts';
import { grpcReason } from '../client/grpc-errors.ts';
import { incidentRow } from '../logs/incidents.ts';
import { logLines } from '../logs/logs.ts';
import type { MissingPart, SupportFile } from './archive.ts';

/** Characters of one source's log: of a longer one, its end is taken. */
const maxLogLength = 32 << 20;

export interface GuestPart {
  readonly files: readonly SupportFile[];
  readonly missing: readonly MissingPart[];
}

/** The guest's reports about itself, and the reasons for those that are missing. */
export async function guestPart(client: MachineClient, signal: AbortSignal): Promise<GuestPart> {
  const files: SupportFile[] = [];
  const missing: MissingPart[] = [];
  const parts: readonly (readonly [name: string, ask: () => Promise<readonly SupportFile[]>])[] = [
    ['guest/status.json', () => statusFile(client)],
    ['guest/incidents.json', () => incidentsFile(client)],
    ['guest/logs', () => logFiles(client, signal)],
    ['guest/report', () => reportFiles(client)],
  ];
  for (const [name, ask] of parts) {
    signal.throwIfAborted();
    try {
      files.push(...(await ask()));
    } catch (thrown) {
      signal.throwIfAborted();
      missing.push({ name, why: grpcReason(thrown) });
      // A guest that does not answer this would not answer the others either.
      if (name === 'guest/status.json') break;
    }
  }
  const rest = missing.some(({ name }) => name === 'guest/status.json') ? parts.slice(1) : [];
  return { files, missing: [...missing, ...rest.map(([name]) => ({ name, why: 'the same' }))] };
}

async function statusFile(client: MachineClient): Promise<SupportFile[]> {
  const text = `${exactJson(await client.status(), 1)}\n`;
  return [{ name: 'guest/status.json', text, what: 'the machine and its services' }];
}

async function incidentsFile(client: MachineClient): Promise<SupportFile[]> {
  const { incidents, bootId } = await client.incidents('');
  const rows = incidents.map((incident) => incidentRow(incident, bootId));
  const text = `${exactJson(rows, 1)}\n`;
  return [{ name: 'guest/incidents.json', text, what: 'what failed, and why' }];
}

/** `TIME STREAM MESSAGE`, a file for each source. */
async function logFiles(client: MachineClient, signal: AbortSignal): Promise<SupportFile[]> {
  const texts = new Map<string, { lines: string[]; length: number }>();
  const wanted = { services: [], all: true, follow: false, tail: 0, sinceMs: 0n };
  for await (const line of logLines(client, wanted, async () => false, signal)) {
    const log = texts.get(line.source) ?? { lines: [], length: 0 };
    texts.set(line.source, log);
    const text = lineText(line);
    log.lines.push(text);
    log.length += text.length;
    while (log.length > maxLogLength) log.length -= log.lines.shift()?.length ?? 0;
  }
  return [...texts].map(([source, { lines }]) => ({
    name: `guest/logs/${fileName(source)}.log`,
    text: lines.join(''),
    what: `what ${source} wrote`,
  }));
}

const lineText = ({ timeMs, stream, message }: LogLine): string =>
  `${visibleTime(timeMs)} ${stream} ${message}\n`;

async function reportFiles(client: MachineClient): Promise<SupportFile[]> {
  const parts = await client.report();
  return parts.map(({ name, text }) => {
    const path = name.split('/').map(fileName).join('/');
    return { name: `guest/report/${path}`, text, what: whatOf(name) };
  });
}

/**
 * The guest chooses the names: this keeps them from leading out of the folder when the archive is unpacked.
 */
const fileName = (text: string): string => text.replace(/[^A-Za-z0-9._-]/g, '_').replace(/^\.+/, '_') || '_';

const described: Readonly<Record<string, string>> = {
  'command-line.txt': "the kernel's command line, values of unknown parameters left out",
  'boot.json': 'what the boot spent its time on',
  'starts.json': 'when onboot containers and services were started, and ready',
  'memory.json': 'memory in use when all services were ready',
  'bundles.json': 'what the manifest became, without arguments, environment and files',
  'layers.txt': 'the layers',
  'mounts.json': 'mounts',
  'network.json': 'addresses',
  'resolv.conf': 'name servers',
  'containerd.json': 'what containerd runs',
  'supervisor.json': "the supervisor's own state",
  'processes.txt': 'processes, without their command lines',
};

function whatOf(name: string): string {
  if (name.startsWith('cgroups/')) return 'what its control group counts';
  return described[name] ?? `the kernel's /${name.replace(/\.txt$/, '')}`;
}
