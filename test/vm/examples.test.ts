import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { describe, expect, test } from 'vitest';
import type { MachineOptions } from '../../build/api/test.ts';
import { needsContainerUsers } from '../support/container-users.ts';
import { boot, scratch, shell, type TestMachine } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

/** Examples as their first comments say to use them; those of other files have tests of their own. */
const example = (name: string, options: MachineOptions = {}): Promise<TestMachine> =>
  boot(`examples/${name}.yml`, { backend: 'container', ...options });

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly location: string;
  /** Of the server; undefined for http. */
  readonly fingerprint: string | undefined;
}

/** Takes every certificate. */
function get(url: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = url.startsWith('https:') ? httpsRequest : httpRequest;
    const options = { agent: false, rejectUnauthorized: false, timeout: 30_000 } as const;
    request(url, options, (response) => {
      const { statusCode: status = 0, headers, socket } = response;
      const peer = (socket as Partial<TLSSocket>).getPeerCertificate?.();
      const fingerprint = peer?.fingerprint256;
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status, body, location: headers.location ?? '', fingerprint }));
    })
      .on('timeout', function giveUp(this: { destroy(error: Error): void }) {
        this.destroy(new Error(`${url} does not answer`));
      })
      .on('error', reject)
      .end();
  });
}

describe('in a container', needsContainerUsers, () => {
  test('nginx.yml: https with a certificate of its own, or with that of the metadata', async () => {
    await using first = await example('nginx');
    const [https, http] = await Promise.all([first.forward('', 443), first.forward('', 80)]);
    const page = await get(`https://127.0.0.1:${https.port}/`);
    expect(page, await first.describe('nginx')).toMatchObject({ status: 200 });
    expect(page.body).toContain('Hello from nginx');
    expect(await get(`http://127.0.0.1:${http.port}/x`)).toMatchObject({
      status: 301,
      location: 'https://127.0.0.1/x',
    });
    const file = async (name: string): Promise<object> => {
      const { stdout } = await first.exec('cat', [`/tmp/tls/${name}`], { service: 'nginx' });
      return { perm: '0644', content: stdout };
    };
    const entries = { 'cert.pem': await file('cert.pem'), 'key.pem': await file('key.pem') };
    await using second = await example('nginx', { metadata: { tls: { entries } } });
    const again = await second.forward('', 443);
    const { fingerprint } = await get(`https://127.0.0.1:${again.port}/`);
    expect(fingerprint).toBe(page.fingerprint);
    expect((await kit('logs', second.name, 'nginx')).stdout).toMatch(/"GET \/ HTTP\/1\.1" 200/);
  });

  test('registry.yml: an image that was pushed is there after a reboot', async () => {
    await using folder = await scratch();
    await using machine = await example('registry', {
      disks: [`${folder.dir}/images.img,size=1G,serial=kit-data`],
    });
    const tags = async (): Promise<Answer> => {
      const { port } = await machine.forward('', 5000);
      return get(`http://127.0.0.1:${port}/v2/me/ca-certificates/tags/list`);
    };
    const { port } = await machine.forward('', 5000);
    const pushed = await kit('pkg', 'push', '--org', `localhost:${port}/me`, 'pkg/ca-certificates');
    expect(pushed.status, await machine.describe(pushed.stderr)).toBe(0);
    const before = await tags();
    expect(before).toMatchObject({ status: 200, body: expect.stringContaining('"me/ca-certificates"') });
    await machine.reboot();
    expect((await tags()).body).toBe(before.body);
  });

  test('prometheus.yml: it has figures of the machine', async () => {
    await using machine = await example('prometheus');
    const { port } = await machine.forward('', 9090);
    const ask = async (query: string): Promise<unknown> => {
      const { body } = await get(`http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(query)}`);
      return JSON.parse(body).data?.result?.[0]?.value?.[1];
    };
    await machine.until(
      'a scrape',
      () => ask('up{job="machine"}'),
      (value) => value === '1',
    );
    expect(Number(await ask('node_memory_MemAvailable_bytes'))).toBeGreaterThan(1e6);
    expect(await ask('kit_service_state{service="prometheus",state="ready"}')).toBe('1');
    expect(await ask(`count(node_uname_info{nodename="${machine.name}"})`)).toBe('1');
  });

  test('volumes.yml: what is on the disk outlives the machine', async () => {
    await using folder = await scratch();
    const disks = [`${folder.dir}/data.img,size=100M,serial=kit-data`];
    const page = async (): Promise<string> => {
      await using machine = await example('volumes', { disks });
      const { port } = await machine.forward('', 8080);
      const { body } = await get(`http://127.0.0.1:${port}/`);
      const written = await machine.exec('sh', ['-c', 'echo x >/page/x'], { service: 'web' });
      expect(written.stderr).toMatch(/Read-only file system/);
      await machine.stop();
      return body;
    };
    expect(await page()).toMatch(/^boots: 1, authorities: 1\d\d\n$/);
    expect(await page()).toMatch(/^boots: 2, authorities: 1\d\d\n$/);
  });

  test('isolation.yml: runc starts a service that Landlock holds to its rules', async () => {
    await using machine = await example('isolation');
    const { port } = await machine.forward('', 8080);
    expect((await get(`http://127.0.0.1:${port}/`)).body).toContain('Hello');
    const read = ['-e', 'fs.readFileSync("/etc/hosts")'];
    expect((await machine.exec('node', read, { service: 'node-app' })).stderr).toContain('EACCES');
    expect(await shell(machine, 'ls /run/containerd/runc/*/node-app')).toContain('state.json');
  });

  test('influxdb.yml: what was measured is there after a reboot', async () => {
    await using folder = await scratch();
    await using machine = await example('influxdb', {
      disks: [`${folder.dir}/data.img,size=300M,serial=kit-data`],
    });
    const { port } = await machine.forward('', 8086);
    const post = (path: string, body: string | URLSearchParams): Promise<Response> =>
      fetch(`http://127.0.0.1:${port}/${path}`, { method: 'POST', body });
    expect((await post('query', new URLSearchParams({ q: 'CREATE DATABASE home' }))).status).toBe(200);
    expect((await post('write?db=home', 'temperature,room=hall value=19.5')).status).toBe(204);
    const client = ['-database', 'home', '-execute', 'SELECT * FROM temperature'];
    const select = () => machine.exec('influx', client, { service: 'influxdb' });
    expect((await select()).stdout).toMatch(/\shall +19\.5\n/);
    await machine.reboot();
    expect((await select()).stdout).toMatch(/\shall +19\.5\n/);
  });

  test('visits.yml: a service counts in its database, which the machine outlives', async () => {
    await using folder = await scratch();
    await using machine = await example('visits', {
      disks: [`${folder.dir}/data.img,size=300M,serial=kit-data`],
    });
    const visit = async (): Promise<string> => {
      const { port } = await machine.forward('', 8080);
      return (await get(`http://127.0.0.1:${port}/`)).body;
    };
    expect(await visit(), await machine.describe('visits')).toBe('visit 1\n');
    expect(await visit()).toBe('visit 2\n');
    await machine.reboot();
    expect(await visit()).toBe('visit 3\n');
  });

  test('host-overlay.yml: what a service writes over /etc of the machine stays its own', async () => {
    await using machine = await example('host-overlay');
    const change = ['-c', 'cat /host-etc/motd; echo changed >/host-etc/motd; cat /host-etc/motd'];
    const { stdout } = await machine.exec('sh', change, { service: 'sh' });
    expect(stdout, await machine.describe('sh')).toBe('as it was\nchanged\n');
    expect(await shell(machine, 'cat /etc/motd')).toBe('as it was\n');
  });

  test('static-network.yml: the service answers at a fixed address', async () => {
    await using machine = await example('static-network');
    const { port } = await machine.forward('', 8080);
    expect((await get(`http://127.0.0.1:${port}/`)).body).toContain('Hello from a fixed address');
    // The kernel of a container's host may have no VLANs: test/vm/fixed.test.ts has one in a machine.
    expect(await shell(machine, 'ip address')).toContain('inet 10.0.2.15/24');
  });
});

test('swap.yml and dm-crypt-tpm.yml together, in a machine: disks are encrypted', async () => {
  await using folder = await scratch();
  const manifests = ['examples/swap.yml', 'examples/dm-crypt-tpm.yml'];
  const built = await kit('build', '--dir', folder.dir, '--name', 'encrypted', ...manifests);
  expect(built.status, built.stderr).toBe(0);
  const disks = ['size=64M,serial=kit-swap', 'size=100M,serial=kit-data'];
  await using machine = await boot(join(folder.dir, 'encrypted'), { tpm: true, disks, timeoutMs: 600_000 });
  expect(await shell(machine, 'cat /proc/swaps')).toMatch(/^\/mapper\/swap\s+partition\s+\d{5}\s/m);
  expect(await shell(machine, 'cat /proc/sys/vm/swappiness')).toBe('100\n');
  expect(await shell(machine, 'mount')).toMatch(/^\/dev\/mapper\/data on \/var\/data type ext4/m);
  const kept = await machine.exec('sh', ['-c', 'echo x >/kept/x && cat /kept/x'], { service: 'data' });
  expect(kept).toMatchObject({ status: 0, stdout: 'x\n' });
  const random = await machine.exec('tpm2_getrandom', ['--hex', '8'], { service: 'tss' });
  expect(random.stdout, random.stderr).toMatch(/^[0-9a-f]{16}$/);
});
