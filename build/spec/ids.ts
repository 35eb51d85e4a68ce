import type { Manifest } from '../manifest/types.ts';
import { FieldError } from './field-error.ts';

/** Numbers by the name of an entry. */
export type Ids = ReadonlyMap<string, number>;

const firstId = 100;

/** -1 to setresuid(2), which leaves the user as it is: root. */
const unchanged = 2 ** 32 - 1;

/** Every entry of onboot, onshutdown and services has a number of its own, counted in this order. */
export function entryIds({
  onboot,
  onshutdown,
  services,
}: Pick<Manifest, 'onboot' | 'onshutdown' | 'services'>): Ids {
  return new Map([...onboot, ...onshutdown, ...services].map(({ value }, at) => [value.name, firstId + at]));
}

/** A number as it is; a name by the map; nothing, `root` and the empty text are 0. */
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
      `no entry is called "${id}"`,
      'an id is a number, "root", or the name of an entry',
    );
  }
  return number;
}
