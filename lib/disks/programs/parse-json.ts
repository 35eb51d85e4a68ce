import { KitError, reasonOf } from '../../errors/errors.ts';
import { isObject } from '../../json/is-object.ts';

/**
 * What a program has printed as a JSON object. @param what for the error: `what sfdisk says`
 * @throws KitError for anything else, and for what `read` throws
 */
export function parseWith<T>(what: string, json: string, read: (object: Record<string, unknown>) => T): T {
  try {
    const value: unknown = JSON.parse(json);
    if (!isObject(value)) throw new TypeError('no object');
    return read(value);
  } catch (thrown) {
    throw new KitError(`Cannot understand ${what}: ${reasonOf(thrown)}`, { cause: thrown });
  }
}
