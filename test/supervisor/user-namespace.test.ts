import { chmodSync, lstatSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { MachineClient } from '../../build/machine/client/client.ts';
import { copyFiles } from '../../build/machine/copy/copy-files.ts';
import { parseCopyRequest } from '../../build/machine/copy/copy-request.ts';
import { canSupervise } from './can-supervise.ts';
import { TestGuest } from './test-guest.ts';
import { idsFrom, userService } from './user-service.ts';

const patience = { timeout: 120_000, interval: 50 };
const [first, second] = [7_864_320, 7_929_856];
const script = 'echo to the log >/dev/stdout; while :; do sleep 0.1; done';

describe('services in user namespaces of their own', { timeout: 300_000, ...canSupervise }, () => {
  let guest: TestGuest;
  let machine: string;

  const run = async (service: string, command: string) => {
    const { stdout, stderr, status } = await guest.exec(service, ['sh', '-c', command]);
    return { text: (stdout + stderr).trim(), status };
  };
  const untilReady = () =>
    vi.waitFor(async () => {
      for (const name of ['web', 'db']) expect((await guest.serviceNamed(name))?.state).toBe('ready');
    }, patience);
  const rootOf = async (name: string) => join('/proc', String(await guest.pidOf(name)), 'root');

  beforeAll(async () => {
    guest = await TestGuest.make();
    machine = join(guest.dir, 'machine');
    for (const name of ['data', 'other']) mkdirSync(join(machine, name), { recursive: true });
    for (const name of ['data', 'other'])
      writeFileSync(join(machine, name, 'key'), 'secret\n', { mode: 0o600 });
    const data = join(machine, 'data');
    userService(guest, 'web', script, {
      ids: idsFrom(first),
      binds: { data },
      plainBinds: { plain: join(machine, 'other') },
    });
    userService(guest, 'db', script, { ids: idsFrom(second), plainBinds: { tmp: '/tmp' } });
    await guest.start();
    await untilReady();
  }, 300_000);

  afterAll(() => guest.end());

  test("a service's root is nobody on the machine, and owns its files", async () => {
    const pid = await guest.pidOf('web');
    expect(readFileSync(`/proc/${pid}/uid_map`, 'utf8').split(/\s+/)).toEqual([
      '',
      '0',
      String(first),
      '65536',
      '',
    ]);
    expect(statSync(`/proc/${pid}`).uid).toBe(first);
    expect((await run('web', 'id; cat /secret; echo x >/new; cat /new')).text).toMatch(
      /^uid=0 gid=0.*of the layer\nx$/s,
    );
    expect(lstatSync(join(await rootOf('web'), 'new')).uid).toBe(first);
  });

  test('it writes to its /dev/stdout', async () => {
    await vi.waitFor(async () => {
      expect((await guest.logs('web')).map(({ message }) => message)).toContain('to the log');
    }, patience);
  });

  test("what a bind shows belongs to it; files keep the container's owners on the disk", async () => {
    expect((await run('web', 'cat /data/key; echo x >/data/of-web; ls -ln /data/of-web')).text).toMatch(
      /^secret\n\S+ +1 0 +0 /,
    );
    expect(statSync(join(machine, 'data/of-web')).uid).toBe(0);
  });

  test("attack: a machine's file of mode 0600 is read", async () => {
    expect(await run('web', 'cat /plain/key')).toEqual({
      text: "cat: can't open '/plain/key': Permission denied",
      status: 1,
    });
  });

  test('attack: a service without capabilities sets the core pattern, whose handler runs as root of the machine', async () => {
    // To what it is already, as the kernel is that of the tests.
    const path = '/proc/sys/kernel/core_pattern';
    expect(await run('web', `read -r x <${path}; echo "$x" >${path}`)).toEqual({
      text: `sh: can't create ${path}: Permission denied`,
      status: 1,
    });
  });

  test("attack: the machine's /dev/null, the standard input of services, is taken from all others", async () => {
    const before = statSync('/dev/null');
    const text = await run(
      'web',
      'chmod 600 /proc/1/fd/0 /dev/null; chown 0 /proc/1/fd/0; ls -ln /proc/1/fd/0',
    );
    expect(text.text).toMatch(/\/proc\/1\/fd\/0: Read-only file system/);
    expect(text.text).toContain('/dev/null: Read-only file system');
    const { uid, gid, mode } = statSync('/dev/null');
    expect([uid, gid, mode]).toEqual([before.uid, before.gid, before.mode]);
    expect(uid).toBe(0);
  });

  test("attack: another service's files are read and changed", async () => {
    const inside = join('/proc', String(await guest.pidOf('web')), 'root');
    expect((await run('web', 'echo mine >/mine; chmod 600 /mine')).status).toBe(0);
    const shared = join('/tmp', `kit-userns-${process.pid}`);
    mkdirSync(shared, { mode: 0o755 });
    chmodSync(shared, 0o777);
    expect((await run('db', `echo of db >${shared}/file; chmod 600 ${shared}/file`)).status).toBe(0);
    expect(statSync(join(shared, 'file')).uid).toBe(second);
    expect(lstatSync(join(inside, 'mine')).uid).toBe(first);
  });

  test('files are copied as its root, also where owners are mapped', async () => {
    using client = new MachineClient(dirname(guest.paths.controlSocket));
    const context = {
      ...{ stdin: Readable.from([]), stdout: new PassThrough(), stderr: new PassThrough() },
      ...{ env: {}, cwd: guest.dir, signal: new AbortController().signal },
    };
    const cp = (source: string, target: string) =>
      copyFiles(client, parseCopyRequest(source, target), { follow: false, note: () => {} }, context);
    // The program that copies is nobody here, too.
    const { copy } = JSON.parse(readFileSync(join(guest.dir, 'paths.json'), 'utf8'));
    chmodSync(dirname(copy), 0o755);
    writeFileSync(join(guest.dir, 'file'), 'copied\n');
    await cp('file', 't1:web:/data/copied');
    await cp('file', 't1:web:/copied');
    await cp('t1:web:/data/key', 'key');
    expect(readFileSync(join(guest.dir, 'key'), 'utf8')).toBe('secret\n');
    expect(statSync(join(machine, 'data/copied')).uid).toBe(0);
    expect(lstatSync(join(await rootOf('web'), 'copied')).uid).toBe(first);
    expect((await run('web', 'ls -ln /copied /data/copied')).text).toMatch(/ 0 +0 .* 0 +0 /s);
    await expect(cp('t1:web:/plain/key', 'stolen')).rejects.toThrow(/permission denied/);
  });

  test('after a restart of the supervisor and of the service everything is as before', async () => {
    await guest.killSupervisor();
    await guest.startSupervisor();
    await untilReady();
    await guest.command('restartService', 'web');
    await untilReady();
    expect((await run('web', 'cat /data/of-web; ls -ln /data/of-web')).text).toMatch(/^x\n\S+ +1 0 +0 /);
    expect((await run('web', 'cat /new')).status).toBe(1);
  });

  test('with another range, as after an update, its files are still its own', async () => {
    await guest.command('stopService', 'web');
    const dir = join(guest.paths.containers, 'services/web');
    for (const name of ['config.json', 'runtime.json']) {
      const text = readFileSync(join(dir, name), 'utf8');
      writeFileSync(join(dir, name), text.replaceAll(String(first), String(first + (1 << 20))));
    }
    await guest.killSupervisor();
    await guest.startSupervisor();
    // A supervisor that has just started may not have found the service stopped yet.
    await vi.waitFor(async () => {
      await guest.command('startService', 'web');
      expect((await guest.serviceNamed('web'))?.state).toBe('ready');
    }, patience);
    expect(statSync(`/proc/${await guest.pidOf('web')}`).uid).toBe(first + (1 << 20));
    expect((await run('web', 'cat /data/of-web; ls -ln /data/of-web')).text).toMatch(/^x\n\S+ +1 0 +0 /);
  });
});
