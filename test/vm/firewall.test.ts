import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { freePort } from '../support/free-port.ts';
import { machineNamed, shell } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

const machine = machineNamed(`test-${process.pid}-firewall`);
/** Published ports of this host: for a declared port, for another one, and for that of pkg/metrics. */
let declared: number;
let other: number;
let metrics: number;
let runErrors: string;

beforeAll(async () => {
  [declared, other, metrics] = [await freePort(), await freePort(), await freePort()];
  const ports = [`${declared}:8080`, `${other}:8081`, `${metrics}:9100`];
  const publish = [...ports.flatMap((pair) => ['--publish', pair]), '--disk', 'size=16M'];
  const manifest = join(kitRoot, 'test/vm/firewall.yml');
  const { status, stderr } = await kit('run', '--detach', '--name', machine.name, ...publish, manifest);
  runErrors = stderr;
  expect(status, await machine.describe(stderr)).toBe(0);
});

afterAll(() => machine[Symbol.asyncDispose]());

const ask = async (port: number, path = ''): Promise<string> =>
  (await fetch(`http://127.0.0.1:${port}/${path}`, { signal: AbortSignal.timeout(15_000) })).text();

test('a port that the manifest declares answers from outside, another does not', async () => {
  expect(await ask(declared)).toBe('8080');
  // The service is up: its probe, within the machine, uses this very port.
  await expect(ask(other)).rejects.toThrow(/timeout/i);
  expect(await machine.console()).toMatch(/kit: firewall \d+ ms: open: 8080\/tcp, 9100\/tcp/);
});

test('kit run names the published port that the firewall drops', () => {
  expect(runErrors).toContain('Port 8081/tcp is published, but the firewall drops it');
});

test('metrics tell from outside of the machine, its services and restarts, disks, the lease and the clock', async () => {
  const { pid } = await machine.service('two-ports');
  await shell(machine, `kill -KILL ${pid}`);
  const body = await machine.until(
    'restarted, by its metrics',
    // The guest of a busy host may not answer in time.
    () => ask(metrics, 'metrics').catch(String),
    (text) => text.includes('kit_service_restarts_total{service="two-ports"} 1\n'),
  );
  const wanted = [
    /^node_cpu_seconds_total\{cpu="0",mode="user"\} [\d.]+$/m,
    /^node_memory_MemAvailable_bytes \d{8,}$/m,
    /^node_disk_read_bytes_total\{device="vda"\} \d+$/m,
    /^node_network_receive_bytes_total\{device="eth0"\} \d{3,}$/m,
    /^kit_service_state\{service="metrics",state="ready"\} 1$/m,
    /^container_memory_usage_bytes\{.*name="metrics".*\} \d{6,}$/m,
    /^kit_supervisor_up 1$/m,
    /^kit_dhcp_lease\{device="eth0"\} 1$/m,
    /^kit_ntp_synchronised 0$/m,
  ];
  for (const series of wanted) expect(body).toMatch(series);
});
