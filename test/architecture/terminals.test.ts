import { expect, test } from 'vitest';
import { isTest, isTestSupport, sourcesIn, textOf } from './sources.ts';

/**
 * What a machine sends could make the user's terminal act: kit's commands about machines write to it through
 * `printResult` and `printNotice` (build/cli/print-result.ts), or through the functions of
 * lib/errors/visible.ts. These files write bytes as they are; each has the reason.
 */
const reasons: Readonly<Record<string, string>> = {
  'build/machine/console/console-keys.ts': 'a question of its own',
  'build/machine/copy/copy-files.ts': 'the bytes of a file, and never to a terminal',
};

test('what machines send is made visible before it is printed', () => {
  const rooms = ['build/machine', 'build/commands/machines', 'build/run'].flatMap(sourcesIn);
  const writing = rooms.filter(
    (path) =>
      !isTest(path) &&
      !isTestSupport(path) &&
      /std(?:out|err)\.write\(|pipe\(.*std(?:out|err)/.test(textOf(path)),
  );
  expect(writing.length).toBeGreaterThan(5);
  const careless = writing.filter((path) => !textOf(path).includes('lib/errors/visible.ts'));
  expect(careless).toEqual(Object.keys(reasons));
});
