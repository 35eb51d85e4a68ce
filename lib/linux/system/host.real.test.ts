import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { needsRoot } from '../../../test/support/needs.ts';
import { childPids, reapChild } from '../process/process.ts';
import { uptimeMs } from './host.ts';

const here = import.meta.dirname;

function unshared(flags: string[], code: string): string {
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', '--input-type=module', '-e', code];
  return execFileSync('unshare', [...flags, ...node], { encoding: 'utf8' }).trim();
}

test('the time since boot agrees with /proc/uptime', () => {
  const expected = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * 1000;
  expect(Math.abs(uptimeMs() - expected)).toBeLessThan(5000);
});

test('children are listed; one that runs or is gone is not reaped', async () => {
  const child = spawn('sleep', ['60']);
  expect(childPids()).toContain(child.pid);
  expect(reapChild(child.pid ?? 0)).toBeUndefined();
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(childPids()).not.toContain(child.pid);
  expect(reapChild(child.pid ?? 0)).toBeUndefined();
  await sleep(0);
});

test('hostname and limits, in namespaces of their own', needsRoot('UTS namespaces'), () => {
  const code = `
    import { readFileSync } from 'node:fs';
    import { hostname } from 'node:os';
    import { setHostname, setLimit } from ${JSON.stringify(`${here}/host.ts`)};
    setHostname('kit-test');
    setLimit('NOFILE', 4321);
    const limit = /open files +(\\d+) +(\\d+)/.exec(readFileSync('/proc/self/limits', 'utf8')).slice(1);
    console.log(JSON.stringify([hostname(), limit]));`;
  expect(JSON.parse(unshared(['-u'], code))).toEqual(['kit-test', ['4321', '4321']]);
});
