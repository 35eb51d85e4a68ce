import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPty, spawnOnTerminal } from '../../lib/linux/terminal/pty.ts';
import { until } from '../support/until.ts';
import { SshServer } from './server.ts';

/** kit's sshd with the OpenSSH client. */
let server: SshServer;
const ssh = (...args: string[]) => server.client.ssh(args);
const text = ({ stdout }: { stdout: Buffer }): string => stdout.toString();

beforeAll(async () => {
  server = await SshServer.start();
}, 300_000);
afterAll(() => server?.[Symbol.asyncDispose]());

describe('commands', () => {
  test('returns exit status, stdout and stderr of the command', async () => {
    const result = await ssh('echo out; echo err >&2; exit 7');
    expect(result).toMatchObject({ status: 7, stderr: 'err\n' });
    expect(text(result)).toBe('out\n');
  });

  test('reports death by a signal', async () => {
    const result = await server.client.ssh(['-v', 'kill -TERM $$'], {});
    expect(result.status).toBe(255);
    expect(result.stderr).toContain('exit-signal');
    expect((await ssh('kill -BUS $$')).status).toBe(128 + 7);
  });

  test('passes 10 MB in and out unchanged, and EOF', async () => {
    const input = randomBytes(10_000_000);
    const { stdout, status } = await server.client.ssh(['cat'], { input });
    expect(status).toBe(0);
    expect(sha(stdout)).toBe(sha(input));
  });

  test('loses and duplicates nothing of concurrent stdout and stderr', async () => {
    const lines = 300_000;
    const result = await ssh(`seq ${lines} & seq ${lines} >&2; wait`);
    const expected = Array.from({ length: lines }, (_, index) => `${index + 1}\n`).join('');
    expect(sha(result.stdout)).toBe(sha(expected));
    expect(sha(result.stderr)).toBe(sha(expected));
  });

  test('a program that closes its input exits normally', async () => {
    const result = await server.client.ssh(['exec 0<&-; echo done'], { input: randomBytes(5_000_000) });
    expect(text(result)).toBe('done\n');
  });

  test('accepts only language settings, and passes none of the server environment', async () => {
    const env = { LC_TIME: 'de_DE.UTF-8', LD_PRELOAD_X: 'x', LANG: 'C.UTF-8' };
    const args = ['-o', 'SendEnv=LC_TIME LD_PRELOAD_X', 'env'];
    const lines = text(await server.client.ssh(args, { env })).split('\n');
    expect(lines).toContain('LC_TIME=de_DE.UTF-8');
    expect(lines).toContain(`HOME=${server.dir}`);
    expect(lines.some((line) => line.startsWith('SSH_CONNECTION=127.0.0.1 '))).toBe(true);
    expect(lines.join()).not.toMatch(/LD_PRELOAD_X|SECRET/);
  });

  test('sends SIGHUP to the program when the connection ends', async () => {
    const client = start(onHangUp('hup'));
    await once(client.stdout, 'data');
    client.kill('SIGKILL');
    await until('the file hup', () => exists('hup'));
  });

  test('sends SIGHUP also to a program that does not read its input', async () => {
    const client = start(onHangUp('deaf'));
    client.stdin.on('error', () => {});
    client.stdin.write(Buffer.alloc(8_000_000));
    await once(client.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, 300));
    client.kill('SIGKILL');
    await until('the file deaf', () => exists('deaf'));
  });

  test('reads authorized_keys again at each login', async () => {
    const key = await server.client.makeKey('later', '-t', 'ecdsa');
    expect((await server.client.ssh(['true'], { key })).status).toBe(255);
    appendFileSync(server.authorizedKeys, readFileSync(`${key}.pub`));
    expect((await server.client.ssh(['true'], { key })).status).toBe(0);
  });
});

describe('terminals', () => {
  /** The client on a terminal of its own. */
  function startOnTerminal(...args: string[]) {
    const pty = openPty({ rows: 33, columns: 99 });
    const command = server.client.sshCommand('-tt', ...args);
    const program = { ...command, env: { ...command.env, TERM: 'xterm-256color' }, cwd: '/' };
    const child = spawnOnTerminal(pty.path, program);
    const exited = once(child, 'exit') as Promise<[number | null]>;
    const screen = { text: '' };
    pty.stream.on('error', () => {});
    pty.stream.on('data', (chunk) => {
      screen.text += chunk;
    });
    const prints = (wanted: string): Promise<void> => until(wanted, () => screen.text.includes(wanted));
    return { pty, exited, screen, prints, type: (keys: string) => pty.stream.write(keys) };
  }

  test('starts a shell with terminal size and type, and returns its exit status', async () => {
    const terminal = startOnTerminal();
    terminal.type('echo "$(stty size) $TERM $((1 + 1))"; test -t 2 && exit 5\n');
    await terminal.prints('33 99 xterm-256color 2');
    expect(await terminal.exited).toEqual([5, null]);
  });

  test('passes on a changed terminal size', async () => {
    const terminal = startOnTerminal('trap "stty size" WINCH; echo ready; while :; do sleep 0.1; done');
    await terminal.prints('ready');
    terminal.pty.resize({ rows: 40, columns: 120 });
    await terminal.prints('40 120');
    terminal.pty.stream.destroy();
    await terminal.exited;
  });

  test('Ctrl-C interrupts the remote program', async () => {
    const terminal = startOnTerminal(
      'trap "echo caught; exit 9" INT; echo ready; while :; do sleep 0.1; done',
    );
    await terminal.prints('ready');
    terminal.type('\x03');
    await terminal.prints('caught');
    expect(await terminal.exited).toEqual([9, null]);
  });

  test('closes the terminal with its shell despite background programs', async () => {
    const terminal = startOnTerminal('nohup sleep 3 >/dev/null 2>&1 & sleep 4 & echo "pids $!"; exit 4');
    expect(await terminal.exited).toEqual([4, null]);
    const [, pid] = /pids (\d+)/.exec(terminal.screen.text) ?? [];
    expect(pid).toBeDefined();
  });

  test('a shell on a terminal exits at the end of input', async () => {
    const result = await server.client.ssh(['-tt'], { input: 'echo $((20 + 3))\n' });
    expect(text(result)).toContain('23');
    expect(result.status).toBe(0);
  });

  test('a long output is complete to the last line', async () => {
    const result = await ssh('-tt', 'seq 100000');
    expect(text(result).trimEnd().split('\r\n').slice(-2)).toEqual(['99999', '100000']);
    expect(text(result).split('\n')).toHaveLength(100_001);
  });
});

describe('logins', () => {
  test.each([
    ['rsa', '-t', 'rsa', '-b', '2048'],
    ['ecdsa384', '-t', 'ecdsa', '-b', '384'],
    ['ecdsa521', '-t', 'ecdsa', '-b', '521'],
  ])('accepts a key of type %s', async (name, ...options) => {
    const key = await server.client.makeKey(name, ...options);
    appendFileSync(server.authorizedKeys, readFileSync(`${key}.pub`));
    expect(await server.client.ssh(['true'], { key })).toMatchObject({ status: 0, stderr: '' });
  });

  test('refuses an unauthorised key and logs its fingerprint', async () => {
    const key = await server.client.makeKey('stranger', '-t', 'ed25519');
    const { status, stderr } = await server.client.ssh(['true'], { key });
    expect(status).toBe(255);
    expect(stderr).toContain('Permission denied (publickey)');
    await server.logged(
      /audit: login refused \{"user":"root","tried":"ssh-ed25519 SHA256:[^"]+","address":"127\.0\.0\.1","port":\d+\}/,
    );
  });

  test('refuses an RSA key under 2048 bits', async () => {
    const key = await server.client.makeKey('short', '-t', 'rsa', '-b', '1024');
    appendFileSync(server.authorizedKeys, readFileSync(`${key}.pub`));
    expect((await server.client.ssh(['-o', 'RequiredRSASize=1024', 'true'], { key })).status).toBe(255);
    await server.logged(/ssh-rsa SHA256:\S+ \(fewer than 2048 bits\)/);
  });

  test('refuses other users and passwords', async () => {
    const daemon = await server.client.ssh(['true'], { user: 'daemon' });
    expect(daemon.stderr).toContain('Permission denied (publickey)');
    await server.logged(/login refused \{"user":"daemon"/);
    const { stderr } = await ssh('-o', 'PreferredAuthentications=password,keyboard-interactive', 'true');
    expect(stderr).toContain('Permission denied (publickey)');
  });

  test('does not offer SHA-1 and old algorithms', async () => {
    expect((await ssh('-o', 'MACs=hmac-sha1', '-o', 'Ciphers=aes128-ctr', 'true')).status).toBe(255);
    await server.logged(/connection failed .*no matching C->S MAC/);
    expect((await ssh('-o', 'KexAlgorithms=diffie-hellman-group14-sha1', 'true')).status).toBe(255);
    await server.logged(/connection failed .*no matching key exchange/);
  });

  test('applies the options command and restrict of a key', async () => {
    const key = await server.client.makeKey('forced', '-t', 'ed25519');
    const options = 'restrict,command="echo \\"only $SSH_ORIGINAL_COMMAND\\""';
    appendFileSync(server.authorizedKeys, `${options} ${readFileSync(`${key}.pub`)}`);
    expect(text(await server.client.ssh(['rm -rf x'], { key }))).toBe('only rm -rf x\n');
    expect((await server.client.ssh(['-tt', 'tty'], { key })).stderr).toContain(
      'PTY allocation request failed',
    );
  });

  test('refuses a key with an unsupported restriction', async () => {
    const key = await server.client.makeKey('mondays', '-t', 'ed25519');
    appendFileSync(server.authorizedKeys, `on-mondays ${readFileSync(`${key}.pub`)}`);
    expect((await server.client.ssh(['true'], { key })).status).toBe(255);
    await server.logged(/its option on-mondays is not supported/);
  });
});

describe('many and hostile clients', () => {
  test('serves twenty connections at once', async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => ssh(`sleep 1; echo ${index}; exit ${index}`)),
    );
    expect(results.map(({ status }) => status)).toEqual(results.map((_, index) => index));
    expect(results.map(text)).toEqual(results.map((_, index) => `${index}\n`));
  }, 60_000);

  test('serves sessions that share a connection', async () => {
    // A relative path, since socket addresses hold 107 bytes.
    const control = ['-o', 'ControlPath=control'];
    const { file, args, env } = server.client.sshCommand('-M', '-N', ...control);
    const master = spawn(file, args, { env, cwd: server.dir, stdio: 'ignore' });
    await until('the file control', () => exists('control'));
    const results = await Promise.all([1, 2, 3].map((index) => ssh(...control, `exit ${index}`)));
    expect(results.map(({ status }) => status)).toEqual([1, 2, 3]);
    master.kill();
    await once(master, 'exit');
  });

  test.each([
    ['garbage', randomBytes(100_000)],
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
    ['a version and garbage', Buffer.concat([Buffer.from('SSH-2.0-x\r\n'), randomBytes(50_000)])],
    ['a version and a huge packet', Buffer.from('SSH-2.0-x\r\n\xff\xff\xff\xff\x00', 'latin1')],
    ['nothing', Buffer.alloc(0)],
  ])('still serves clients after another sent %s', async (_case, bytes) => {
    const socket = connect(server.client.port, '127.0.0.1');
    socket.on('error', () => {}).resume();
    socket.end(bytes);
    await once(socket, 'close');
    expect((await ssh('exit 3')).status).toBe(3);
  });

  test('uses bounded memory while a client does not read', async () => {
    const { file, args, env } = server.client.sshCommand('cat /dev/zero');
    const client = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    await once(client.stdout, 'readable');
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const before = server.memory;
    await new Promise((resolve) => setTimeout(resolve, 2000));
    expect(server.memory - before).toBeLessThan(16 << 20);
    client.kill('SIGKILL');
    await once(client, 'exit');
  });
});

describe('forwarding', () => {
  test('forwards to a port of the machine with -W and of the client with -R', async () => {
    const { createServer } = await import('node:net');
    const echo = createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket));
    await once(echo.listen(0, '127.0.0.1'), 'listening');
    const address = echo.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const input = randomBytes(3_000_000);
    const { stdout } = await server.client.ssh(['-W', `127.0.0.1:${port}`], { input });
    expect(sha(stdout)).toBe(sha(input));
    expect((await ssh('-W', '127.0.0.1:1')).stderr).toMatch(/refused|failed/i);

    const back = await ssh('-R', `0:127.0.0.1:${port}`, '-v', 'sleep 0.2; echo ok');
    expect(text(back)).toBe('ok\n');
    expect(back.stderr).toMatch(/Allocated port \d+ for remote forward/);
    echo.close();
  });
});

describe('start and stop', () => {
  test('host keys have mode 0600 and survive restarts, and an invalid one is renamed', async () => {
    await using own = await SshServer.start();
    expect((await own.client.ssh(['true'])).status).toBe(0);
    const fingerprints = (): string[] =>
      [...(/^listening.*/m.exec(own.log)?.[0] ?? '').matchAll(/SHA256:\S{43}/g)].map(([match]) => match);
    const before = fingerprints();
    expect(statSync(own.path('keys/ssh_host_ed25519_key')).mode & 0o777).toBe(0o600);
    expect(await own.stop()).toBe(0);
    own.log = '';
    await own.run();
    expect(fingerprints()).toEqual(before);
    await own.stop('SIGKILL');
    writeFileSync(own.path('keys/ssh_host_ecdsa_key'), 'half a k');
    own.log = '';
    await own.run();
    expect(own.log).toContain('.broken');
    expect(fingerprints()[0]).toBe(before[0]);
    expect(fingerprints()[1]).not.toBe(before[1]);
  }, 60_000);

  test('works when keys cannot be saved, and logs it', async () => {
    await using own = new SshServer();
    await own.run('--host-keys', '/dev/null/keys');
    expect(own.log).toContain('lost at the next start');
  });

  test('disconnects a client that does not log in in time', async () => {
    await using own = new SshServer();
    const port = await own.run('--login-grace', '1');
    const silent = connect(port, '127.0.0.1');
    const slow = connect(port, '127.0.0.1');
    for (const socket of [silent, slow]) socket.on('error', () => {}).resume();
    slow.write('SSH-2.0-slow\r\n');
    await Promise.all([once(silent, 'close'), once(slow, 'close')]);
    expect(own.log).toContain('no login in time');
  });

  test('SIGTERM ends the server and its programs', async () => {
    await using own = await SshServer.start();
    const running = own.client.ssh([onHangUp('hup')]);
    await until('the file hup.up', () => exists('hup.up', own));
    expect(await own.stop()).toBe(0);
    expect((await running).status).toBe(255);
    await until('the file hup', () => exists('hup', own));
  });

  test('reports a port in use', async () => {
    const own = new SshServer();
    await expect(own.run('--port', String(server.client.port))).rejects.toThrow(
      /error: Cannot listen .*in use/,
    );
    await own[Symbol.asyncDispose]();
  });
});

/**
 * A script that writes a file on SIGHUP. Without `exec 2>`, the shell could die of SIGPIPE when it reports on
 * `sleep`.
 */
function onHangUp(file: string): string {
  const trap = `trap "echo >${file}; exit" HUP`;
  return `exec 2>/dev/null; ${trap}; echo >${file}.up; echo up; while :; do sleep 0.1; done`;
}

/** Starts a client in the background. */
function start(...args: string[]) {
  const { file, args: all, env } = server.client.sshCommand(...args);
  return spawn(file, all, { env });
}

function sha(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function exists(name: string, on = server): boolean {
  return statSync(on.path(name), { throwIfNoEntry: false }) !== undefined;
}
