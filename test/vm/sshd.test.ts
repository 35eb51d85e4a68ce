import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { boot, scratch, shell, type TestMachine } from '../support/machine.ts';
import { kit, type Result, run } from '../support/run-kit.ts';
import { SshClient, sshIdentity } from '../support/ssh.ts';

/** One boot of examples/sshd.yml with a shared folder: reproducible build, logins, killed programs, stop. */
const manifests = ['examples/sshd.yml', 'test/vm/sshd-share.yml'];
let folder: Awaited<ReturnType<typeof scratch>>;
let machine: TestMachine;
let client: SshClient;
const ssh = (...args: readonly string[]): Promise<Result> => client.ssh(...args);

beforeAll(async () => {
  folder = await scratch();
  const built = await kit('build', '--name', 'sshd', '--dir', join(folder.dir, 'a'), ...manifests);
  expect(built.status, built.stderr).toBe(0);
  const [port, { key, userData }] = await Promise.all([freePort(), sshIdentity(folder.dir)]);
  client = new SshClient(port, key);
  await mkdir(join(folder.dir, 'shared'));
  machine = await boot(join(folder.dir, 'a', 'sshd'), {
    publish: [`${port}:22`],
    metadataFile: userData,
    shares: [`${join(folder.dir, 'shared')}:src`],
  });
});

afterAll(async () => {
  await machine?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

test('a rebuild in another folder gives the same bytes', async () => {
  const again = await kit('build', '--name', 'sshd', '--dir', join(folder.dir, 'b'), ...manifests);
  expect(again.status, again.stderr).toBe(0);
  for (const file of ['sshd-kernel', 'sshd-initrd.img', 'sshd-cmdline']) {
    const [a, b] = await Promise.all(['a', 'b'].map((dir) => readFile(join(folder.dir, dir, file))));
    expect(a?.equals(b ?? Buffer.alloc(0)), file).toBe(true);
  }
});

test('kit ps --json lists every service with its state', async () => {
  const row = await machine.status();
  expect(row.state).toBe('running');
  expect(row.services.map(({ name, section, state }) => ({ name, section, state }))).toEqual([
    { name: 'disks', section: 'onboot', state: 'stopped' },
    { name: 'metadata', section: 'onboot', state: 'stopped' },
    { name: 'dhcp', section: 'services', state: 'ready' },
    { name: 'sshd', section: 'services', state: 'ready' },
  ]);
  expect((await machine.service('sshd')).memoryBytes).toBeGreaterThan(1 << 20);
});

test('the OpenSSH client runs commands and returns their exit status', async () => {
  expect(await ssh('exit 7')).toMatchObject({ status: 7 });
  expect(await ssh('hostname')).toMatchObject({ status: 0, stdout: 't1\n' });
  expect(await ssh('echo out; echo err >&2; false')).toMatchObject({
    status: 1,
    stdout: 'out\n',
    stderr: 'err\n',
  });
});

test('ssh -tt gets a terminal', async () => {
  const { stdout, status } = await ssh('-tt', 'test -t 0 && test -t 1 && echo a terminal; exit 3');
  expect(stdout).toContain('a terminal');
  expect(status).toBe(3);
});

test("files of a shared folder are root's in the machine, and this user's on the host", async () => {
  const shared = join(folder.dir, 'shared');
  await writeFile(join(shared, 'old'), 'old\n', { mode: 0o600 });
  const look = 'cd /run/kit/shares/src && cat old && stat -c %u old';
  const write = 'echo new >new && chown 70:70 new && mkdir sub && rm old';
  expect(await shell(machine, `${look} && ${write}`)).toBe('old\n0\n');
  expect(await readFile(join(shared, 'new'), 'utf8')).toBe('new\n');
  const [uid, gid] = [process.geteuid?.(), process.getegid?.()];
  for (const name of ['new', 'sub']) expect(await stat(join(shared, name))).toMatchObject({ uid, gid });
  await expect(stat(join(shared, 'old'))).rejects.toThrow('ENOENT');
});

test('scp copies a file there and back unchanged', async () => {
  const [source, back] = [join(folder.dir, 'id.pub'), join(folder.dir, 'back')];
  expect(await client.scp(source, 'root@127.0.0.1:/tmp/file')).toMatchObject({ status: 0 });
  expect(await client.scp('root@127.0.0.1:/tmp/file', back)).toMatchObject({ status: 0 });
  expect(await readFile(back)).toEqual(await readFile(source));
});

test('refuses a key that is not in the metadata', async () => {
  await using other = await scratch();
  const stranger = new SshClient(client.port, (await sshIdentity(other.dir)).key);
  const refused = await stranger.ssh('true');
  expect(refused.status).toBe(255);
  expect(refused.stderr).toContain('Permission denied (publickey)');
});

test('restarts a killed service and counts the restart', async () => {
  const before = await machine.service('dhcp');
  expect(await ssh(`kill -9 ${before.pid}`)).toMatchObject({ status: 0 });
  const after = await machine.until(
    'restarted',
    () => machine.service('dhcp'),
    ({ state, restarts }) => state === 'ready' && restarts === before.restarts + 1,
  );
  expect(after.pid).not.toBe(before.pid);
  expect(after.lastExit).toContain('SIGKILL');
});

test('restarts a killed supervisor while services keep running', async () => {
  const before = await machine.service('sshd');
  // Not ps: busybox cuts its lines at 80 columns where there is no terminal.
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's.
  await ssh('for p in /proc/[0-9]*; do grep -qs "supervisor/[m]ain" $p/cmdline && kill -9 ${p#/proc/}; done');
  await machine.until(
    'replaced',
    () => machine.console(),
    (text) => text.includes('supervisor ended (killed by SIGKILL)'),
  );
  expect((await answered()).pid).toBe(before.pid);
});

test('a killed containerd is replaced while the services keep running', async () => {
  const before = await machine.service('sshd');
  expect((await ssh('kill -9 $(pidof containerd)')).status).toBe(0);
  await machine.until(
    'back',
    () => ssh('pidof containerd'),
    ({ status }) => status === 0,
  );
  expect((await answered()).pid).toBe(before.pid);
});

/** What the machine says of sshd, once it answers: a supervisor that is silent for 16 s is cut off. */
async function answered() {
  const { services } = await machine.until(
    'answering again',
    () => machine.status(),
    (row) => row.services.some(({ name, state }) => name === 'sshd' && state === 'ready'),
  );
  return services.find(({ name }) => name === 'sshd') ?? expect.unreachable();
}

test('kit logs shows what a service wrote', async () => {
  // Its connection to the guest may just have been replaced.
  await machine.until(
    'in the log',
    () => kit('logs', machine.name, 'dhcp'),
    ({ stdout }) => /leased 10\.0\.2\.15/.test(stdout),
  );
});

test('init leaves no zombie', async () => {
  const { stdout } = await ssh('for d in /proc/[0-9]*; do grep -s "^State:.Z" $d/status; done; true');
  expect(stdout).toBe('');
});

test('kit stop ends in a clean power-off and leaves nothing running', async () => {
  const stopped = await kit('stop', machine.name);
  expect(stopped.status, await machine.describe(stopped.stderr)).toBe(0);
  expect(await machine.console()).toContain('reboot: Power down');
  expect(await machine.status()).toMatchObject({ state: 'stopped' });
  const left = await run('pgrep', ['-f', machine.name]);
  expect(left.stdout).toBe('');
});
