import { statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { ReadyProbe } from '../../../lib/bundle/bundle.ts';
import { codeOf, reasonOf } from '../../../lib/errors/errors.ts';
import { connectIn } from './own-port.ts';

/** Milliseconds between two tries: 50, growing to 1000, as an emulated machine has better things to do. */
const tries = { first: 50, most: 1000, growth: 1.5 } as const;

/** Milliseconds that one try may take. A program may have to be loaded first. */
const limits = { connect: 1000, http: 5000, exec: 30_000 } as const;

/** What a probe can ask of the service itself. */
export interface Probed {
  /** Of its process, whose network the ports are in. */
  readonly pid: number;
  /** Its present run has written a line that its `ready.log` matches. */
  hasLogged(): boolean;
  /** Runs a program in its container; true when that ended with status 0 within the time. */
  succeeds(command: readonly string[], limitMs: number): Promise<boolean>;
}

/** Tries until the probe passes; false when `signal` came first. */
export async function untilReady(probe: ReadyProbe, service: Probed, signal: AbortSignal): Promise<boolean> {
  for (let ms: number = tries.first; !signal.aborted; ms = Math.min(ms * tries.growth, tries.most)) {
    if ((await findFault(probe, service)) === '') return !signal.aborted;
    await pause(ms);
  }
  return false;
}

/** One try: why the probe does not pass, as `port 8080 refuses connections`; empty when it does. */
export async function findFault(probe: ReadyProbe, service: Probed): Promise<string> {
  const { tcp, http, exec, log, file } = probe;
  if (file !== undefined) return statSync(file, { throwIfNoEntry: false }) ? '' : `${file} is not there`;
  if (log !== undefined) return service.hasLogged() ? '' : `no line matches ${log}`;
  if (exec !== undefined)
    return (await service.succeeds(exec, limits.exec)) ? '' : `"${exec.join(' ')}" does not succeed`;
  try {
    if (http !== undefined) return await askWeb(service.pid, http);
    if (tcp !== undefined) (await connectIn(service.pid, tcp, limits.connect)).destroy();
    return '';
  } catch (thrown) {
    return `port ${http?.port ?? tcp} ${portFault(thrown)}`;
  }
}

function portFault(thrown: unknown): string {
  if (codeOf(thrown) === 'ECONNREFUSED') return 'refuses connections';
  const late = thrown instanceof Error && thrown.name === 'AbortError';
  return late ? 'does not answer in time' : `cannot be reached: ${reasonOf(thrown)}`;
}

/** Of the page that comes with the status, read so that the service does not find its connection broken. */
const pageLimit = 1 << 16;

/** The status alone counts. Node's client is loaded only where somebody asks for this. */
async function askWeb(pid: number, { port, path }: NonNullable<ReadyProbe['http']>): Promise<string> {
  const { get } = process.getBuiltinModule('node:http');
  const socket = await connectIn(pid, port, limits.connect);
  const signal = AbortSignal.timeout(limits.http);
  return new Promise((resolve, reject) => {
    const host = '127.0.0.1';
    const request = get({ host, port, path, signal, createConnection: () => socket }, (answer) => {
      let left = pageLimit;
      answer
        .on('error', () => {})
        .on('data', (piece: Buffer) => {
          left -= piece.length;
          if (left < 0) request.destroy();
        });
      const { statusCode = 0 } = answer;
      resolve(statusCode >= 200 && statusCode < 400 ? '' : `port ${port} answers ${path} with ${statusCode}`);
    });
    request.on('error', reject);
  });
}
