import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { needsRoot } from '../../../test/support/needs.ts';
import { maySetClock } from './kernel-clock.ts';

const code = `
  const { maySetClock } = await import(${JSON.stringify(import.meta.dirname)} + '/kernel-clock.ts');
  console.log(maySetClock());`;

test('the clock is that of the first user namespace alone', needsRoot('the right to set the clock'), () => {
  expect(maySetClock()).toBe(true);
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', '--input-type=module', '-e', code];
  const printed = execFileSync('unshare', ['--user', '--map-root-user', ...node], { encoding: 'utf8' });
  expect(printed).toBe('false\n');
});
