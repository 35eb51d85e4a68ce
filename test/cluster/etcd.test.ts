import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeOwned } from '../../build/container/folders/remove-owned.ts';
import { testWork } from '../../build/testing.ts';
import { needsContainers } from '../support/containers.ts';
import { until } from '../support/until.ts';
import { EtcdWorld } from './world.ts';
import { Writer, writtenKeys } from './writer.ts';

/** The story of docs/clusters.md, with a client that writes all the while. */
describe('three etcd machines', needsContainers, () => {
  let world: EtcdWorld;
  let writer: Writer;
  const url = (index: number): string => `http://127.0.0.${index}:${world.port}`;

  beforeAll(async () => {
    world = await EtcdWorld.make();
  });
  afterAll(async () => {
    await writer?.stop();
    await world?.[Symbol.asyncDispose]();
  }, 120_000);

  /** Waits until the client has written that many more keys. */
  const writes = async (more: number): Promise<void> => {
    const least = writer.written + more;
    await until(`${least} keys`, () => writer.written >= least);
  };

  /** PID 1 of each machine, and when it began. */
  const guests = (): Promise<unknown[]> =>
    Promise.all(
      [1, 2, 3].map(async (at) => {
        const record = join(world.dir, `state/machines/etcd-node-${at}/machine.json`);
        return JSON.parse(await readFile(record, 'utf8')).guest;
      }),
    );

  /** etcd changes its members only when the others have been connected for five seconds. */
  const changeMembers = (...args: readonly string[]): Promise<void> =>
    until(`etcdctl member ${args.join(' ')}`, () =>
      world.etcdctl('etcd-node-1', 'member', ...args).then(
        () => true,
        (thrown: Error) => {
          if (/unhealthy cluster/.test(thrown.message)) return false;
          throw thrown;
        },
      ),
    );

  test('come up, elect a leader, and are left alone from then on', { timeout: 400_000 }, async () => {
    const { status, stdout, stderr } = await world.kit('up');
    expect([status, stderr]).toEqual([0, '']);
    const started = ['etcd-node-1  started', 'etcd-node-2  started', 'etcd-node-3  started'];
    expect(stdout.trim().split('\n').sort()).toEqual(started);
    const table = await world.etcdctl('etcd-node-1', 'endpoint', 'status', '--cluster', '-w', 'simple');
    const rows = table
      .trim()
      .split('\n')
      .map((line) => line.split(', '));
    expect(rows.map(([address]) => address).sort()).toEqual(
      [2, 3, 4].map((host) => `http://10.90.0.${host}:2379`),
    );
    expect(rows.filter((row) => row[4] === 'true')).toHaveLength(1);
    writer = new Writer([1, 2, 3].map(url));
    await writes(20);
    const again = JSON.parse((await world.kit('up', '--json')).stdout) as object;
    const runs = [1, 2, 3].map((index) => ({ name: `etcd-node-${index}`, action: 'runs' }));
    expect(again).toEqual({ cluster: 'etcd', machines: expect.arrayContaining(runs), differences: [] });
    const { stdout: list } = await world.kit('ps');
    expect(list).toMatch(/^cluster etcd\n\netcd-node-1 {2}node {2}running/);
  });

  test('lose one with its disk, and get a new one while the others are updated', {
    timeout: 600_000,
  }, async () => {
    const before = await world.etcdctl('etcd-node-1', 'member', 'list');
    const lost = /^([0-9a-f]+), started, node-2, ([^,]+),/m.exec(before);
    expect((await world.kit('rm', '--force', 'etcd-node-2')).status).toBe(0);
    await removeOwned(join(world.dir, 'state/clusters/etcd/disks/etcd-node-2'), testWork());
    await writes(20);
    await changeMembers('remove', lost?.[1] ?? '');
    await changeMembers('add', 'node-2', `--peer-urls=${lost?.[2]}`);
    await world.edit('etcd/cluster.yml', 'initial-cluster-state: new', 'initial-cluster-state: existing');
    await world.edit('etcd.yml', 'services:', 'files: [{path: etc/release, contents: "two"}]\nservices:');
    const { status, stdout, stderr } = await world.kit('up', '--roll');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toBe('etcd-node-2  started\netcd-node-1  replaced\netcd-node-3  replaced\n');
    for (const index of [1, 2, 3]) {
      const { stdout: release } = await world.kit(
        'exec',
        `etcd-node-${index}`,
        '--host',
        'cat',
        '/etc/release',
      );
      expect(release).toBe('two');
    }
    await writes(20);
  });

  test('an edited service is replaced in one machine after the other, without a reboot', {
    timeout: 600_000,
  }, async () => {
    await world.edit('etcd.yml', '/etcd.yml]', '/etcd.yml, --max-txn-ops=200]');
    const before = await guests();
    const { status, stdout, stderr } = await world.kit('update', '--all', 'etcd/node');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toBe([1, 2, 3].map((at) => `etcd-node-${at}: etcd replaced; 0.0 kB sent\n`).join(''));
    expect(await guests()).toEqual(before);
    // The machines are what the file says.
    const up = await world.kit('up');
    expect([up.status, up.stderr]).toEqual([0, '']);
    await writes(20);

    // One that was updated by itself differs, until all are alike again.
    await world.edit('etcd.yml', 'ops=200', 'ops=300');
    expect((await world.kit('update', 'etcd-node-2', '../etcd.yml')).status).toBe(0);
    await world.edit('etcd.yml', 'ops=300', 'ops=200');
    expect((await world.kit('up')).stderr).toContain('  etcd-node-2: image\n');
    expect((await world.kit('update', '--all', 'etcd')).stdout).toContain('etcd-node-2: etcd replaced;');
    expect((await world.kit('up')).status).toBe(0);

    await world.edit('etcd.yml', '--max-txn-ops', '--no-such-option');
    const failed = await world.kit('update', '--all', 'etcd');
    expect([failed.status, failed.stdout]).toEqual([1, '']);
    expect(failed.stderr).toContain('Cannot update machine "etcd-node-1": service "etcd" does not stay up');
    expect(failed.stderr).toContain('The update has stopped: 3 machines are left as before');
    await writes(20);
    await world.edit('etcd.yml', '--no-such-option', '--max-txn-ops');
    const again = await world.kit('update', '--all', '--json', 'etcd');
    expect(JSON.parse(again.stdout)).toHaveLength(3);
    expect((await world.kit('stop', '--force', 'etcd-node-3')).status).toBe(0);
    expect((await world.kit('update', '--all', 'etcd')).stderr).toContain('"etcd-node-3" has ended');
    expect((await world.kit('up')).status).toBe(0);
    expect((await world.kit('update', '--all', 'etcd/web')).stderr).toContain('has no group "web"');
    expect((await world.kit('update', '--all', 'other')).stderr).toContain('there is no cluster "other"');
  });

  test('an update that fails stops at its first machine', { timeout: 600_000 }, async () => {
    await world.edit('etcd.yml', '--config-file=', '--no-such-flag=');
    const named = await world.kit('up');
    expect([named.status, named.stderr]).toEqual([1, expect.stringContaining('  etcd-node-1: image\n')]);
    const failed = await world.kit('up', '--roll', '--timeout', '60');
    expect([failed.status, failed.stdout]).toEqual([1, '']);
    expect(failed.stderr).toContain('Machine "etcd-node-1" is not ready: etcd');
    expect(failed.stderr).toContain('The update has stopped: 2 machines are left as before');
    await writes(20);
    await world.edit('etcd.yml', '--no-such-flag=', '--config-file=');
    const repaired = await world.kit('up', '--roll');
    expect([repaired.status, repaired.stderr]).toEqual([0, '']);
    expect(repaired.stdout).toContain('etcd-node-1  replaced\n');
  });

  test('no key that was written is lost', async () => {
    await writes(20);
    const count = await writer.stop();
    for (const index of [1, 2, 3]) {
      const keys = await writtenKeys(url(index));
      expect(Array.from({ length: count }, (_, at) => at).filter((at) => !keys.has(at))).toEqual([]);
    }
  });

  test('end together, and their disks with them only when asked', { timeout: 300_000 }, async () => {
    const { status, stdout } = await world.kit('down', '--json');
    expect(status).toBe(0);
    const disks = join(world.dir, 'state/clusters/etcd/disks');
    const ended = [1, 2, 3].map((index) => `etcd-node-${index}`);
    expect(JSON.parse(stdout)).toEqual({ cluster: 'etcd', ended: expect.arrayContaining(ended), disks });
    expect(JSON.parse((await world.kit('down', '--disks', '--json', 'etcd')).stdout)).toMatchObject({
      disks: null,
    });
    expect((await world.kit('down', 'etcd')).stderr).toContain('Cannot find cluster "etcd"');
  });
});
