import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tarEntry } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { emptyTree, treeOf } from '../image-stack.ts';
import type { IndexedEntry } from '../layer-entries.ts';
import { anyStack } from '../testing/generate.ts';
import { type CraftedEntry, type CraftedStack, Refused, referenceList, row } from '../testing/reference.ts';
import { LayerUnpacking } from './layer-unpacking.ts';
import { partsOf } from './path-node.ts';

/** As the tar reader gives it; the content stands where the name of the archive belongs. */
function indexed(entry: CraftedEntry): IndexedEntry {
  const { path, type, linkname, content, device, mode, uid } = entry;
  const [devmajor, devminor] = device;
  const target = type === 'hardlink' ? partsOf(linkname).join('/') : linkname;
  const { body: _, ...rest } = tarEntry({ path: partsOf(path).join('/'), type, mode, uid, linkname: target });
  return { ...rest, devmajor, devminor, file: content, offset: 0 };
}

function unpacked(stack: CraftedStack): Map<string, string> | 'refused' {
  const root = emptyTree();
  try {
    for (const [layer, entries] of stack.entries()) {
      const unpacking = new LayerUnpacking({ root, layer, image: 'x' });
      for (const entry of entries) unpacking.add(indexed(entry));
      unpacking.finish();
    }
  } catch (thrown) {
    if (thrown instanceof KitError) return 'refused';
    throw thrown;
  }
  return new Map(
    [...treeOf(root)].map(([path, node]) => {
      const { type, mode, uid, linkname, file, devmajor, devminor } = node as IndexedEntry;
      const value = { symlink: linkname, file, char: `${devmajor}:${devminor}` }[type as 'file'] ?? '';
      return [path, row(type, mode, uid, value)];
    }),
  );
}

function reference(stack: CraftedStack): Map<string, string> | 'refused' {
  try {
    return referenceList(stack);
  } catch (thrown) {
    if (thrown instanceof Refused) return 'refused';
    throw thrown;
  }
}

/** Comparing texts takes a fraction of the time of comparing maps. */
const textOf = (tree: ReadonlyMap<string, string> | 'refused'): string =>
  tree === 'refused' ? tree : [...tree].sort().join('\n');

test('layers of any form are what unpacking them one after another makes of them', () => {
  fc.assert(
    fc.property(anyStack, (stack) => {
      const [found, wanted] = [unpacked(stack), reference(stack)];
      if (textOf(found) !== textOf(wanted)) expect(found).toEqual(wanted);
    }),
    { numRuns: 1000 },
  );
});
