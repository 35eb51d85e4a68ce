import { isObject } from '../json/is-object.ts';

/**
 * `/etc/kit/image.json`, which `kit build` puts into every layered image: what the image consists of, as
 * digests, so that another image can be compared with it.
 */
export interface ImageInventory {
  readonly version: 1;
  /** `amd64` */
  readonly arch: string;
  /** The manifest's `updates: {stateVersion}`; 0 without it. */
  readonly stateVersion: number;
  /**
   * Digests of all that only a boot can change, by names for people: `the kernel`, `onboot entry "format"`,
   * `file "/etc/motd"`.
   */
  readonly machine: Readonly<Record<string, string>>;
  /** Digests of the bundles of services, by their names. */
  readonly services: Readonly<Record<string, string>>;
}

/** An image with more of one kind was not made by this program. */
const mostEntries = 20_000;

/** @throws RangeError, to follow a colon */
export function checkInventory(value: unknown): ImageInventory {
  if (!isObject(value) || value.version !== 1) throw new RangeError('it is not an inventory of version 1');
  const { arch, stateVersion, machine, services } = value;
  if (typeof arch !== 'string') throw new RangeError('it names no architecture');
  if (!Number.isSafeInteger(stateVersion) || Number(stateVersion) < 0)
    throw new RangeError('its version of the state is not a whole number');
  return {
    ...{ version: 1, arch, stateVersion: Number(stateVersion) },
    ...{ machine: digests(machine), services: digests(services) },
  };
}

function digests(value: unknown): Record<string, string> {
  const entries = isObject(value) ? Object.entries(value) : [];
  if (!isObject(value) || entries.length > mostEntries)
    throw new RangeError('it has no list of digests, or too long a one');
  const texts = entries.map(([name, digest]) => {
    if (typeof digest === 'string' && /^[0-9a-f]{64}$/.test(digest)) return [name, digest] as const;
    throw new RangeError(`"${name.slice(0, 80)}" has no digest`);
  });
  return Object.fromEntries(texts);
}
