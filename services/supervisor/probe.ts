import { statSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { ReadyProbe } from '../../lib/bundle/bundle.ts';

/** Milliseconds between two tries: 50, growing to 1000, as an emulated machine has better things to do. */
const tries = { first: 50, most: 1000, growth: 1.5 } as const;

/** Milliseconds that one try may take. A program may have to be loaded first. */
const limits = { connect: 1000, http: 5000, exec: 30_000 } as const;

/** What a probe can ask of the service itself. */
export interface Probed {
  /** Its present run has written a line that its `ready.log` matches. */
  hasLogged(): boolean;
  /** Runs a program in its container; true when that ended with status 0 within the time. */
  succeeds(command: readonly string[], limitMs: number): Promise<boolean>;
}

/** Tries until the probe passes; false when `signal` came first. */
export async function untilReady(probe: ReadyProbe, service: Probed, signal: AbortSignal): Promise<boolean> {
  for (let ms: number = tries.first; !signal.aborted; ms = Math.min(ms * tries.growth, tries.most)) {
    if (await passes(probe, service)) return !signal.aborted;
    await pause(ms);
  }
  return false;
}

async function passes({ tcp, http, exec, log, file }: ReadyProbe, service: Probed): Promise<boolean> {
  if (file !== undefined) return statSync(file, { throwIfNoEntry: false }) !== undefined;
  if (log !== undefined) return service.hasLogged();
  if (exec !== undefined) return service.succeeds(exec, limits.exec);
  if (http !== undefined) return answersWell(http);
  return tcp === undefined || acceptsConnection(tcp);
}

/** On 127.0.0.1. */
function acceptsConnection(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: limits.connect });
    const done = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => done(true));
    socket.once('timeout', () => done(false));
    socket.once('error', () => done(false));
  });
}

/** The status alone counts. Node's client is loaded only where somebody asks for this. */
async function answersWell({ port, path }: NonNullable<ReadyProbe['http']>): Promise<boolean> {
  const { get } = process.getBuiltinModule('node:http');
  const signal = AbortSignal.timeout(limits.http);
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path, signal, agent: false }, ({ statusCode = 0 }) => {
      request.destroy();
      resolve(statusCode >= 200 && statusCode < 400);
    });
    request.once('error', () => resolve(false));
  });
}
