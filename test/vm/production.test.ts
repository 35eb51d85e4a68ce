import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { openPty, spawnOnTerminal } from '../../lib/linux/terminal/pty.ts';
import { freePort } from '../support/free-port.ts';
import { machineNamed, scratch } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';
import { withstood } from './prisoner/withstood.ts';

/** One boot of an image built with --production, at its console, with `kit.shell` on its command line. */
const folder = await scratch();
const machine = machineNamed(`test-${process.pid}-production`);
const pty = openPty({ rows: 24, columns: 80 });
let running: ChildProcess;
let shown = '';
const ports = { web: 0, intruder: 0, prisoner: 0 };

beforeAll(async () => {
  const image = join(folder.dir, 'production');
  const built = await kit(
    'build',
    '--production',
    '--dir',
    folder.dir,
    join(import.meta.dirname, 'production.yml'),
  );
  expect(built.status, built.stderr).toBe(0);
  await appendFile(`${image}-cmdline`, ' kit.shell');
  for (const name of ['web', 'intruder', 'prisoner'] as const) ports[name] = await freePort();
  const inside = [`${ports.web}:8080`, `${ports.intruder}:8081`, `${ports.prisoner}:8082`];
  const published = inside.flatMap((pair) => ['--publish', pair]);
  const data = join(folder.dir, 'user-data');
  await writeFile(
    data,
    '#cloud-config\nhostname: from-the-disc\nssh_authorized_keys: [ssh-ed25519 AAAA attacker]\n',
  );
  pty.stream.on('data', (bytes) => {
    shown += bytes;
  });
  pty.stream.on('error', () => {});
  running = spawnOnTerminal(pty.path, {
    file: join(kitRoot, 'kit'),
    args: ['run', '--name', machine.name, ...published, '--data-file', data, image],
    env: { ...(process.env as Record<string, string>), TERM: 'vt220' },
    cwd: kitRoot,
  });
  await machine.until(
    'ready',
    async () => shown,
    (text) => text.includes('kit: ready in'),
    { timeoutMs: 300_000 },
  );
});
afterAll(async () => {
  // Ctrl-] q ends kit run at once, without the guest's console.
  if (running?.exitCode === null) pty.stream.write('\x1dq');
  await machine[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const ask = async (path: string): Promise<unknown> =>
  (await fetch(`http://127.0.0.1:${ports.intruder}${path}`)).json();

test('its services run as usual', async () => {
  const { services } = await machine.status();
  const states = services.map(({ name, state }) => `${name} ${state}`);
  expect(states.sort()).toEqual([
    'dhcp ready',
    'intruder ready',
    'metadata stopped',
    'prisoner ready',
    'web ready',
  ]);
  expect(await (await fetch(`http://127.0.0.1:${ports.web}/`)).text()).toMatch(/^Hello, kit-/);
  expect(await ask('/cmdline')).toContain('kit.shell');
});

const { name } = machine;
test.each([
  ['exec', name, 'web', 'node', '-v'],
  ['exec', name, '--host', 'sh'],
  ['exec', name, '--debug-image', 'pkg/debug-tools', 'web'],
  ['debug', name, 'web'],
  ['cp', `${name}:web:/service`, folder.dir],
  ['cp', `${name}:/etc`, folder.dir],
])('kit %s %s %s is refused with a reason', async (...words) => {
  const { status, stdout, stderr } = await kit(...words);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^error: Cannot .* the image was built with --production$/m);
});

test('no Node program opens its inspector on any signal', async () => {
  expect(await ask('/inspect')).toBe('ENOENT');
  const programs = (await ask('/programs')) as { pid: string; args: string[] }[];
  // The supervisor and the services; PID 1 follows in the last test.
  const others = programs.filter(({ pid }) => pid !== '1');
  expect(others).toHaveLength(5);
  for (const { pid, args } of others) {
    expect(args).toContain('--disable-sigusr1');
    const found = await ask(`/knock?pid=${pid}`);
    expect(found, args.join(' ')).toEqual({
      sent: true,
      ports: [8080, 8081, 8082],
      sockets: [],
      alive: true,
    });
  }
});

test('root of a service without privileges cannot write settings, mount, make namespaces, devices or keys', async () => {
  const answer = await fetch(`http://127.0.0.1:${ports.prisoner}/`);
  expect(await answer.json()).toEqual(withstood);
});

test('the kernel denies access to other processes and writes no core dump', async () => {
  expect(await ask('/kernel')).toEqual({
    'kernel/sysrq': '0',
    'kernel/yama/ptrace_scope': '3',
    'kernel/kexec_load_disabled': '1',
    'kernel/core_pattern': '|/bin/false',
    'kernel/unprivileged_bpf_disabled': '1',
    'net/ipv4/conf/default/accept_redirects': '0',
    'net/ipv6/conf/default/accept_redirects': '0',
    'fs/suid_dumpable': '0',
    'vm/mmap_rnd_bits': '32',
  });
  const [first] = ((await ask('/programs')) as { pid: string }[]).slice(1);
  expect(await ask(`/peek?pid=${first?.pid}`)).toBe('EACCES');
  expect(await ask(`/limits?pid=${first?.pid}`)).toMatch(/size +0 +0 +bytes/);
});

test('a program whose limit for core dumps is raised leaves none when it crashes', async () => {
  expect(await ask('/crash')).toEqual({ signal: 'SIGABRT', files: [] });
});

test('the kernel is locked down, and takes signed modules only', async () => {
  expect(await ask('/lockdown')).toContain('[integrity]');
  const line = String(await ask('/cmdline'));
  for (const word of ['module.sig_enforce=1', 'slab_nomerge', 'page_alloc.shuffle=1', 'debugfs=off'])
    expect(line.split(/\s+/)).toContain(word);
});

test('a disc labelled cidata brings no key for root and no host name, and the console says so', async () => {
  const console = await machine.console();
  expect(console).toMatch(
    /metadata: refused the data volume "\/dev\/vda": an image built with --production trusts no metadata/,
  );
  expect(await ask('/config')).toBe('');
});

test('refuses vsock connections from within the machine, even of root', async () => {
  expect(await ask('/vsock')).toBe(0);
  const turnedAway =
    /control: vsock 1:1023 was turned away: only root of the host may, from a port below 1024/;
  await machine.until('logging it', machine.console.bind(machine), (text) => turnedAway.test(text));
});

test('has no shell on the console', async () => {
  pty.stream.write('\r\n\r\nroot\r\necho $((6*7))\r\nid\r\n\x03\x04');
  await ask('/cmdline');
  await new Promise((resolve) => setTimeout(resolve, 2000));
  expect(await machine.console()).not.toMatch(/^42\r?$|uid=0|login:/m);
});

test('PID 1 still halts on the signal', async () => {
  void ask('/knock?pid=1').catch(() => {});
  await machine.until('halting', machine.console.bind(machine), (text) => /halt now, after/.test(text));
  pty.stream.write('\x1dq');
  await once(running, 'exit');
});
