import { expect, test } from 'vitest';
import { layerBudget } from './layer-budget.ts';

const layers = Array.from({ length: 127 }, () => ({ size: 1 << 20 }));
const gigabyte = 1 << 30;

/** How many layers of a GiB are unpacked before the image is refused. */
function unpacked(limit?: number): number {
  const spend = layerBudget('x', layers, limit);
  for (const at of layers.keys()) {
    try {
      spend(0);
      spend(gigabyte);
    } catch (thrown) {
      expect(thrown).toMatchObject({
        message: 'Cannot unpack image "x": together, its layers grow beyond 100 times its 133169152 bytes',
        hint: expect.stringContaining('--layer-limit'),
      });
      return at;
    }
  }
  return layers.length;
}

test('many layers, each below the limit of one, cannot grow without end together', () => {
  expect(unpacked()).toBe(12);
});

test('who trusts the image says how large layers may be', () => {
  expect(unpacked(2 * gigabyte)).toBe(layers.length);
});

test('an image of few bytes may have 8 GiB, as before', () => {
  const spend = layerBudget('x', [{ size: 1000 }]);
  expect(() => spend(8 * gigabyte)).not.toThrow();
  expect(() => spend(1)).toThrow(/^Cannot unpack image "x"/);
});

test('more layers than overlayfs can mount are refused', () => {
  expect(() =>
    layerBudget(
      'x',
      Array.from({ length: 501 }, () => ({ size: 1 })),
    ),
  ).toThrow('Cannot use image "x": it has 501 layers, more than 500');
});
