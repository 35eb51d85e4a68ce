import { KitError } from '../../../lib/errors/errors.ts';

/**
 * @param what names the value in the error message: `a port`
 * @throws KitError unless it is an integer in the range
 */
export function parseInteger(text: string, min: number, max: number, what: string): number {
  const number = Number(text);
  if (text !== '' && Number.isInteger(number) && number >= min && number <= max) return number;
  throw new KitError(`Cannot use "${text}" as ${what}: expected an integer from ${min} to ${max}`, {
    exitCode: 2,
  });
}
