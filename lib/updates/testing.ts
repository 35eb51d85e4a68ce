import { createHash } from 'node:crypto';
import type { ImageInventory } from './inventory.ts';

type Texts = Readonly<Record<string, string>>;

/** An inventory for tests. Texts stand for digests, and become such. */
export function testInventory(part: Partial<ImageInventory>): ImageInventory {
  const digests = (texts: Texts = {}): Texts =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, digestOf(text)]));
  return {
    ...{ version: 1, arch: part.arch ?? 'amd64', stateVersion: part.stateVersion ?? 0 },
    ...{ machine: digests(part.machine), services: digests(part.services) },
  };
}

const digestOf = (text: string): string =>
  /^[0-9a-f]{64}$/.test(text) ? text : createHash('sha256').update(text).digest('hex');
