import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { needsRoot } from '../../../test/support/needs.ts';

const inNamespaces = needsRoot('network namespaces');

test('interfaces are made in our namespace and in that of a process', inNamespaces, () => {
  const code = `
    import { spawn } from 'node:child_process';
    import { readFileSync, readlinkSync } from 'node:fs';
    import { setTimeout as sleep } from 'node:timers/promises';
    import { createLink, moveLink } from ${JSON.stringify(`${import.meta.dirname}/link-create.ts`)};
    const own = readlinkSync('/proc/self/ns/net');
    const other = spawn('unshare', ['-n', 'sleep', '60']);
    const namespace = () => readlinkSync('/proc/' + other.pid + '/ns/net');
    while (namespace() === own) await sleep(5);
    const names = (pid) => [...readFileSync('/proc/' + pid + '/net/dev', 'utf8').matchAll(/^ *(\\w+):/gm)]
      .map((match) => match[1]).filter((name) => name !== 'lo').sort();
    const message = (act) => { try { act(); return 'ok' } catch (e) { return e.message } };
    createLink({ name: 'v0', kind: 'veth', peer: 'v1', inNamespaceOf: other.pid });
    createLink({ name: 'a0', kind: 'veth', peer: 'a1' });
    moveLink('a1', other.pid);
    const taken = message(() => createLink({ name: 'a0', kind: 'veth', peer: 'a2' }));
    const absent = message(() => moveLink('eth9', other.pid));
    console.log(JSON.stringify({ here: names('self'), there: names(other.pid), taken, absent }));
    other.kill('SIGKILL');`;
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', '--input-type=module', '-e', code];
  const seen = JSON.parse(execFileSync('unshare', ['-n', ...node], { encoding: 'utf8' }));
  expect(seen).toEqual({
    here: ['a0', 'v1'],
    there: ['a1', 'v0'],
    taken: expect.stringMatching(/create veth interface a0.*EEXIST/),
    absent: expect.stringMatching(/move interface eth9.*ENODEV/),
  });
});
