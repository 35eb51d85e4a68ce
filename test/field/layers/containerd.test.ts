import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { referenceList } from '../../../build/layers/testing/reference.ts';
import { needsRoot } from '../../support/needs.ts';
import { testTools } from '../../support/tools.ts';
import { Containerd } from './containerd.ts';
import { crafted } from './crafted.ts';

/** Where containerd departs from the image specification, or refuses what kit takes, and with which words. */
const departs: Readonly<Record<string, string | object>> = {
  // It cannot mark the root of an overlay.
  'an opaque root': { a: expect.anything(), 'd/x': expect.anything() },
  // It leaves out whiteouts only.
  "AUFS's own files": { '.wh..wh.plnk/12.3': expect.anything() },
  // It sees what one layer ends with: the folder `d`, which does not say that it replaces another.
  'a path that comes again as something else': { 'd/below': expect.anything() },
  'a whiteout and its file in one layer, in both orders': 'failed to convert whiteout file',
  'a folder that is hidden, replaced and comes again': 'failed to convert whiteout file',
  'a hard link to a mark that is one to a file below, which is gone': 'no such file or directory',
  'hard links to files of lower layers': 'no such file or directory',
};

describe('layers as containerd unpacks them', needsRoot('mounts'), () => {
  let containerd: Containerd;
  beforeAll(async () => {
    containerd = await Containerd.start(await testTools());
  }, 300_000);
  afterAll(() => containerd[Symbol.asyncDispose]());

  test.each(Object.entries(crafted))('%s', async (title, stack) => {
    const shown = await containerd.show(stack);
    const [found, expected] = [shown, referenceList(stack)].map((rows) =>
      typeof rows === 'string' ? rows : Object.fromEntries(rows),
    );
    const other = departs[title];
    if (typeof other === 'string') expect(found).toContain(other);
    else if (other) expect(found).toMatchObject({ ...Object(expected), ...other });
    else expect(found).toEqual(expected);
  });
});
