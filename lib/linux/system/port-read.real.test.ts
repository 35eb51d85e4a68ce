import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { isRoot, needs } from '../../../test/support/needs.ts';

const onX64 = needs('x86-64', process.arch === 'x64');

/** test/vm/vmware.test.ts reads one. */
test('a port that nobody may read is refused, and the process lives on, without children', onX64, () => {
  const code = `
    import { openPort } from ${JSON.stringify(`${import.meta.dirname}/port-read.ts`)};
    import { childPids } from ${JSON.stringify(`${import.meta.dirname}/../process/process.ts`)};
    const codes = [1, 2, 3].map(() => {
      try { return openPort([0, 0, 0, 0x80, 0, 0]) && 'opened'; } catch (error) { return error.code; }
    });
    console.log(JSON.stringify([codes, childPids()]));`;
  // Whoever runs the tests may have the capability to read ports.
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', code];
  const without = isRoot ? ['setpriv', '--bounding-set=-sys_rawio', '--inh-caps=-all'] : [];
  const [program = '', ...args] = [...without, process.execPath, ...flags];
  expect(JSON.parse(execFileSync(program, args, { encoding: 'utf8' }))).toEqual([
    ['EPERM', 'EPERM', 'EPERM'],
    [],
  ]);
});
