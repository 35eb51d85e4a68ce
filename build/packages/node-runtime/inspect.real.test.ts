import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';

/** A tmpfs, as in a guest. */
const folder = mkdtempSync('/dev/shm/kit-inspect-');
const doors = join(folder, 'inspect');
const source = `let count: number = 40;
function next(): number {
  count += 1;
  return count;
}
setInterval(() => console.log(next()), 50);
`;

/** Long, for busy hosts. */
const soon = { timeout: 90_000 };
let program: ChildProcess | undefined;

beforeAll(async () => {
  for (const name of ['preload.cjs', 'inspect.cjs'])
    copyFileSync(join(import.meta.dirname, name), join(folder, name));
  writeFileSync(join(folder, 'app.ts'), source);
  writeFileSync(join(folder, 'broken.cjs'), "throw new Error('no such luck');");
  const outfile = join(folder, 'app.mjs');
  await build({ entryPoints: [join(folder, 'app.ts')], outfile, sourcemap: 'linked', format: 'esm' });
});

afterEach(async () => {
  program?.kill('SIGKILL');
  rmSync(doors, { recursive: true, force: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

function start(preload = folder, options: readonly string[] = [], main = 'app.mjs'): ChildProcess {
  const args = [...options, `--require=${join(preload, 'preload.cjs')}`, join(folder, main)];
  program = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  return program;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params: Record<string, unknown>;
  readonly result?: unknown;
}

/** A client of the DevTools protocol, with one message on each line. */
class Debugger {
  readonly heard: Message[] = [];
  readonly #socket: Socket;
  #id = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
    let rest = '';
    socket.setEncoding('utf8').on('data', (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.heard.push(JSON.parse(line));
    });
  }

  static async attach(): Promise<Debugger> {
    // A socket has its name a moment before it is listened on.
    const socket = await vi.waitFor(
      async () => {
        const socket = connect(join(doors, 'socket'));
        await once(socket, 'connect');
        return socket;
      },
      { timeout: 90_000 },
    );
    return new Debugger(socket);
  }

  async call(method: string, params: object = {}): Promise<unknown> {
    this.#id += 1;
    const id = this.#id;
    this.#socket.write(`${JSON.stringify({ id, method, params })}\n`);
    return (await this.#find((message) => message.id === id)).result;
  }

  event(method: string): Promise<Message> {
    return this.#find((message) => message.method === method);
  }

  #find(fits: (message: Message) => boolean): Promise<Message> {
    return vi.waitFor(
      () => {
        const found = this.heard.find(fits);
        if (!found) throw new Error(`not among ${JSON.stringify(this.heard).slice(0, 500)}`);
        return found;
      },
      { timeout: 90_000 },
    );
  }

  leave(): void {
    this.#socket.destroy();
  }
}

interface Script {
  readonly url: string;
  readonly scriptId: string;
}

function scriptOf({ heard }: Debugger, name: string): Script {
  const scripts = heard.filter(({ method }) => method === 'Debugger.scriptParsed');
  return scripts
    .map(({ params }) => params as unknown as Script)
    .find(({ url }) => url.endsWith(name)) as Script;
}

const numbers = async ({ stdout }: ChildProcess): Promise<number[]> =>
  stdout
    ? String((await once(stdout, 'data'))[0])
        .split('\n')
        .filter(Boolean)
        .map(Number)
    : [];

test('after SIGUSR1, a debugger can pause the program, read variables, and resume it', async () => {
  mkdirSync(doors);
  const running = start();
  await numbers(running);
  running.kill('SIGUSR1');
  const one = await Debugger.attach();
  await one.call('Runtime.enable');
  await one.call('Debugger.enable');
  // The function's second line in the source, where the bundle has one line for it.
  await one.call('Debugger.setBreakpointByUrl', { lineNumber: 2, urlRegex: 'app\\.mjs$' });
  const { params } = await one.event('Debugger.paused');
  const [frame] = params.callFrames as { callFrameId: string; functionName: string }[];
  expect(frame?.functionName).toBe('next');
  const value = await one.call('Debugger.evaluateOnCallFrame', {
    callFrameId: frame?.callFrameId,
    expression: 'count',
  });
  expect(value).toMatchObject({ result: { type: 'number' } });
  one.leave();
  const [first = 0] = await numbers(running);
  expect(first).toBeGreaterThan(40);
  await vi.waitFor(() => expect(existsSync(join(doors, 'socket'))).toBe(false), soon);
  // The signal may be missed while the worker closes its socket: send it again.
  await vi.waitFor(() => {
    running.kill('SIGUSR1');
    expect(existsSync(join(doors, 'socket'))).toBe(true);
  }, soon);
  const again = await Debugger.attach();
  expect(await again.call('Runtime.evaluate', { expression: '6 * 7' })).toMatchObject({
    result: { value: 42 },
  });
});

test('with the break file, a program waits for a debugger and stops before its first line', async () => {
  mkdirSync(doors);
  writeFileSync(join(doors, 'break'), '');
  const running = start();
  const one = await Debugger.attach();
  await one.call('Runtime.enable');
  await one.call('Debugger.enable');
  await one.call('Runtime.runIfWaitingForDebugger');
  const { params } = await one.event('Debugger.paused');
  expect(params.reason).toBe('Break on start');
  const script = one.heard.findLast(({ method }) => method === 'Debugger.scriptParsed');
  expect(script?.params).toMatchObject({
    url: expect.stringMatching(/app\.mjs$/),
    sourceMapURL: 'app.mjs.map',
  });
  await one.call('Debugger.resume');
  expect((await numbers(running))[0]).toBe(41);
});

test('a debugger with its own instrumentation breakpoint gets it before the first line', async () => {
  mkdirSync(doors);
  writeFileSync(join(doors, 'break'), '');
  const running = start();
  const one = await Debugger.attach();
  await one.call('Runtime.enable');
  await one.call('Debugger.enable');
  await one.call('Debugger.setInstrumentationBreakpoint', {
    instrumentation: 'beforeScriptWithSourceMapExecution',
  });
  await one.call('Runtime.runIfWaitingForDebugger');
  expect((await one.event('Debugger.paused')).params.reason).toBe('instrumentation');
  await one.call('Debugger.resume');
  await vi.waitFor(() => {
    const stop = one.heard.findLast(({ method }) => method === 'Debugger.paused');
    expect(stop?.params).toMatchObject({ reason: 'Break on start' });
    const { scriptId } = scriptOf(one, 'app.mjs');
    expect(stop?.params.callFrames).toMatchObject({ 0: { location: { scriptId, lineNumber: 0 } } });
  }, soon);
  await one.call('Debugger.resume');
  expect((await numbers(running))[0]).toBe(41);
});

test('a debugger may connect after another connection was opened', async () => {
  mkdirSync(doors);
  writeFileSync(join(doors, 'break'), '');
  const running = start();
  const holder = await Debugger.attach();
  await holder.call('Schema.getDomains');
  running.kill('SIGUSR1');
  const one = await Debugger.attach();
  await one.call('Runtime.enable');
  await one.call('Debugger.enable');
  await one.call('Runtime.runIfWaitingForDebugger');
  await one.event('Debugger.paused');
  await one.call('Debugger.resume');
  expect((await numbers(running))[0]).toBe(41);
  holder.leave();
});

test('a waiting program handles signals, and later fails as it would without waiting', async () => {
  mkdirSync(doors);
  writeFileSync(join(doors, 'break'), '');
  const waiting = start();
  const one = await Debugger.attach();
  await one.call('Schema.getDomains');
  const ended = once(waiting, 'exit');
  waiting.kill('SIGTERM');
  expect(await ended).toEqual([null, 'SIGTERM']);
  const broken = start(folder, [], 'broken.cjs');
  let said = '';
  broken.stderr?.on('data', (bytes) => {
    said += bytes;
  });
  const failed = once(broken, 'exit');
  await vi.waitFor(async () => (await Debugger.attach()).leave(), { timeout: 90_000 });
  expect(await failed).toEqual([1, null]);
  expect(said).toMatch(/broken\.cjs:1\nthrow new Error\('no such luck'\).*Error: no such luck/s);
});

test('a program continues when no debugger connects', async () => {
  mkdirSync(doors);
  writeFileSync(join(doors, 'break'), '');
  const impatient = mkdtempSync('/dev/shm/kit-inspect-');
  symlinkSync(doors, join(impatient, 'inspect'));
  copyFileSync(join(folder, 'preload.cjs'), join(impatient, 'preload.cjs'));
  const text = readFileSync(join(folder, 'inspect.cjs'), 'utf8');
  expect(text).toContain('120_000');
  writeFileSync(join(impatient, 'inspect.cjs'), text.replace('120_000', '50'));
  expect((await numbers(start(impatient)))[0]).toBe(41);
  rmSync(impatient, { recursive: true });
});

test('a program continues when its debugger disconnects', async () => {
  mkdirSync(doors);
  writeFileSync(join(doors, 'break'), '');
  const running = start();
  (await Debugger.attach()).leave();
  expect((await numbers(running))[0]).toBe(41);
});

test('invalid messages are ignored, and an open socket does not keep a program running', async () => {
  mkdirSync(doors);
  const running = start();
  await numbers(running);
  running.kill('SIGUSR1');
  const one = await Debugger.attach();
  const socket = connect(join(doors, 'socket'));
  await once(socket, 'connect');
  socket.write('garbage\n[]\nnull\n{"id":1}\n{"method":5}\n');
  expect(await one.call('Runtime.evaluate', { expression: '1' })).toMatchObject({ result: { value: 1 } });
  const ended = once(running, 'exit');
  await one.call('Runtime.evaluate', { expression: 'setTimeout(() => process.exit(3), 20)' });
  expect((await ended)[0]).toBe(3);
});

test('without the tmpfs there is no socket, and SIGUSR1 opens no port', async () => {
  const plain = mkdtempSync(join(tmpdir(), 'kit-inspect-'));
  for (const name of ['preload.cjs', 'inspect.cjs']) copyFileSync(join(folder, name), join(plain, name));
  mkdirSync(join(plain, 'inspect'));
  const running = start(plain);
  let said = '';
  running.stderr?.on('data', (bytes) => {
    said += bytes;
  });
  await numbers(running);
  running.kill('SIGUSR1');
  await numbers(running);
  await numbers(running);
  expect(said).toBe('');
  expect(existsSync(join(plain, 'inspect/socket'))).toBe(false);
  rmSync(plain, { recursive: true });
});

test('with --disable-sigusr1 the program can handle SIGUSR1 itself', async () => {
  const running = start(folder, ['--disable-sigusr1', '--disable-warning=ExperimentalWarning']);
  let said = '';
  running.stderr?.on('data', (bytes) => {
    said += bytes;
  });
  await numbers(running);
  running.kill('SIGUSR1');
  await numbers(running);
  expect(said).toBe('');
  const handler = "process.on('SIGUSR1', () => process.exit(5))";
  const program = `${handler}; setInterval(() => {}, 1000); console.log('on')`;
  const args = ['--disable-sigusr1', `--require=${join(folder, 'preload.cjs')}`, '-e', program];
  const own = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(own.stdout, 'data');
  own.kill('SIGUSR1');
  expect((await once(own, 'exit'))[0]).toBe(5);
});
