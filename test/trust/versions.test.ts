import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareVersions } from '../../build/debian/version.ts';
import { diskPrograms } from '../disks/tools.ts';

const part = fc.stringMatching(/^[0-9][0-9a-cA-C.+~]{0,7}$/);
const version = fc
  .tuple(fc.constantFrom('', '0:', '1:', '12:'), part, fc.option(fc.stringMatching(/^[0-9a-c.+~]{1,4}$/)))
  .map(([epoch, upstream, revision]) => `${epoch}${upstream}${revision === null ? '' : `-${revision}`}`);

test('versions have the order that dpkg gives them', async () => {
  const run = await diskPrograms();
  const dpkg = async (a: string, relation: string, b: string): Promise<boolean> =>
    (await run('dpkg', ['--compare-versions', a, relation, b])).status === 0;
  await fc.assert(
    fc.asyncProperty(version, version, async (a, b) => {
      const order = Math.sign(compareVersions(a, b));
      expect([a, b, await dpkg(a, order < 0 ? 'lt' : order > 0 ? 'gt' : 'eq', b)]).toEqual([a, b, true]);
    }),
    { numRuns: 150 },
  );
}, 120_000);
