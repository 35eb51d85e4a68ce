import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Driver } from '../service/driver.ts';
import { openInspector } from './inspector.ts';

let dir: string;
let folder: string;
let victim: string;
beforeEach(() => {
  // TMPDIR may be too long for the address of a socket.
  dir = realpathSync(mkdtempSync('/tmp/kit-inspector-'));
  folder = join(dir, 'web');
  victim = join(dir, 'victim');
  mkdirSync(folder);
  writeFileSync(victim, 'precious');
});
afterEach(() => rmSync(dir, { recursive: true }));

/** A service whose restart and signals are the given functions. */
function driverOf(restart: () => void, signal: () => void = () => {}): Driver {
  const runner = { kill: signal };
  return {
    runners: new Map([['web', runner]]),
    service: () => ({ pid: 1 }),
    dispatch: restart,
  } as unknown as Driver;
}

/** Serves as an inspector in the folder. */
async function serveInspector(path = join(folder, 'socket')) {
  const server = createServer((socket) => void socket.on('error', () => {}).write('inspector'));
  server.listen(path);
  await once(server, 'listening');
  return { [Symbol.dispose]: () => void server.close() };
}

const open = (driver: Driver, breakAtStart: boolean) =>
  openInspector(driver, { service: 'web', break: breakAtStart }, () => folder);

test('links that a service puts in its folder for debuggers do not truncate, create or remove files', async () => {
  symlinkSync(victim, join(folder, 'break'));
  symlinkSync(join(dir, 'other'), join(folder, 'socket'));
  let server: Disposable | undefined;
  const restart = (): void => {
    expect(readFileSync(join(folder, 'break'), 'utf8')).toBe('');
    void serveInspector().then((one) => {
      server = one;
    });
  };
  const socket = await open(driverOf(restart), true);
  expect(String((await once(socket, 'data'))[0])).toBe('inspector');
  socket.destroy();
  server?.[Symbol.dispose]();
  expect(readFileSync(victim, 'utf8')).toBe('precious');
  expect(readdirSync(dir).sort()).toEqual(['victim', 'web']);
  expect(readdirSync(folder)).not.toContain('break');
});

test('a link to a socket of the machine does not lead the debugger there', async () => {
  using _machine = await serveInspector(join(dir, 'control.sock'));
  symlinkSync(join(dir, 'control.sock'), join(folder, 'socket'));
  let signals = 0;
  let server: Disposable | undefined;
  const signal = (): void => {
    signals += 1;
    rmSync(join(folder, 'socket'));
    void serveInspector().then((one) => {
      server = one;
    });
  };
  const socket = await open(
    driverOf(() => {}, signal),
    false,
  );
  expect(signals).toBe(1);
  socket.destroy();
  server?.[Symbol.dispose]();
});

test('a folder in place of the mark is an error with a reason', async () => {
  mkdirSync(join(folder, 'break'));
  await expect(
    open(
      driverOf(() => {}),
      true,
    ),
  ).rejects.toThrow(
    'Cannot debug service "web": the service has changed its folder for debuggers: Cannot write "',
  );
});

test('a service without the folder, or with a link in its place, is none that can be debugged', async () => {
  rmSync(folder, { recursive: true });
  const none = 'Cannot debug service "web": it is no TypeScript service of kit\'s';
  await expect(
    open(
      driverOf(() => {}),
      true,
    ),
  ).rejects.toThrow(none);
  symlinkSync(dir, folder);
  await expect(
    open(
      driverOf(() => {}),
      true,
    ),
  ).rejects.toThrow(none);
});
