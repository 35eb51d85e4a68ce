import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { needsContainers } from '../support/containers.ts';
import { machineNamed } from '../support/machine.ts';
import { kit, type Result, run } from '../support/run-kit.ts';
import { withstood } from './prisoner/withstood.ts';

/** The containment of services in `kit run container`: the same as in a machine (production.test.ts). */
const ways = [
  { who: 'this user', before: [] },
  { who: 'an ordinary user with one id', before: ['unshare', '--user', '--map-root-user'] },
] as const;

const rare = ['modprobe', 'uevent_helper', 'sysrq', 'ksm', 'keys'];

describe.each(ways)('a container of $who', needsContainers, ({ who, before }) => {
  const machine = machineNamed(`test-${process.pid}-prisoner-${who.split(' ')[0]}`);
  let started: Result;

  beforeAll(async () => {
    const [file = '', ...args] = [...before, join(kitRoot, 'kit'), 'run', 'container', '--detach'];
    const rest = ['--networking', 'none', '--name', machine.name, 'test/vm/prisoner.yml'];
    started = await run(file, [...args, ...rest]);
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  test('root of a service cannot write settings, mount, make namespaces, devices or keys', async () => {
    expect(started, started.stderr).toMatchObject({ status: 0 });
    const ask = 'fetch("http://127.0.0.1:8082").then((r) => r.text()).then(console.log)';
    const { stdout, stderr } = await kit('exec', machine.name, 'prisoner', '/usr/bin/node', '-e', ask);
    const { attacks, status } = JSON.parse(stdout || `{"attacks": ${JSON.stringify(stderr)}}`);
    expect(status, stdout).toBe(withstood.status);
    expect(Object.keys(attacks).filter((name) => attacks[name] === 'succeeded')).toEqual([]);
    // The host's kernel need not have the others.
    const everywhere = Object.entries(withstood.attacks).filter(([name]) => !rare.includes(name));
    expect(attacks).toMatchObject(Object.fromEntries(everywhere));
  });

  test('a bind with "ro" is read-only with all that is mounted below it', async () => {
    const { status, stderr } = await kit('exec', machine.name, 'reader', 'touch', '/below/shm/file');
    expect([status, stderr]).toEqual([1, expect.stringContaining('Read-only file system')]);
  });
});
