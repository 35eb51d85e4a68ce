import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { toolCommand } from '../../build/tools/command.ts';
import type { Tools } from '../../build/tools/tree.ts';
import { ControlService, Service, StatusReply } from '../../lib/control/generated/control.ts';
import { contentTypes } from '../../services/metrics/exposition.ts';
import { limits } from '../../services/metrics/serve.ts';
import { bundled } from '../support/bundled.ts';
import { freePort } from '../support/free-port.ts';
import { testSocket } from '../support/needs.ts';
import { prometheusTools } from './tools.ts';

/** The bundled program of pkg/metrics between a simulated supervisor and a real Prometheus. */
const dir = mkdtempSync(join(tmpdir(), 'kit-metrics-'));
const children: ChildProcess[] = [];
const supervisor = new Server();
let tools: Tools;
let port: number;

const decoded = <T>(message: { decode(bytes: Uint8Array): T }): T => message.decode(new Uint8Array());
const web = {
  ...decoded(Service),
  ...{
    name: 'web',
    section: 'services',
    state: 'ready',
    health: 'healthy',
    pid: 42,
    restarts: 3,
    livenessRestarts: 2,
  },
  ...{ memoryBytes: 20_000_000n, workingSetBytes: 15_000_000n, cpuUsec: 2_500_000n, ageS: 60, processes: 2 },
};
const filesystem = {
  ...{
    mountPoint: '/var',
    device: '/dev/vda',
    type: 'ext4',
    readonly: false,
    sizeBytes: 1000n,
    freeBytes: 400n,
  },
  ...{ availableBytes: 300n, files: 10n, filesFree: 9n },
};
const incident = {
  ...{
    service: 'web',
    what: 'a "secret"',
    firstMs: 1n,
    lastMs: 5000n,
    count: 4,
    lines: [],
    stack: [],
    bootId: '',
  },
};

beforeAll(async () => {
  tools = await prometheusTools();
  port = await freePort();
  const { status, incidents } = ControlService;
  supervisor.addService(
    { status, incidents },
    {
      status: (
        call: { request: { filesystems: boolean } },
        done: (error: null, reply: StatusReply) => void,
      ) =>
        done(null, {
          ...decoded(StatusReply),
          services: [web],
          filesystems: call.request.filesystems ? [filesystem] : [],
        }),
      incidents: (_call: unknown, done: (error: null, reply: object) => void) =>
        done(null, { incidents: [incident], bootId: '' }),
    },
  );
  const socket = testSocket(dir, 'socket');
  await promisify(supervisor.bindAsync.bind(supervisor))(
    `unix:${socket}`,
    ServerCredentials.createInsecure(),
  );
  for (const name of ['dhcp', 'ntp', 'data']) mkdirSync(join(dir, name));
  writeFileSync(
    join(dir, 'dhcp/eth0.json'),
    '{"interface": "eth0", "address": "10.0.2.15", "leaseSeconds": 3600}',
  );
  writeFileSync(join(dir, 'ntp/status.json'), '{"state": "synchronised", "offset": -0.002, "stratum": 3}');
  const paths = ['--socket', socket, '--dhcp', join(dir, 'dhcp'), '--ntp', join(dir, 'ntp')];
  const main = await bundled('services/metrics/main.ts');
  start(process.execPath, [main, '--listen', `127.0.0.1:${port}`, ...paths]);
  await vi.waitFor(async () => expect((await get('/metrics')).status).toBe(200), patience);
}, 300_000);

afterAll(async () => {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  supervisor.forceShutdown();
  rmSync(dir, { recursive: true });
});

const patience = { timeout: 120_000, interval: 200 };

function start(file: string, args: readonly string[]): ChildProcess {
  const child = spawn(file, args, { stdio: 'ignore' });
  children.push(child);
  return child;
}

function get(path: string, headers: Record<string, string> = {}, method = 'GET', at = port) {
  return new Promise<{ status: number; type: string; body: string }>((resolve, reject) => {
    request({ host: '127.0.0.1', port: at, path, headers, method, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', body }),
      );
    })
      .on('error', reject)
      .end();
  });
}

test('it serves the state of services, disks, the lease and the clock, and no text of an incident', async () => {
  const { body, type } = await get('/metrics');
  expect(type).toBe(contentTypes.text);
  const lines = body.split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'kit_supervisor_up 1',
      'container_cpu_usage_seconds_total{name="web"} 2.5',
      'container_memory_working_set_bytes{name="web"} 15000000',
      'kit_service_state{service="web",state="ready"} 1',
      'kit_service_state{service="web",state="failed"} 0',
      'kit_service_restarts_total{service="web"} 3',
      'kit_service_liveness_restarts_total{service="web"} 2',
      'kit_service_healthy{service="web"} 1',
      'kit_incidents{service="web"} 4',
      'kit_last_incident_time_seconds{service="web"} 5',
      'node_filesystem_avail_bytes{device="/dev/vda",fstype="ext4",mountpoint="/var"} 300',
      'kit_dhcp_lease{device="eth0"} 1',
      'kit_ntp_synchronised 1',
      'kit_ntp_offset_seconds -0.002',
    ]),
  );
  expect(body).toMatch(/^node_cpu_seconds_total\{cpu="0",mode="user"\} \d/m);
  expect(body).not.toContain('secret');
});

test('promtool finds fault only with names that node_exporter has as well', async () => {
  const { body } = await get('/metrics');
  const { file, args } = toolCommand(tools, 'promtool', ['check', 'metrics']);
  const { status, stdout, stderr } = spawnSync(file, args, { input: body, encoding: 'utf8' });
  const faults = `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
  // 1: it cannot be parsed; 3: there are remarks.
  expect([0, 3]).toContain(status);
  expect(faults.filter((line) => !/^node_(?:memory|netstat|sockstat)_.*camelCase/.test(line))).toEqual([]);
});

test('its figures have the names, types and labels of node_exporter, and all that its collectors show', async () => {
  const theirs = await nodeExporter();
  const ours = seriesOf((await get('/metrics')).body);
  const named = [...ours].filter(([name]) => name.startsWith('node_'));
  const strange = named.filter(([name, type]) => theirs.get(name) !== type && !perMachine.test(name));
  expect(strange).toEqual([]);
  const missing = [...theirs.keys()].filter((name) => collected.test(name) && !ours.has(name));
  expect(missing).toEqual([]);
});

/**
 * File systems are those of the supervisor, here a simulated one; disks may all be loop devices; and of
 * /proc/meminfo node_exporter has those keys that it knows.
 */
const perMachine = /^node_(?:filesystem|disk|memory)_/;

/** What these collectors of node_exporter show, and dashboards use. */
const collected = new RegExp(
  `^node_(?:${[
    'context_switches|intr|forks|procs_running|procs_blocked|boot_time|load|memory|vmstat|netstat|sockstat',
    'pressure|filefd|uname|time_seconds|cpu_seconds|network_(?:receive|transmit)_(?!nohandler)',
  ].join('|')})`,
);

/** Starts Debian's node_exporter, and reads it once. */
async function nodeExporter(): Promise<Map<string, string>> {
  const at = await freePort();
  const { file, args } = toolCommand(tools, 'prometheus-node-exporter', [
    `--web.listen-address=127.0.0.1:${at}`,
    '--collector.disable-defaults',
    ...collectors.map((name) => `--collector.${name}`),
  ]);
  start(file, args);
  const text = await vi.waitFor(async () => {
    const { status, body } = await get('/metrics', {}, 'GET', at);
    expect(status).toBe(200);
    return body;
  }, patience);
  return seriesOf(text);
}

const collectors = [
  ...['cpu', 'diskstats', 'filefd', 'filesystem', 'loadavg', 'meminfo', 'netdev', 'netstat', 'pressure'],
  ...['sockstat', 'stat', 'time', 'uname', 'vmstat'],
];

/** By name: the type, and the names of the labels of its first series. */
function seriesOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', type = '', labels = ''] of text.matchAll(
    /^# TYPE (\S+) (\S+)\n\S+?(\{.*\})? \S+$/gm,
  )) {
    const names = [...labels.matchAll(/(?<=[{,])(\w+)="/g)].map(([, label]) => label).toSorted();
    found.set(name, `${type} ${names.join(' ')}`);
  }
  return found;
}

test('Prometheus scrapes it', { timeout: 300_000 }, async () => {
  const own = await freePort();
  const config = join(dir, 'prometheus.json');
  // JSON is YAML.
  const scrape = {
    job_name: 'kit',
    scrape_interval: '1s',
    static_configs: [{ targets: [`127.0.0.1:${port}`] }],
  };
  writeFileSync(config, JSON.stringify({ scrape_configs: [scrape] }));
  const flags = [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(dir, 'data')}`,
    `--web.listen-address=127.0.0.1:${own}`,
  ];
  const { file, args } = toolCommand(tools, 'prometheus', flags);
  start(file, args);
  const value = async (query: string): Promise<unknown> => {
    const { body } = await get(`/api/v1/query?query=${encodeURIComponent(query)}`, {}, 'GET', own);
    return JSON.parse(body).data?.result?.[0]?.value?.[1];
  };
  await vi.waitFor(async () => expect(await value('up{job="kit"}')).toBe('1'), patience);
  expect(await value('kit_service_restarts_total{service="web"}')).toBe('3');
  expect(await value('node_filesystem_avail_bytes{mountpoint="/var"}')).toBe('300');
  expect(Number(await value('count(node_cpu_seconds_total{mode="idle"})'))).toBeGreaterThan(0);
  expect(Number(await value('node_memory_MemTotal_bytes'))).toBeGreaterThan(1e6);
});

test('other paths and methods are refused, and OpenMetrics is there for those who ask', async () => {
  expect((await get('/')).status).toBe(404);
  expect((await get('/metrics', {}, 'POST')).status).toBe(405);
  expect((await get('/metrics', { long: 'x'.repeat(limits.headerBytes) })).status).toBe(431);
  const open = await get('/metrics', { accept: 'application/openmetrics-text;version=1.0.0' });
  expect(open.type).toBe(contentTypes.openmetrics);
  expect(open.body.endsWith('# EOF\n')).toBe(true);
});

test('an address that holds connections gets no more, until it lets go', async () => {
  const held = Array.from({ length: limits.connectionsOfPeer }, () => connect(port, '127.0.0.1'));
  for (const socket of held) await once(socket, 'connect');
  await expect(get('/metrics')).rejects.toThrow();
  for (const socket of held) socket.destroy();
  await vi.waitFor(async () => expect((await get('/metrics')).status).toBe(200), patience);
});

test('without a supervisor it says so, and goes on with the rest', async () => {
  supervisor.forceShutdown();
  await vi.waitFor(async () => {
    const { body } = await get('/metrics');
    expect(body).toContain('kit_supervisor_up 0\n');
    expect(body).toContain('node_load1 ');
    expect(body).not.toContain('kit_service_');
  }, patience);
});
