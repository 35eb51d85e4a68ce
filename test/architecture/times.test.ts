import { expect, test } from 'vitest';
import { isTest, sourcesIn, textOf } from './sources.ts';

test('times of messages become text in one place: Date throws at what it cannot hold', () => {
  const sources = ['build', 'services', 'init', 'lib'].flatMap((folder) => sourcesIn(folder));
  const own = sources.filter((path) => !isTest(path) && /new Date\(Number\(.*\)\)\.to/.test(textOf(path)));
  expect(own).toEqual([]);
});
