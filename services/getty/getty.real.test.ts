import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openPty, type Pty } from '../../lib/linux/terminal/pty.ts';
import { shaCrypt } from './sha-crypt.ts';

/** The real program on a pseudo-terminal instead of a console. */
class GettyTerminal {
  readonly dir = mkdtempSync(join(tmpdir(), 'kit-getty-'));
  readonly pty: Pty = openPty({ rows: 24, columns: 80 });
  /**
   * Keeps the other end open: reads fail with EIO while no process has it open, such as between two sessions.
   */
  readonly open = openSync(this.pty.path, constants.O_RDWR | constants.O_NOCTTY);
  readonly child: ChildProcess;
  screen = '';
  log = '';

  constructor(env: Readonly<Record<string, string>>, shadow: string) {
    const [cmdline, shadowFile] = [join(this.dir, 'cmdline'), join(this.dir, 'shadow')];
    writeFileSync(cmdline, `quiet console=${this.pty.path.replace('/dev/', '')},115200 console=ttyNone9\n`);
    writeFileSync(shadowFile, shadow);
    const main = join(import.meta.dirname, 'main.ts');
    const args = [
      '--disable-warning=ExperimentalWarning',
      main,
      '--cmdline',
      cmdline,
      '--shadow',
      shadowFile,
    ];
    this.child = spawn(process.execPath, [...args, '--home', this.dir], {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child.stdout?.on('data', (chunk) => {
      this.log += chunk;
    });
    this.pty.stream.on('data', (chunk) => {
      this.screen += chunk;
    });
  }

  /** Waits for a text in the output since the last call. */
  async waitFor(wanted: string): Promise<string> {
    while (!this.screen.includes(wanted)) await new Promise((resolve) => setTimeout(resolve, 20));
    const end = this.screen.indexOf(wanted) + wanted.length;
    const seen = this.screen.slice(0, end);
    this.screen = this.screen.slice(end);
    return seen;
  }

  type(text: string): void {
    this.pty.stream.write(text);
  }

  async end(): Promise<void> {
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
    this.pty.stream.on('error', () => {}).destroy();
    closeSync(this.open);
    rmSync(this.dir, { recursive: true });
  }
}

let terminal: GettyTerminal | undefined;

function start(env: Readonly<Record<string, string>>, shadow = ''): GettyTerminal {
  terminal = new GettyTerminal(env, shadow);
  return terminal;
}

afterEach(async () => {
  await terminal?.end();
  terminal = undefined;
});

test('with INSECURE, starts a root shell on its own terminal, and another after it', async () => {
  const here = start({ INSECURE: 'true' });
  here.type('echo "it is $(tty) $((1 + 1)) $TERM"\n');
  await here.waitFor(`it is ${here.pty.path} 2 vt220`);
  here.type('stty size; exit\n');
  await here.waitFor('24 80');
  here.type('echo again $((40 + 2))\n');
  await here.waitFor('again 42');
  expect(here.log).toContain('a root shell without a password');
});

test('Ctrl-C interrupts a program and leaves the shell', async () => {
  const here = start({ INSECURE: 'true' });
  // The program itself says that it runs: a shell that is about to start one takes Ctrl-C itself.
  here.type("sh -c 'echo ready $((2 + 3)); exec sleep 1000'\n");
  await here.waitFor('ready 5');
  here.type('\x03');
  here.type('echo alive $((3 + 4))\n');
  await here.waitFor('alive 7');
});

test("without INSECURE, only root's password starts a shell", async () => {
  const here = start({}, `root:${shaCrypt('right', '$6$rounds=1000$salt')}:1::::::\n`);
  await here.waitFor(' login: ');
  here.type('root\n');
  await here.waitFor('Password: ');
  here.type('wrong\n');
  expect(await here.waitFor('Login incorrect')).not.toContain('wrong');
  await here.waitFor(' login: ');
  here.type('root\n');
  await here.waitFor('Password: ');
  here.type('right\n');
  here.type('echo in $((5 + 6))\n');
  await here.waitFor('in 11');
  expect(here.log).toContain('refused a login');
  expect(here.log).toContain('wrong password');
});

test('refuses every login without a shadow file, and other users always', async () => {
  const here = start({ INSECURE: 'no' });
  for (const user of ['root', 'daemon']) {
    await here.waitFor(' login: ');
    here.type(`${user}\n`);
    await here.waitFor('Password: ');
    here.type('\n');
    await here.waitFor('Login incorrect');
  }
  expect(here.log).toContain('no such user');
});

test('logins leave no descriptor open', async () => {
  const here = start({});
  const count = (): number => readdirSync(`/proc/${here.child.pid}/fd`).length;
  await here.waitFor(' login: ');
  const before = count();
  for (let round = 0; round < 3; round++) {
    here.type('\n');
    await here.waitFor(' login: ');
  }
  expect(count()).toBeLessThanOrEqual(before);
});
