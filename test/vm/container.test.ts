import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ContainerLaunch } from '../../build/container/launch.ts';
import { kitRoot } from '../../build/host/paths.ts';
import type { ForwardSpec } from '../../build/machine/forward/forward-spec.ts';
import { needsCgroups, needsContainers } from '../support/containers.ts';
import { freePort } from '../support/free-port.ts';
import { boot, machineNamed, scratch, type TestMachine } from '../support/machine.ts';
import { isRoot } from '../support/needs.ts';
import { kit } from '../support/run-kit.ts';
import { SshClient, sshIdentity } from '../support/ssh.ts';
import { startKit } from './running-kit.ts';
import { TerminalKit } from './terminal.ts';

const folder = await scratch();
afterAll(() => folder[Symbol.asyncDispose]());

/** The machine's remains on the host: processes, loop devices, mounts, control groups. */
function traces(machine: TestMachine, { layers }: ContainerLaunch): string[] {
  const readable = (path: string): string => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return '';
    }
  };
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && readable(`/proc/${name}/cmdline`).includes(machine.dir))
    .map((pid) => `process ${pid}: ${readable(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')}`);
  const loops = readdirSync('/sys/block').filter((name) =>
    layers.some(({ path }) => readable(`/sys/block/${name}/loop/backing_file`).trim() === path),
  );
  const mounts = readable('/proc/self/mountinfo').split('\n');
  const groups = mounts
    .filter((line) => line.includes(' - cgroup2 '))
    .map((line) => join(line.split(' ')[4] ?? '', 'kit', machine.name))
    .filter(
      (path) => readable(join(path, 'cgroup.controllers')) !== '' || readable(join(path, 'cgroup.type')),
    );
  return [...processes, ...loops, ...mounts.filter((line) => line.includes(machine.dir)), ...groups];
}

const launchOf = async ({ dir }: TestMachine): Promise<ContainerLaunch> =>
  JSON.parse(await readFile(join(dir, 'launch.json'), 'utf8'));

describe('a container', needsContainers, () => {
  let machine: TestMachine;
  let port: number;
  const page = async (): Promise<string> => (await fetch(`http://127.0.0.1:${port}/`)).text();

  beforeAll(async () => {
    port = await freePort();
    const publish = [`${port}:8080`];
    machine = await boot('examples/node-app.yml', { backend: 'container', memory: '512M', publish });
  });
  afterAll(() => machine?.[Symbol.asyncDispose]());

  test('every service is ready, and a published port answers', async () => {
    const { state, uptimeS, services } = await machine.status();
    expect(state).toBe('running');
    // Its uptime counts from the start of the container, not of the host.
    expect(uptimeS).toBeLessThan(300);
    expect(services.map(({ name, state }) => [name, state])).toEqual([
      ['dhcp', 'ready'],
      ['node-app', 'ready'],
    ]);
    expect(await page()).toBe(`Hello from TypeScript, ${machine.name}\n`);
  });

  test('init writes to the console, services to their logs, and kit exec runs programs', async () => {
    const console = await machine.console();
    expect(console).toMatch(/^kit: drivers \d+ ms: skipped in a container\r?$/m);
    expect(console).toMatch(/^kit: ready in /m);
    expect(console).not.toContain('failed');
    expect((await kit('logs', machine.name, 'node-app')).stdout).toContain('listening on port 8080');
    const node = ['/usr/bin/node', '-p', 'require("fs").readFileSync("/proc/self/uid_map", "utf8").trim()'];
    const { stdout, stderr } = await kit('exec', machine.name, 'node-app', ...node);
    // For an ordinary user, the ids of the launcher's namespace, where root is that user.
    expect(stdout, stderr).toMatch(isRoot ? /^0 +[1-9]\d+ +65536\n$/ : /^0 +0 +1\n(?: +1 +1 +\d+\n)?$/);
  });

  test("its Node, which knows English alone, answers in English as the host's whole one", async () => {
    const file = join(kitRoot, 'build/packages/node-runtime/testing-intl.cjs');
    const program = `process.env.TZ = 'Europe/Dublin'; ${readFileSync(file, 'utf8')}`;
    const { stdout, stderr } = await kit('exec', machine.name, '--host', '/usr/bin/node', '-e', program);
    expect(stdout, stderr).not.toBe('');
    // Whichever language the host speaks.
    const env = { ...process.env, LC_ALL: 'C' };
    const whole = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8', env, maxBuffer: 1e8 });
    expect(JSON.parse(stdout)).toEqual(JSON.parse(whole.stdout));
  });

  test('cannot access the host', async () => {
    const look = `
      const { readFileSync, readdirSync, writeFileSync } = require('fs');
      const panic = '/proc/sys/kernel/panic';
      const refused = (act) => { try { act(); return 'done' } catch (error) { return error.code } };
      console.log(JSON.stringify({
        cmdline: readFileSync('/proc/cmdline', 'utf8').trim(),
        host: readFileSync('/proc/1/mountinfo', 'utf8').includes(${JSON.stringify(process.cwd())}),
        interfaces: readdirSync('/sys/class/net').sort(),
        sysctl: refused(() => writeFileSync(panic, readFileSync(panic))),
      }));`;
    const { stdout, stderr } = await kit('exec', machine.name, '--host', '/usr/bin/node', '-e', look);
    expect(stdout, stderr).not.toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ host: false, interfaces: ['eth0', 'lo'] });
    expect(JSON.parse(stdout).cmdline).toMatch(/^console=ttyS0 /);
    expect(JSON.parse(stdout).sysctl).toMatch(/^E(?:ACCES|PERM|ROFS)$/);
  });

  test('kit reboot and kit restart return when the machine or service is ready again', async () => {
    const boots = new Set<string>();
    for (const verb of ['reboot', 'restart']) {
      const { stdout, stderr, status } = await kit(verb, '--wait', 'ready', '--json', machine.name);
      expect(status, stderr).toBe(0);
      const [{ bootId, ...rest }] = JSON.parse(stdout);
      expect(rest).toMatchObject({ name: machine.name, ready: true });
      boots.add(bootId);
      expect(await page()).toContain(machine.name);
    }
    expect(boots.size).toBe(2);
    expect((await machine.console()).split('kit: ready in')).toHaveLength(4);
  });

  test('commands for services print JSON and report errors', async () => {
    // Running but not ready until its probe succeeds.
    for (const [verb, state] of [
      ['stop', /stopped/],
      ['start', /running|ready/],
      ['restart', /running|ready/],
    ] as const) {
      const { stdout, stderr } = await kit(verb, '--json', machine.name, 'node-app');
      expect(JSON.parse(stdout), stderr).toMatchObject({
        name: 'node-app',
        state: expect.stringMatching(state),
      });
      expect((await kit(verb, machine.name, 'nobody')).stderr).toBe(
        `error: Cannot ${verb} service "nobody" of machine "${machine.name}": Unknown service "nobody"\n` +
          `(hint: kit ps lists the services of ${machine.name})\n`,
      );
    }
    const { status, stderr } = await kit('shutdown', 'nobody', 'noone');
    expect([status, stderr.match(/Cannot find machine/g)]).toEqual([1, Array(2).fill('Cannot find machine')]);
  });

  test('kit forward reaches ports of services and of the machine, also after a restart', async () => {
    const ways = ['0:node-app:8080', '[::1]:0:node-app:8080', '0:.:8080', '0:node-app:1'];
    const forward = await startKit<ForwardSpec[]>('forward', machine.name, ...ways, '--json');
    const [v4 = 0, v6 = 0, own = 0, nothing = 0] = forward.output.map(({ port }) => port);
    const hello = `Hello from TypeScript, ${machine.name}\n`;
    const got = (url: string): Promise<string> => fetch(url).then((response) => response.text());
    const pages = Array.from({ length: 50 }, () => got(`http://127.0.0.1:${v4}/`));
    pages.push(got(`http://[::1]:${v6}/`), got(`http://127.0.0.1:${own}/`));
    expect(await Promise.all(pages)).toEqual(pages.map(() => hello));
    // A client that half-closes its connection after the request.
    const client = connect({ port: v4, host: '127.0.0.1', allowHalfOpen: true });
    client.end('GET / HTTP/1.0\r\n\r\n');
    expect(await text(client)).toContain(hello);
    await expect(got(`http://127.0.0.1:${nothing}/`)).rejects.toThrow();
    await vi.waitFor(
      () =>
        expect(forward.stderr()).toBe(
          `kit: ${machine.name}/node-app:1: Cannot connect to port 1 of service "node-app": ` +
            'connection refused\n',
        ),
      { timeout: 90_000 },
    );
    expect((await kit('restart', machine.name)).status).toBe(0);
    const answer = () => got(`http://127.0.0.1:${v4}/`).catch(String);
    expect(await machine.until('forwarding again', answer, (page) => page === hello)).toBe(hello);
    expect(await forward.end()).toBe(0);
    await expect(got(`http://127.0.0.1:${v4}/`)).rejects.toThrow();
    expect(await kit('forward', machine.name, '0:nobody:1')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`machine "${machine.name}" has no such service`),
    });
  });

  test('kit top shows resource usage', needsCgroups, async () => {
    const busy = 'let n = 0; for (const end = Date.now() + 3000; Date.now() < end; ) n += 1';
    const work = kit('exec', machine.name, 'node-app', '/usr/bin/node', '-e', busy);
    const { stdout, stderr } = await kit('top', '--once', '--json', '--interval', '1', machine.name);
    await work;
    const usage = JSON.parse(stdout);
    expect(usage, stderr).toMatchObject({ name: machine.name, reason: '' });
    expect(usage.memoryBytes).toBeGreaterThan(0);
    const byName = new Map(usage.services.map((one: { name: string }) => [one.name, one]));
    const [app, dhcp] = [byName.get('node-app'), byName.get('dhcp')] as { cpuPercent: number }[];
    expect(app?.cpuPercent).toBeGreaterThan(dhcp?.cpuPercent ?? 0);
    expect((await kit('top', '--once', machine.name)).stdout).toMatch(/^SERVICE +CPU +MEMORY +/m);
  });

  test('kit top goes on across a reboot and a silence, and restores the terminal', async () => {
    const top = new TerminalKit(['top', '--interval', '0.2', machine.name], { rows: 24, columns: 100 });
    let seen = 0;
    const drawn = (what: RegExp) =>
      machine.until(
        `drawn ${what}`,
        async () => top.output.slice(seen),
        (output) => what.test(output),
      );
    await drawn(/node-app +\d/);
    await kit('reboot', '--wait', 'ready', machine.name);
    // A sample is lost only to a slow reboot: the monitor lets calls wait for the next session.
    seen = top.output.length;
    await drawn(/node-app +\d/);
    const { owner } = JSON.parse(await readFile(join(machine.dir, 'machine.json'), 'utf8'));
    process.kill(owner.pid, 'SIGSTOP');
    await drawn(/does not answer/).finally(() => process.kill(owner.pid, 'SIGCONT'));
    await drawn(/does not answer.*node-app +\d/s);
    top.resize({ rows: 2, columns: 8 });
    await drawn(/\[H[^\r\n]{7}\x1b\[K\r+\n\x1b\[K\x1b\[J$/);
    top.type('q');
    await top.ended();
    const [, before, status, after] =
      /^modes (\S+).*\x1b\[\?25h\x1b\[\?1049lstatus (\d+) modes (\S+) over/s.exec(top.output) ?? [];
    expect([status, after], JSON.stringify(top.output.slice(-200))).toEqual(['0', before]);
  });

  test('kit cp copies in both directions, also for a service without shell and tar', async () => {
    const here = join(folder.dir, 'copy');
    mkdirSync(join(here, 'site/sub'), { recursive: true });
    writeFileSync(join(here, 'site/sub/page'), 'hello\n');
    // Whatever the umask.
    chmodSync(join(here, 'site/sub/page'), 0o640);
    const there = `${machine.name}:/run/site`;
    const up = await kit('cp', '--json', join(here, 'site'), there);
    expect(up.stderr).not.toContain('error');
    expect(JSON.parse(up.stdout)).toEqual({ files: 1, bytes: 6, skipped: 0 });
    expect(await kit('cp', `${there}/.`, join(here, 'back'))).toMatchObject({ status: 0 });
    expect(readFileSync(join(here, 'back/sub/page'), 'utf8')).toBe('hello\n');
    expect(statSync(join(here, 'back/sub/page')).mode & 0o777).toBe(0o640);
    expect(await kit('cp', `${machine.name}:node-app:/proc/1/status`, here)).toMatchObject({ status: 0 });
    expect(readFileSync(join(here, 'status'), 'utf8')).toContain('\nPid:');
    const refused = await kit('cp', join(here, 'site'), `${machine.name}:node-app:/usr/bin`);
    expect(refused).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('its file system is read-only'),
    });
  });

  test('restarts a service that exits', async () => {
    const { pid, restarts: before } = await machine.service('node-app');
    await kit('exec', machine.name, '--host', '/usr/bin/busybox', 'kill', '-9', String(pid));
    const again = await machine.until(
      'restarted',
      () => machine.service('node-app'),
      ({ restarts, state }) => restarts === before + 1 && state === 'ready',
    );
    expect(again.pid).not.toBe(pid);
  });

  test('kit shutdown powers it off and leaves nothing behind', async () => {
    const launch = await launchOf(machine);
    expect(traces(machine, launch)).not.toEqual([]);
    const { stdout, stderr } = await kit('shutdown', '--json', machine.name);
    const ended = { state: 'stopped', reason: 'powered off' };
    expect(JSON.parse(stdout), stderr).toEqual([{ name: machine.name, ...ended }]);
    expect(await machine.status()).toMatchObject(ended);
    expect(traces(machine, launch)).toEqual([]);
    const { status } = await kit('stop', '--json', machine.name);
    expect(status).toBe(0);
  });
});

test(
  'metadata gives a key, and ssh lets in; when the monitor is killed, nothing is left',
  needsContainers,
  async () => {
    const [port, { key, userData }] = await Promise.all([freePort(), sshIdentity(folder.dir)]);
    const options = { publish: [`${port}:22`], metadataFile: userData, backend: 'container' } as const;
    await using machine = await boot('examples/sshd.yml', options);
    const client = new SshClient(port, key);
    expect(await client.ssh('hostname')).toMatchObject({ status: 0, stdout: 't1\n' });
    const launch = await launchOf(machine);
    const { owner } = JSON.parse(await readFile(join(machine.dir, 'machine.json'), 'utf8'));
    process.kill(owner.pid, 'SIGKILL');
    await machine.until(
      'gone',
      async () => traces(machine, launch),
      (left) => left.length === 0,
    );
    expect(await machine.status()).toMatchObject({ state: 'stopped', reason: 'its monitor was killed' });
  },
);

test('without a network there is only loopback', needsContainers, async () => {
  const manifest = ['run', 'container', '--networking', 'none', '--timeout', '4', '--detach', '--name'];
  await using machine = machineNamed(`test-${process.pid}-none`);
  // Without the timeout, dhcp would wait for an interface for ever.
  const { status, stderr } = await kit(...manifest, machine.name, 'examples/node-app.yml');
  expect(status).toBe(1);
  expect(stderr).toContain(`Machine "${machine.name}" is not ready: dhcp not ready within 4 s`);
  const list = await kit('exec', machine.name, '--host', '/usr/bin/busybox', 'ls', '/sys/class/net');
  expect(list.stdout).toBe('lo\n');
});
