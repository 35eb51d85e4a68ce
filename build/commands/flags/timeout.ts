import { KitError } from '../../../lib/errors/errors.ts';
import type { KitCommand } from '../../cli/kit-command.ts';

/** @param fallback the default, in seconds */
export function withTimeout(command: KitCommand, description: string, fallback: number): KitCommand {
  return command.option('--timeout <seconds>', description, String(fallback));
}

/** Seconds as milliseconds. @throws KitError unless it is a number above 0 */
export function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (Number.isFinite(seconds) && seconds > 0) return seconds * 1000;
  throw new KitError(`Cannot wait "${text}" seconds: expected a number above 0`, { exitCode: 2 });
}
