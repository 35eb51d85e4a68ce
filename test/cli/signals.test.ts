import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { machineDir } from '../../build/machine/records/folder.ts';
import { writeRecord } from '../../build/machine/records/record.ts';
import { testRecord } from '../../build/machine/testing/record.ts';
import { CliWorld } from './world.ts';

let world: CliWorld;
/** A registry that accepts connections and never answers. */
let silent: Server;
let image: string;

beforeAll(async () => {
  world = await CliWorld.make();
  silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  image = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/x:1`;
}, 300_000);
afterAll(() => {
  silent.close();
  world.remove();
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s ends a command with status %i, and one line', async (signal, status) => {
  const asked = once(silent, 'connection');
  const kit = world.start(world.newCache(), ['cache', 'pull', image]);
  await asked;
  kit.child.kill(signal);
  expect(await kit.ended).toEqual({ status, stdout: '', stderr: 'error: Interrupted\n' });
});

test('so does Ctrl-C in a terminal, which signals the programs that kit has started, too', async () => {
  world.write('slow/build.yml', 'image: slow\ndebian: {packages: [busybox-static]}\n');
  const asked = once(silent, 'connection');
  const mirror = `http://${image.split('/')[0]}/debian`;
  const kit = world.start(world.newCache(), ['pkg', 'build', './slow'], { KIT_DEBIAN_MIRROR: mirror });
  await asked;
  kit.interrupt();
  expect(await kit.ended).toMatchObject({ status: 130, stderr: 'error: Interrupted\n' });
});

test.each([
  ['SIGINT', 0],
  ['SIGTERM', 143],
] as const)('a command that runs until Ctrl-C ends with %s: %i', async (signal, status) => {
  const state = { KIT_STATE: world.path('state') };
  const machine = machineDir(state, 't1');
  mkdirSync(machine, { recursive: true });
  await writeRecord(machine, testRecord('t1'));
  const kit = world.start(world.newCache(), ['forward', '--json', 't1', '0:.:80']);
  await once(kit.child.stdout ?? kit.child, 'data');
  kit.child.kill(signal);
  expect(await kit.ended).toMatchObject({ status, stderr: '' });
});

test('with --json the interruption is JSON, too', async () => {
  const asked = once(silent, 'connection');
  const kit = world.start(world.newCache(), ['cache', 'pull', '--json', image]);
  await asked;
  kit.interrupt();
  const { status, stdout } = await kit.ended;
  expect({ status, error: JSON.parse(stdout).error.message }).toEqual({ status: 130, error: 'Interrupted' });
});

test('build --json reports a bad manifest as JSON', async () => {
  world.write('bad.yml', 'services: [{name: x}]\n');
  const { status, stdout, stderr } = await world.kit(world.newCache(), 'build', '--json', 'bad.yml');
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    error: { message: expect.stringContaining('"image"'), place: { file: 'bad.yml', line: 1 } },
  });
  expect(stderr).toMatch(/^error: bad.yml:1:/);
});
