import { signalNumber } from '../../../lib/process/signals.ts';

const sigterm = 15;

/** `SIGTERM` to 15; an unknown name, of which only a client can think, counts as SIGTERM. */
export const numberOrTerm = (name: string): number => signalNumber(name) ?? sigterm;
