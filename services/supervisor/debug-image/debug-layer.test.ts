import { expect, test } from 'vitest';
import { parseDebugLayer, parseDebugLayers } from './debug-layer.ts';

const layer = { id: '0123456789abcdef', digest: `sha256:${'0'.repeat(64)}`, bytes: 5n };

test('a valid layer is accepted unchanged', () => {
  expect(parseDebugLayer(layer)).toEqual({ ...layer, bytes: 5 });
});

test.each([
  [{ id: '../../etc' }, '"../../etc" is not the id of a layer'],
  [{ id: '0123456789ABCDEF' }, 'is not the id of a layer'],
  [{ digest: 'sha256:../x' }, '"sha256:../x" is not a digest'],
  [{ bytes: 0n }, 'it cannot have 0 bytes'],
  [{ bytes: 1n << 60n }, 'it cannot have 1152921504606846976 bytes'],
])('%o is refused', (change, reason) => {
  expect(() => parseDebugLayer({ ...layer, ...change })).toThrow(reason);
});

test('an image has 1 to 100 layers', () => {
  expect(parseDebugLayers(Array(100).fill(layer))).toHaveLength(100);
  for (const count of [0, 101])
    expect(() => parseDebugLayers(Array(count).fill(layer))).toThrow(`1 to 100 layers, not ${count}`);
});
