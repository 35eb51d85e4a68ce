import { constants } from 'node:os';

const numbers = new Map<string, number>(Object.entries(constants.signals));
const names = new Map<number, string>(
  Object.entries(constants.signals).map(([name, number]) => [number, name]),
);

/** `SIGTERM` to 15; an unknown name counts as SIGTERM. */
export function signalNumber(name: string): number {
  return numbers.get(name) ?? constants.signals.SIGTERM;
}

/** 15 to `SIGTERM`; undefined for a number without a name. */
export function signalName(number: number): string | undefined {
  return names.get(number);
}
