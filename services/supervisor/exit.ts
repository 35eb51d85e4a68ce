import { constants } from 'node:os';
import type { Exit } from '../../lib/containerd/client.ts';

const signalNames = new Map<number, string>(
  Object.entries(constants.signals).map(([name, number]) => [number, name]),
);

/** `SIGTERM` to 15; a name nobody knows is SIGTERM. */
export function signalNumber(name: string): number {
  return (
    Object.entries(constants.signals).find(([known]) => known === name)?.[1] ?? constants.signals.SIGTERM
  );
}

/** `exit status 1`, `killed by SIGKILL`: containerd reports a signal as 128 + its number. */
export function exitSentence(exit: Exit | null): string {
  if (!exit) return 'ended while containerd was away';
  const signal = signalNames.get(exit.status - 128);
  return signal ? `killed by ${signal}` : `exit status ${exit.status}`;
}
