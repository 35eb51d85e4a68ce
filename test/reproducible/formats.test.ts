import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Arch } from '../../build/host/arch.ts';
import { formatNames } from '../../build/outputs/formats.ts';
import { writeTiny } from './tiny.ts';
import { type BuildWorld, canBeAnother, otherWorld, ownWorld, runIn } from './world.ts';

/**
 * Builds the same manifest in every format three times: here; here again with the cache of the first build;
 * and with another user (when root runs the tests), checkout, folder, cache, home, time zone, locale, umask
 * and timestamps.
 */
const root = mkdtempSync(join(tmpdir(), 'kit-same-'));
afterAll(() => rmSync(root, { recursive: true, force: true }), 60_000);

const arches = ['amd64', 'arm64'] as const;
const places = ['here', 'again', 'elsewhere'] as const;
type Place = (typeof places)[number];

/** Checksums of the files by world and architecture, then by format, then by name. */
const sums = new Map<string, Record<string, Record<string, string>>>();

const made = (place: Place, arch: Arch, format: string): Record<string, string> =>
  sums.get(`${place} ${arch}`)?.[format] ?? {};

beforeAll(async () => {
  for (const place of places) mkdirSync(join(root, place));
  chmodSync(root, 0o755);
  const here = ownWorld(join(root, 'here'));
  await Promise.all([
    buildAll('here', here, new Date(0)).then(() => buildAll('again', here, new Date(1e12))),
    otherWorld(join(root, 'elsewhere')).then((world) => buildAll('elsewhere', world, new Date())),
  ]);
}, 900_000);

async function buildAll(place: Place, world: BuildWorld, mtime: Date): Promise<void> {
  for (const arch of arches) {
    const manifest = await writeTiny(join(root, place, `manifest of ${place}`, arch), arch, mtime);
    const out = join(root, place, `out-${arch}`);
    mkdirSync(out);
    chmodSync(out, 0o777);
    const printed = await runIn(world, 'test/reproducible/every-format.ts', [manifest, arch, out]);
    sums.set(`${place} ${arch}`, JSON.parse(printed));
  }
}

describe(`every format is reproducible${canBeAnother ? '' : ' (not as another user: needs root)'}`, () => {
  test.each(formatNames.flatMap((format) => arches.map((arch) => [format, arch] as const)))(
    '%s for %s',
    (format, arch) => {
      const here = made('here', arch, format);
      expect(Object.keys(here)).not.toEqual([]);
      expect(made('again', arch, format)).toEqual(here);
      expect(made('elsewhere', arch, format)).toEqual(here);
    },
  );

  test.each(formatNames)('%s is built for at least one architecture', (format) => {
    const refusals = arches.filter((arch) => made('here', arch, format).refused !== undefined);
    expect(refusals.length).toBeLessThan(arches.length);
    for (const arch of refusals) expect(made('here', arch, format).refused).toContain(arch);
  });
});
