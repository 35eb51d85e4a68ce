import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { needsContainers } from '../support/containers.ts';
import { boot, type TestMachine } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

/** What the service tries, and how it ends with its rules; without them all of it succeeds. */
const refused = {
  'read a file': 'EACCES',
  'list a folder': 'EACCES',
  'write a file': 'EACCES',
  'read by a link': 'EACCES',
  'execute what it wrote': 'EACCES',
  'read by a child': 'EACCES',
  'listen at a port': 'EACCES',
  'connect to a port': 'EACCES',
  'connect to an abstract socket': 'EPERM',
};
const allowed = ['write where it may', 'execute what it may', 'listen where it may', 'connect where it may'];
const all = (outcome: string, names: readonly string[]): object =>
  Object.fromEntries(names.map((name) => [name, outcome]));

const backends = [
  ['container', needsContainers],
  ['qemu', {}],
] as const;

describe.each(backends)('in a machine of %s', (backend, needed) => {
  describe('with rules of Landlock', needed, () => {
    let machine: TestMachine;
    beforeAll(async () => {
      machine = await boot('test/vm/landlock.yml', { backend, allowFailed: true, timeoutMs: 900_000 });
    });
    afterAll(() => machine?.[Symbol.asyncDispose]());
    const log = async (service: string): Promise<string> => (await kit('logs', machine.name, service)).stdout;
    const attempts = async (service: string): Promise<object> =>
      JSON.parse(/attempts (\{.*\})/.exec(await log(service))?.[1] ?? '{}');

    test('attack: a service reads, writes, executes, listens and connects beyond its rules', async () => {
      expect(await attempts('confined'), await machine.describe('confined')).toEqual({
        ...refused,
        ...all('succeeded', allowed),
      });
      expect(await attempts('free')).toEqual(all('succeeded', [...Object.keys(refused), ...allowed]));
    });

    test('attack: it lets what kit starts in its container do what it may not itself', async () => {
      const read = ['-e', 'fs.readFileSync("/etc/hosts")'];
      const confined = await machine.exec('node', read, { service: 'confined' });
      expect(confined.stderr).toContain('EACCES');
      expect(await machine.exec('node', read, { service: 'free' })).toMatchObject({ status: 0 });
    });

    test('an onboot entry is confined as well; what cannot be confined does not start', async () => {
      expect(await log('task')).toMatch(/cat: can't open '\/etc\/hosts': Permission denied.*written/s);
      const nowhere = await log('nowhere');
      expect(nowhere).toContain('landlock: rule for a path "/nowhere": no such file or folder');
      expect(nowhere).not.toContain('started');
    });
  });
});
