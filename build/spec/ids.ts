import type { Manifest } from '../manifest/types.ts';
import { FieldError } from './field-error.ts';

/** The user and group id of each entry, by name. */
export type Ids = ReadonlyMap<string, number>;

const firstId = 100;

/** (uid_t)-1: setresuid(2) leaves the user unchanged, so the process would stay root. */
const unchanged = 2 ** 32 - 1;

/** Assigns an id to every entry of onboot, onshutdown and services, counting in this order. */
export function entryIds({
  onboot,
  onshutdown,
  services,
}: Pick<Manifest, 'onboot' | 'onshutdown' | 'services'>): Ids {
  return new Map([...onboot, ...onshutdown, ...services].map(({ value }, at) => [value.name, firstId + at]));
}

/** Returns a number unchanged and looks up a name; undefined, `root` and the empty string give 0. */
export function resolveId(
  id: string | number | undefined,
  ids: Ids,
  path: readonly (string | number)[],
): number {
  if (typeof id === 'number') return id;
  if (id === undefined || id === '' || id === 'root') return 0;
  if (/^\d{1,10}$/.test(id) && Number(id) < unchanged) return Number(id);
  const number = ids.get(id);
  if (number === undefined) {
    throw new FieldError(
      path,
      `there is no entry "${id}"`,
      'an id is a number, "root", or the name of an entry',
    );
  }
  return number;
}
