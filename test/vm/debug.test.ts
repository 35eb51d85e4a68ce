import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { freePort } from '../support/free-port.ts';
import { boot, type TestMachine } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';
import { Debugger } from './debugger.ts';
import { type RunningKit, startKit } from './running-kit.ts';

/** One boot of examples/node-app.yml: kit exec, a crash, kit debug. */
let machine: TestMachine;
let port: number;

beforeAll(async () => {
  port = await freePort();
  machine = await boot('examples/node-app.yml', { publish: [`${port}:8080`] });
});
afterAll(() => machine?.[Symbol.asyncDispose]());

const get = async (path: string): Promise<string> => (await fetch(`http://127.0.0.1:${port}${path}`)).text();

test("the user's service answers", async () => {
  expect(await get('/'), await machine.describe('node-app')).toMatch(/^Hello from TypeScript, kit-/);
});

test('kit exec runs a program in the service and on the machine and returns its exit status', async () => {
  const inside = await kit('exec', machine.name, 'node-app', 'node', '-p', 'process.env.GREETING');
  expect(inside, inside.stderr).toMatchObject({ status: 0, stdout: 'Hello from TypeScript\n' });
  const outside = await kit('exec', machine.name, '--host', 'sh', '-c', 'echo out; echo err >&2; exit 7');
  expect(outside).toMatchObject({ status: 7, stdout: 'out\n', stderr: 'err\n' });
  const nope = await kit('exec', machine.name, 'node-app', '/bin/nope');
  expect(nope.status).toBe(1);
  expect(nope.stderr).toMatch(/Cannot run "\/bin\/nope" in service "node-app": .*No such file/);
});

test('restarts after a crash and keeps an incident with the line of the TypeScript file', async () => {
  await get('/crash').catch(() => {});
  const after = await machine.until(
    'restarted',
    () => machine.service('node-app'),
    ({ restarts, state }) => restarts === 1 && state === 'ready',
  );
  expect(after.lastExit).toBe('exit status 1');
  const { stdout } = await kit('incidents', '--json', machine.name, 'node-app');
  const [incident] = JSON.parse(stdout);
  expect(incident).toMatchObject({ service: 'node-app', what: 'ended: exit status 1', count: 1 });
  expect(incident.stack.slice(0, 2)).toEqual([
    'Error: asked to crash',
    expect.stringMatching(/\/main\.ts:9:\d+\)?$/),
  ]);
});

/** A running `kit debug`. */
function openDebugger(...flags: readonly string[]): Promise<RunningKit<{ readonly url: string }>> {
  const source = ['--source', join(kitRoot, 'examples/node-app')];
  return startKit('debug', ...flags, '--port', '0', '--json', ...source, machine.name, 'node-app');
}

test('kit debug stops at a breakpoint in the TypeScript file and shows a variable', async () => {
  const session = await openDebugger();
  try {
    using debug = await Debugger.connect(session.output.url);
    await debug.breakAt('greet.ts', 2);
    const answer = get('/');
    const paused = await debug.paused();
    const { sourceMapURL } = await debug.scriptOf('greet.ts');
    const map = JSON.parse(Buffer.from(sourceMapURL.split(',')[1] ?? '', 'base64').toString());
    const at = map.sources.indexOf(pathToFileURL(join(kitRoot, 'examples/node-app/greet.ts')).href);
    expect(map.sourcesContent[at]).toContain('export function greet');
    expect(paused.callFrames[0]?.functionName).toBe('greet');
    expect(await debug.evaluate(paused, 'greeting')).toBe('Hello from TypeScript');
    await debug.call('Debugger.resume');
    expect(await answer).toMatch(/^Hello from TypeScript/);
  } finally {
    await session.end();
  }
  expect(await get('/')).toMatch(/^Hello from TypeScript/);
});

test('kit debug --break restarts the service and stops before its first line', async () => {
  const before = await machine.service('node-app');
  const session = await openDebugger('--break');
  try {
    using debug = await Debugger.connect(session.output.url);
    await debug.call('Runtime.runIfWaitingForDebugger');
    expect((await debug.paused()).reason).toBe('Break on start');
    // Its probe has not succeeded.
    expect((await machine.service('node-app')).state).toBe('running');
    const { sourceMapURL } = await debug.scriptOf('main.ts');
    const map = JSON.parse(Buffer.from(sourceMapURL.split(',')[1] ?? '', 'base64').toString());
    const at = map.sources.indexOf(pathToFileURL(join(kitRoot, 'examples/node-app/main.ts')).href);
    expect(map.sourcesContent[at]).toContain("console.log('listening on port 8080')");
    await debug.call('Debugger.resume');
    const after = await machine.until(
      'ready again',
      () => machine.service('node-app'),
      ({ state }) => state === 'ready',
    );
    expect(after.pid).not.toBe(before.pid);
  } finally {
    await session.end();
  }
  // When the debugger that requested the stop disconnects, the service continues.
  await (await openDebugger('--break')).end();
  await machine.until(
    'ready once more',
    () => machine.service('node-app'),
    ({ state }) => state === 'ready',
  );
  expect(await get('/')).toMatch(/^Hello from TypeScript/);
});

test('refuses to debug other programs, and the machine opens no port for debugging', async () => {
  const refused = await kit('debug', machine.name, 'nobody');
  expect(refused).toMatchObject({ status: 1 });
  expect(refused.stderr).toContain('Unknown service "nobody"');
  const { stdout } = await kit('exec', machine.name, '--host', 'cat', '/proc/net/tcp', '/proc/net/tcp6');
  const listening = [...stdout.matchAll(/:([0-9A-F]{4}) \S+ 0A /g)].map(([, hex]) =>
    Number.parseInt(hex ?? '', 16),
  );
  expect(listening.filter((one) => one !== 8080)).toEqual([]);
});
