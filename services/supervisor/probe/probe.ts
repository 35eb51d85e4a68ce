import { statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { ReadyProbe } from '../../../lib/bundle/bundle.ts';
import { codeOf, reasonOf } from '../../../lib/errors/errors.ts';
import { connectInNetworkOf } from './connect-in-network.ts';

/** Milliseconds between two tries: 50, growing to 1000, to spare the CPU of an emulated machine. */
const interval = { first: 50, most: 1000, growth: 1.5 } as const;

/** Time limit of one try, in milliseconds. The program may have to be loaded first. */
const timeouts = { connect: 1000, http: 5000, exec: 30_000 } as const;

/** The service, as a probe sees it. */
export interface ProbeTarget {
  /** The process whose network namespace has the ports. */
  readonly pid: number;
  /** Whether its current run has written a line that matches its `ready.log`. */
  hasLogged(): boolean;
  /** Runs a program in its container; true if that exits with status 0 within the time. */
  succeeds(command: readonly string[], limitMs: number): Promise<boolean>;
}

/** Probes until it passes; false if `signal` was aborted first. */
export async function untilReady(
  probe: ReadyProbe,
  target: ProbeTarget,
  signal: AbortSignal,
): Promise<boolean> {
  for (let ms: number = interval.first; !signal.aborted; ms = Math.min(ms * interval.growth, interval.most)) {
    if ((await findFault(probe, target)) === '') return !signal.aborted;
    await pause(ms);
  }
  return false;
}

/**
 * Probes once. Returns the reason of a failure, such as `port 8080 refuses connections`; empty if it passes.
 */
export async function findFault(probe: ReadyProbe, target: ProbeTarget): Promise<string> {
  const { tcp, http, exec, log, file, timeoutMs } = probe;
  if (file !== undefined) return statSync(file, { throwIfNoEntry: false }) ? '' : `${file} is not there`;
  if (log !== undefined) return target.hasLogged() ? '' : `no line matches ${log}`;
  if (exec !== undefined)
    return (await target.succeeds(exec, timeoutMs ?? timeouts.exec))
      ? ''
      : `"${exec.join(' ')}" does not succeed`;
  try {
    if (http !== undefined) return await probeHttp(target.pid, http, timeoutMs);
    if (tcp !== undefined)
      (await connectInNetworkOf(target.pid, tcp, timeoutMs ?? timeouts.connect)).destroy();
    return '';
  } catch (thrown) {
    return `port ${http?.port ?? tcp} ${portFault(thrown)}`;
  }
}

function portFault(thrown: unknown): string {
  if (codeOf(thrown) === 'ECONNREFUSED') return 'refuses connections';
  const isTimeout = thrown instanceof Error && thrown.name === 'AbortError';
  return isTimeout ? 'does not answer in time' : `cannot be reached: ${reasonOf(thrown)}`;
}

/**
 * Maximum bytes read of the response body. Closing the connection at once would cause an error in a service
 * that is still writing its response.
 */
const maxBodyBytes = 1 << 16;

/** Checks the status only. node:http is loaded at the first HTTP probe, to save memory without one. */
async function probeHttp(
  pid: number,
  { port, path }: NonNullable<ReadyProbe['http']>,
  timeoutMs: number | undefined,
): Promise<string> {
  const { get } = process.getBuiltinModule('node:http');
  const socket = await connectInNetworkOf(pid, port, timeoutMs ?? timeouts.connect);
  const signal = AbortSignal.timeout(timeoutMs ?? timeouts.http);
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, signal, createConnection: () => socket };
    const request = get(options, (response) => {
      let left = maxBodyBytes;
      response
        .on('error', () => {})
        .on('data', (bytes: Buffer) => {
          left -= bytes.length;
          if (left < 0) request.destroy();
        });
      const { statusCode = 0 } = response;
      const isGood = statusCode >= 200 && statusCode < 400;
      resolve(isGood ? '' : `port ${port} answers ${path} with ${statusCode}`);
    });
    request.on('error', reject);
  });
}
