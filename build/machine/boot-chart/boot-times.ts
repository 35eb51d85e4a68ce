import type { StatusReply } from '../../../lib/control/generated/control.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import type { MachineClient } from '../client/client.ts';

/** One bar of a chart; milliseconds since the kernel started. */
export interface BootBar {
  /** `phase`: the kernel, stage 1, and the steps of PID 1, one after another. The others run beside them. */
  readonly kind: 'phase' | 'daemon' | 'onboot' | 'service';
  readonly name: string;
  readonly startMs: number;
  /** Its process ran; null for phases, and where that is not known. */
  readonly startedMs: number | null;
  /** The end of a phase or of an onboot container; when a service was ready. Null: not yet. */
  readonly endMs: number | null;
}

export interface BootTimes {
  /** When all services were ready or had failed; null: not yet. */
  readonly readyMs: number | null;
  /** In the order of their beginnings. */
  readonly bars: readonly BootBar[];
  /** Bytes in use: MemTotal less MemAvailable; those of a container are the host's, and not told. */
  readonly memory: {
    /** When all services were ready; null: not yet, or not known. */
    readonly atReadyBytes: number | null;
    readonly nowBytes: number | null;
    /** What the control groups of services that run have now, file pages included. */
    readonly services: readonly { readonly name: string; readonly bytes: number }[];
  };
}

/** A machine says more than a few dozen only if somebody makes it. */
const mostRows = 10_000;

/**
 * What the last boot of a machine spent its time on. @param ownMemory false for a container
 * @throws KitError, gRPC errors
 */
export async function bootTimes(
  client: Pick<MachineClient, 'report' | 'status'>,
  name: string,
  ownMemory = true,
): Promise<BootTimes> {
  const status = await client.status();
  const parts = new Map((await client.report()).map((part) => [part.name, part.text]));
  const rows = (part: string): Row[] => rowsOf(parts.get(part) ?? '[]', part, name);
  const phases = rows('boot.json');
  if (phases.length === 0) {
    throw new KitError(
      `Cannot chart the boot of machine "${name}": it has not said how long its steps took`,
      {
        hint: 'its boot may not be over: kit ps shows its state',
      },
    );
  }
  const ready = phases.find(({ phase }) => phase === 'ready');
  const bars = [...phases.flatMap(phaseBar), ...rows('starts.json').flatMap(startBar)];
  const [memory] = rowsOf(`[${parts.get('memory.json') ?? 'null'}]`, 'memory.json', name);
  return {
    readyMs: timeOf(ready?.endMs),
    bars: bars.toSorted((a, b) => a.startMs - b.startMs),
    memory: {
      atReadyBytes: ownMemory ? bytesOf(memory?.atReadyBytes) : null,
      ...memoryNow(status, ownMemory),
    },
  };
}

type Row = Readonly<Record<string, unknown>>;

/** The guest's JSON is text of somebody else. */
function rowsOf(text: string, part: string, machine: string): Row[] {
  const wrong = new KitError(`Cannot read the times of machine "${machine}": "${part}" is damaged`);
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value) || value.length > mostRows) throw wrong;
    return value.filter((row): row is Row => typeof row === 'object' && row !== null);
  } catch {
    throw wrong;
  }
}

/** A year: beyond it no boot is charted. */
const mostMs = 365 * 24 * 3600 * 1000;

const timeOf = (value: unknown): number | null =>
  typeof value === 'number' && value >= 0 && value <= mostMs ? value : null;

const bytesOf = (value: unknown): number | null =>
  Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : null;

function memoryNow(
  { memoryTotal, memoryAvailable, services }: StatusReply,
  ownMemory: boolean,
): Pick<BootTimes['memory'], 'nowBytes' | 'services'> {
  const running = services.filter(({ pid }) => pid > 0);
  return {
    nowBytes: ownMemory ? Number(memoryTotal - memoryAvailable) : null,
    services: running.map(({ name, memoryBytes }) => ({ name, bytes: Number(memoryBytes) })),
  };
}

function phaseBar({ phase, startMs, endMs }: Row): BootBar[] {
  const [start, end] = [timeOf(startMs), timeOf(endMs)];
  if (typeof phase !== 'string' || start === null || end === null || end < start) return [];
  return [{ kind: 'phase', name: phase, startMs: start, startedMs: null, endMs: end }];
}

const kinds: Readonly<Record<string, BootBar['kind']>> = {
  daemons: 'daemon',
  onboot: 'onboot',
  services: 'service',
};

function startBar({ section, name, startMs, startedMs, readyMs }: Row): BootBar[] {
  const kind = typeof section === 'string' && Object.hasOwn(kinds, section) ? kinds[section] : undefined;
  const start = timeOf(startMs);
  if (kind === undefined || typeof name !== 'string' || start === null) return [];
  return [{ kind, name, startMs: start, startedMs: timeOf(startedMs), endMs: timeOf(readyMs) }];
}
