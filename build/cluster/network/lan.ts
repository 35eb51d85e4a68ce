import { readFile } from 'node:fs/promises';
import { writePrivateJson } from '../../machine/records/private-json.ts';

/** A network between the machines of a cluster, as its switch reads it; kit is the only writer. */
export interface Lan {
  /** The switch's own address, which gives the others: `10.90.0.1`. */
  readonly server: string;
  /** Bits of the network's part of an address. */
  readonly prefix: number;
  /** Addresses by those of the network cards: `{"52:54:00:12:34:56": "10.90.0.2"}`. */
  readonly hosts: Readonly<Record<string, string>>;
}

export const writeLan = (path: string, lan: Lan): Promise<void> => writePrivateJson(path, lan);

export const loadLan = async (path: string): Promise<Lan> => JSON.parse(await readFile(path, 'utf8')) as Lan;
