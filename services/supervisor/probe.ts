import { statSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { ReadyProbe } from '../../lib/bundle/bundle.ts';

/** Milliseconds between two tries: 50, growing to 1000, as an emulated machine has better things to do. */
const tries = { first: 50, most: 1000, growth: 1.5 } as const;

/** Tries until the probe passes; false when `signal` came first. */
export async function untilReady(probe: ReadyProbe, signal: AbortSignal): Promise<boolean> {
  for (let ms: number = tries.first; !signal.aborted; ms = Math.min(ms * tries.growth, tries.most)) {
    if (await passes(probe)) return !signal.aborted;
    await pause(ms);
  }
  return false;
}

async function passes({ tcp, file }: ReadyProbe): Promise<boolean> {
  if (file !== undefined) return statSync(file, { throwIfNoEntry: false }) !== undefined;
  return tcp === undefined || acceptsConnection(tcp);
}

/** On 127.0.0.1, within a second. */
function acceptsConnection(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 1000 });
    const done = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => done(true));
    socket.once('timeout', () => done(false));
    socket.once('error', () => done(false));
  });
}
