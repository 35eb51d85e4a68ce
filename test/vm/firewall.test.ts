import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { freePort } from '../support/free-port.ts';
import { machineNamed } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

const machine = machineNamed(`test-${process.pid}-firewall`);
/** Published ports of this host, for the declared port and the other. */
let declared: number;
let other: number;
let runErrors: string;

beforeAll(async () => {
  [declared, other] = [await freePort(), await freePort()];
  const publish = ['--publish', `${declared}:8080`, '--publish', `${other}:8081`];
  const manifest = join(kitRoot, 'test/vm/firewall.yml');
  const { status, stderr } = await kit('run', '--detach', '--name', machine.name, ...publish, manifest);
  runErrors = stderr;
  expect(status, await machine.describe(stderr)).toBe(0);
});

afterAll(() => machine[Symbol.asyncDispose]());

const ask = async (port: number): Promise<string> =>
  (await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(15_000) })).text();

test('a port that the manifest declares answers from outside, another does not', async () => {
  expect(await ask(declared)).toBe('8080');
  // The service is up: its probe, within the machine, uses this very port.
  await expect(ask(other)).rejects.toThrow(/timeout/i);
  expect(await machine.console()).toMatch(/kit: firewall \d+ ms: open: 8080\/tcp/);
});

test('kit run names the published port that the firewall drops', () => {
  expect(runErrors).toContain('Port 8081/tcp is published, but the firewall drops it');
});
