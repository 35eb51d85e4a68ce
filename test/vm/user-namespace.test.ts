import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idRanges } from '../../build/spec/users/id-ranges.ts';
import { boot, scratch, type TestMachine } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

let machine: TestMachine;

beforeAll(async () => {
  machine = await boot('test/vm/user-namespace.yml', {});
});
afterAll(() => machine?.[Symbol.asyncDispose]());

const ranges = idRanges(['task', 'web', 'db', 'runc', 'shared']);

/** The output of a shell command in a service, or, for the empty name, in the machine. */
async function run(service: string, command: string): Promise<string> {
  const place = service === '' ? ['--host'] : [service];
  const { stdout, stderr } = await kit('exec', machine.name, ...place, '--', 'sh', '-c', command);
  return (stdout + stderr).trim();
}

const mapOf = (name: string) => `0 ${ranges.get(name)} 65536`;
const inWords = (text: string) => text.replace(/ +/g, ' ').trim();

test('every container has a range of its own, tasks of onboot too', async () => {
  for (const name of ['web', 'db', 'runc'])
    expect(inWords(await run(name, 'cat /proc/self/uid_map'))).toBe(mapOf(name));
  expect(inWords(await run('shared', 'cat /proc/self/uid_map'))).toBe('0 0 4294967295');
  const { stdout } = await kit('logs', machine.name, 'task');
  expect(inWords(stdout)).toContain(mapOf('task'));
});

test('files of the machine, of volumes and of folders have the owners of the container', async () => {
  const files = '/web/key /key /data/task /volume';
  expect(await run('web', `cat /key; stat -c %u:%a ${files}`)).toBe(
    'of the machine\n0:600\n0:600\n0:644\n0:755',
  );
  expect(await run('runc', 'cat /web/key')).toBe('of the machine');
  await run('web', 'echo x >/data/web; echo x >/volume/web; chmod 777 /volume');
  expect(await run('', 'stat -c %u /var/lib/web/task /var/lib/web/web')).toBe('0\n0');
  expect(await run('db', 'id -u; echo x >/volume/db; echo x >/own/x; stat -c %u /volume/db /own/x')).toBe(
    '70\n70\n70',
  );
});

test('what the machine mounts later below a bind reaches a container that is a slave of it', async () => {
  await run('', 'mkdir /run/later; mount -t tmpfs later /run/later; echo late >/run/later/file');
  expect(await run('web', 'cat /machine/later/file')).toBe('late');
  expect(await run('db', 'ls -A /machine/later')).toBe('');
});

test('it writes to its /dev/stdout', async () => {
  expect((await kit('logs', machine.name, 'web')).stdout).toContain('up');
});

test('attack: the core pattern is set by a service without capabilities', async () => {
  const attack = 'echo "|/bin/x" >/proc/sys/kernel/core_pattern';
  expect(await run('web', attack)).toMatch(/Permission denied/);
  const shared = await run('shared', `${attack}; cat /proc/sys/kernel/core_pattern`);
  // Where the attack would succeed: the service is uid 0 of the machine.
  expect(shared).toBe('|/bin/x');
});

test("attack: the machine's devices, the standard input of services among them, are taken from all others", async () => {
  const attack = 'chmod 600 /proc/1/fd/0 || chown 70 /proc/1/fd/0';
  for (const name of ['web', 'runc'])
    expect(await run(name, attack)).toMatch(/Read-only file system.*Read-only file system/s);
  // Without a user namespace of its own a container has device files of its own.
  await run('shared', attack);
  expect(await run('', 'stat -c %u:%a /dev/null /dev/zero /dev/tty')).toBe('0:666\n0:666\n0:666');
});

test('attack: processes of the machine are looked into', async () => {
  expect(await run('web', 'ls /proc/1/root/etc/web')).toMatch(/No such file/);
  expect(await run('', 'stat -c %u /proc/$(pidof sleep | cut -d" " -f1)')).not.toBe('0');
});

test('kit cp writes as the root of the service', async () => {
  await using folder = await scratch();
  const file = join(folder.dir, 'file');
  await writeFile(file, 'copied\n');
  expect(await kit('cp', file, `${machine.name}:web:/data/copied`)).toMatchObject({ status: 0 });
  expect(await run('web', 'stat -c %u /data/copied')).toBe('0');
  expect(await run('', 'stat -c %u /var/lib/web/copied')).toBe('0');
});

test('after a restart its files are still its own', async () => {
  expect(await kit('restart', machine.name, 'web')).toMatchObject({ status: 0 });
  await machine.until(
    'ready',
    () => run('web', 'cat /data/web'),
    (text) => text === 'x',
  );
  expect(await run('web', 'stat -c %u /data/web; echo y >/data/web; cat /data/web')).toBe('0\ny');
});
