import { expect, test } from 'vitest';
import { formatLayerIndex, type LayerIndexEntry, layerId, parseLayerIndex } from './layers.ts';

const entries: LayerIndexEntry[] = [
  { id: '0'.repeat(16), bytes: 4096, use: 'root' },
  { id: 'f'.repeat(16), bytes: 8192, use: 'bundle' },
];

test('golden: the index has a line for each layer', () => {
  const text = '0000000000000000 4096 root\nffffffffffffffff 8192 bundle\n';
  expect(formatLayerIndex(entries)).toBe(text);
  expect(parseLayerIndex(text)).toEqual(entries);
});

test.each(['0000 1 root', '0000000000000000 1', '0000000000000000 1 other', '0000000000000000 -1 root'])(
  'the line %j is refused',
  (line) => {
    expect(() => parseLayerIndex(`${line}\n`)).toThrow(`Cannot read layer index line "${line}"`);
  },
);

test('an id is the beginning of the diff id', () => {
  expect(layerId(`sha256:${'ab'.repeat(32)}`)).toBe('ab'.repeat(8));
});
