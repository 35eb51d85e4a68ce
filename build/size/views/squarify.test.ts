import fc from 'fast-check';
import { expect, test } from 'vitest';
import { squarify } from './squarify.ts';

const within = { x: 10, y: 20, width: 300, height: 200 };
const values = fc
  .array(fc.integer({ min: 1, max: 1e6 }), { minLength: 1, maxLength: 60 })
  .map((list) => list.toSorted((a, b) => b - a));

test('the areas are in proportion to the values, and share the whole', () => {
  fc.assert(
    fc.property(values, (list) => {
      const total = list.reduce((sum, value) => sum + value, 0);
      for (const [at, { width, height }] of squarify(list, within).entries()) {
        const wanted = ((list[at] ?? 0) / total) * within.width * within.height;
        expect(Math.abs(width * height - wanted)).toBeLessThan(1e-6 * within.width * within.height);
      }
    }),
  );
});

test('no rectangle leaves the whole, and none covers another', () => {
  const tolerance = 1e-3;
  fc.assert(
    fc.property(values, (list) => {
      const all = squarify(list, within);
      for (const [at, one] of all.entries()) {
        expect(one.x).toBeGreaterThanOrEqual(within.x - tolerance);
        expect(one.y).toBeGreaterThanOrEqual(within.y - tolerance);
        expect(one.x + one.width).toBeLessThanOrEqual(within.x + within.width + tolerance);
        expect(one.y + one.height).toBeLessThanOrEqual(within.y + within.height + tolerance);
        for (const other of all.slice(at + 1)) {
          const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
          const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
          expect(Math.min(across, down)).toBeLessThan(tolerance);
        }
      }
    }),
    { numRuns: 50 },
  );
});

test('the example of the paper', () => {
  const rectangles = squarify([6, 6, 4, 3, 2, 2, 1], { x: 0, y: 0, width: 6, height: 4 });
  expect(rectangles.slice(0, 2)).toEqual([
    { x: 0, y: 0, width: 3, height: 2 },
    { x: 0, y: 2, width: 3, height: 2 },
  ]);
});

test('nothing to show takes no room', () => {
  expect(squarify([], within)).toEqual([]);
  expect(squarify([0], within)).toEqual([{ ...within, width: 0, height: 0 }]);
});
