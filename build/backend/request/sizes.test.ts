import { expect, test } from 'vitest';
import { parseCpus, parseMemory, parseSize } from './sizes.ts';

test('memory, processors and sizes', () => {
  expect(['512', '512M', '1G', '1.5GiB', '2097152k'].map(parseMemory)).toEqual([512, 512, 1024, 1536, 2048]);
  expect(parseSize('a size', '4', 'g')).toBe(4 * 2 ** 30);
  for (const text of ['', '0', '-1', '1P', 'lots', '10M10'])
    expect(() => parseMemory(text)).toThrow(`"${text}"`);
  expect(() => parseMemory('63M')).toThrow('no kernel boots in less than 64 MiB');
  expect(parseCpus('4')).toBe(4);
  for (const text of ['0', '65', '1.5', 'x', '']) expect(() => parseCpus(text)).toThrow(`"${text}"`);
});
