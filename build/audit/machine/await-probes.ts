import { setTimeout as pause } from 'node:timers/promises';
import { type ProbeResult, parseProbeLine, probeEnd } from '../../../lib/audit/probe-line.ts';
import type { Service } from '../../../lib/control/generated/control.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import type { MachineClient } from '../../machine/client/client.ts';
import { isUnavailable } from '../../machine/client/grpc-errors.ts';
import { failureText, readinessOf } from '../../machine/client/readiness.ts';
import { logLines } from '../../machine/logs/logs.ts';
import { consoleTail } from '../../machine/records/console-tail.ts';
import { isLive, type Machine, readMachine } from '../../machine/records/find.ts';

const pollMs = 500;

/**
 * Resolves when all probes have ended. @throws KitError when a service of the image itself does not come up,
 * since they attack running services; when the machine ends; when the time is over
 */
export async function awaitProbes(
  client: MachineClient,
  { dir }: Machine,
  probes: ReadonlySet<string>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  const endMs = performance.now() + timeoutMs;
  for (let last: readonly Service[] = []; ; await pause(pollMs, undefined, { signal })) {
    const current = await readMachine(dir);
    if (!current || !isLive(current)) {
      const reason = current?.record.reason ?? 'it is gone';
      throw new KitError(`Cannot audit the image: its machine ended: ${reason}${await consoleTail(dir)}`);
    }
    last = (await services(client)) ?? last;
    const [own, shadows] = [
      last.filter(({ name }) => !probes.has(name)),
      last.filter(({ name }) => probes.has(name)),
    ];
    const readiness = readinessOf({ services: own }, { allowFailed: false });
    if (readiness.kind === 'failed')
      throw new KitError(
        `Cannot audit the image: ${readiness.failures.join('; ')}${await consoleTail(dir)}`,
        {
          hint:
            current.record.accel === 'none'
              ? 'a container cannot do all that a machine can (docs/running.md): audit it without --container'
              : undefined,
        },
      );
    if (shadows.length === probes.size && shadows.every(hasEnded)) return;
    if (performance.now() > endMs) {
      const late = last.filter((one) => !hasEnded(one)).map(failureText);
      const why = late.length > 0 ? late.join('; ') : 'its guest does not answer';
      throw new KitError(`Cannot audit the image within ${Math.round(timeoutMs / 1000)} s: ${why}`, {
        hint: '--timeout allows it more time',
      });
    }
  }
}

async function services(client: MachineClient): Promise<readonly Service[] | undefined> {
  try {
    return (await client.status()).services;
  } catch (thrown) {
    if (isUnavailable(thrown)) return undefined;
    throw thrown;
  }
}

const hasEnded = ({ state, lastExit }: Service): boolean =>
  state === 'failed' || (state === 'stopped' && lastExit !== '');

/** What the probe in one service has reported. */
export interface ProbeReport {
  readonly results: readonly ProbeResult[];
  /** It has tried everything. */
  readonly complete: boolean;
  /** The last lines that are no results: why it has not. */
  readonly messages: readonly string[];
}

const keptMessages = 5;

/** The reports of the probes, by the names of their services. */
export async function readProbes(
  client: MachineClient,
  probes: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ProbeReport>> {
  const lines = new Map([...probes].map((name) => [name, [] as string[]]));
  const request = { services: [...probes], follow: false, tail: 0, sinceMs: 0n, all: false };
  for await (const { source, message } of logLines(client, request, async () => false, signal))
    lines.get(source)?.push(message);
  return new Map([...lines].map(([name, own]) => [name, readReport(own)]));
}

function readReport(lines: readonly string[]): ProbeReport {
  const parsed = lines.map((line) => ({ line, result: parseProbeLine(line) }));
  const results = parsed.flatMap(({ result }) => result ?? []);
  return {
    results: results.filter(({ id }) => id !== probeEnd),
    complete: results.some(({ id }) => id === probeEnd),
    messages: parsed.flatMap(({ line, result }) => (result ? [] : [line])).slice(-keptMessages),
  };
}
