import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openPty, spawnOnTerminal, type WindowSize } from './pty.ts';
import { applyModes, saneModes, type TerminalModes } from './termios.ts';

const size: WindowSize = { rows: 31, columns: 97 };

/** Runs a script of sh on a new terminal. `text`: its output, with CR LF line ends. */
function onTerminal(script: string, modes: TerminalModes = {}) {
  const pty = openPty(size, modes);
  let text = '';
  pty.stream.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  pty.stream.on('error', () => {});
  const ended = new Promise((resolve) => pty.stream.on('close', resolve));
  const env = { PATH: process.env.PATH ?? '/usr/bin:/bin' };
  const child = spawnOnTerminal(pty.path, { file: '/bin/sh', args: ['-c', script], env, cwd: '/' });
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  const until = async (wanted: string): Promise<void> => {
    while (!text.includes(wanted)) await new Promise((resolve) => pty.stream.once('data', resolve));
  };
  return { pty, exited, ended, until, text: () => text };
}

test('the program leads a session whose controlling terminal is the new one', async () => {
  const run = onTerminal(
    'tty; read pid comm state ppid group session rest </proc/$$/stat; echo $(($$ - session)); stty size',
  );
  const [status] = await run.exited;
  await run.ended;
  expect(status).toBe(0);
  expect(run.text()).toBe(`${run.pty.path}\r\n0\r\n31 97\r\n`);
});

test('bytes written to the master are input, and Ctrl-C sends SIGINT', async () => {
  const run = onTerminal(
    'trap "echo interrupted; exit 9" INT; read a; echo got $a; while :; do sleep 1; done',
  );
  run.pty.stream.write('hello\n');
  await run.until('got hello');
  run.pty.stream.write('\x03');
  expect(await run.exited).toEqual([9, null]);
  await run.ended;
  expect(run.text()).toContain('interrupted');
});

test('resizing sends SIGWINCH and changes the window size', async () => {
  const run = onTerminal('trap "stty size; exit" WINCH; echo ready; while :; do sleep 0.1; done');
  await run.until('ready');
  run.pty.resize({ rows: 50, columns: 120 });
  await run.ended;
  expect(run.text()).toContain('50 120');
  expect(() => run.pty.resize(size)).not.toThrow();
});

test('destroying the master hangs up', async () => {
  const run = onTerminal('echo ready; while :; do sleep 1; done');
  await run.until('ready');
  run.pty.stream.destroy();
  expect(await run.exited).toEqual([null, 'SIGHUP']);
});

test('the terminal has the given modes', async () => {
  const run = onTerminal('stty -a', { ...saneModes, ECHO: false, VERASE: 8, VINTR: 255 });
  await run.ended;
  expect(run.text()).toMatch(/ -echo /);
  expect(run.text()).toMatch(/erase = \^H;/);
  expect(run.text()).toMatch(/intr = <undef>;/);
});

test('all output arrives before the end of the stream', async () => {
  const run = onTerminal('i=0; while [ $i -lt 1000 ]; do echo line $i; i=$((i+1)); done');
  await run.ended;
  expect(run.text().split('\r\n')).toHaveLength(1001);
});

test('destroyed terminals leave no descriptor open', async () => {
  const descriptors = (): number => readdirSync('/proc/self/fd').length;
  const before = descriptors();
  const open = Array.from({ length: 20 }, () => openPty(size));
  expect(descriptors()).toBeGreaterThanOrEqual(before + 20);
  await Promise.all(open.map(({ stream }) => once(stream.destroy(), 'close')));
  expect(descriptors()).toBeLessThan(before + 20);
});

test('unknown modes and any numbers do not damage the struct', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.integer()), fc.integer({ min: 0, max: 255 }), (modes, eof) => {
      const termios = Buffer.alloc(36);
      applyModes(termios, { ...modes, VEOF: eof, ECHO: 1, ICANON: 0 });
      expect(termios.length).toBe(36);
      expect(termios[17 + 4]).toBe(eof === 255 ? 0 : eof);
      expect(termios.readUInt32LE(12) & 0o12).toBe(0o10);
    }),
  );
});
