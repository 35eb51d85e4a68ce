import { readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ExecInput } from '../../lib/control/generated/control.ts';
import { LogReader } from '../../lib/log/reader.ts';
import { attack, attacks, outcomes } from '../access/attacks.ts';
import { call, data, flags, hello, message } from '../access/frames.ts';
import { canSupervise } from './can-supervise.ts';
import { type Order, World } from './world.ts';

/** Generous: nothing here is about speed. */
const patience = { timeout: 60_000, interval: 100 };

describe('supervisor with a real containerd, shim and crun', { timeout: 120_000, ...canSupervise }, () => {
  let world: World;

  beforeAll(async () => {
    world = await World.make();
    world.service('web', 'trap "echo bye; exit 0" TERM; echo up $$; while :; do sleep 0.1; done');
    world.service('late', 'trap "exit 0" TERM; echo late is up; echo oops >&2; while :; do sleep 0.1; done', {
      after: ['web'],
      ready: { log: '^late is up$' },
    });
    world.service('ticker', 'n=0; while :; do n=$((n+1)); echo tick $n; : >/up$n; sleep 0.2; done', {
      stopTimeoutMs: 300,
      ready: {
        exec: ['/bin/sh', '-c', 'read comm </proc/1/comm; [ "$comm" = sh ] && [ -e /up2 ] && [ ! -s /sick ]'],
      },
    });
    world.service('broken', '/bin/nope');
    await world.start();
  }, 300_000);

  afterAll(() => world.end());

  const stateOf = async (name: string) => (await world.serviceNamed(name))?.state;
  const pidOf = (name: string) => world.pidOf(name);
  const messages = async (name: string) => (await world.logs(name)).map(({ message }) => message);
  const isReady = (name: string) =>
    vi.waitFor(async () => expect(await stateOf(name)).toBe('ready'), patience);

  test('services come up, and init hears which did not', async () => {
    await vi.waitFor(() => expect(world.told).toEqual([{ kind: 'settled', failed: ['broken'] }]), patience);
    const { services, hostname, memoryTotal } = await world.status();
    expect(services.map(({ name, section }) => [name, section])).toEqual(
      ['broken', 'late', 'ticker', 'web'].map((name) => [name, 'services']),
    );
    for (const name of ['late', 'ticker', 'web']) await isReady(name);
    expect(hostname).not.toBe('');
    expect(memoryTotal).toBeGreaterThan(0n);
  });

  test('a service that cannot start says why, in one line on the console, in its state and its log', async () => {
    const broken = await world.serviceNamed('broken');
    expect(broken).toMatchObject({ state: expect.stringMatching(/^(backoff|starting)$/), pid: 0 });
    expect(broken?.lastExit).toMatch(/^cannot start: .*\/bin\/nope.*No such file/);
    expect(world.console.trimEnd().split('\n')).toHaveLength(1);
    expect(world.console).toMatch(/^service "broken" cannot start: .*\/bin\/nope.*; next start in 0.1 s\n$/);
    await vi.waitFor(
      async () => expect((await messages('broken')).join()).toContain('next start in 0.2 s'),
      patience,
    );
    const [incident, ...more] = await world.incidents('broken');
    expect(incident).toMatchObject({ service: 'broken', what: broken?.lastExit });
    expect(incident?.count).toBeGreaterThan(0);
    expect(more).toEqual([]);
  });

  test('a service is not the last that the kernel takes for want of memory, as containerd is', async () => {
    const own = readFileSync('/proc/self/oom_score_adj', 'utf8');
    expect(readFileSync(`/proc/${await pidOf('web')}/oom_score_adj`, 'utf8')).toBe(own);
    const script = 'sleep 1; cat /proc/self/oom_score_adj';
    expect((await world.exec('late', ['sh', '-c', script])).stdout).toBe(own);
  });

  test('output arrives line by line, by stream', async () => {
    await vi.waitFor(async () => expect(await messages('ticker')).toContain('tick 3'), patience);
    const late = await world.logs('late');
    expect(late.map(({ stream, message }) => [stream, message]).sort()).toEqual([
      ['stderr', 'oops'],
      ['stdout', 'late is up'],
    ]);
    expect((await world.logs('ticker', 2)).length).toBe(2);
    await expect(world.logs('nobody')).rejects.toMatchObject({
      details: 'Unknown service "nobody": there are broken, kernel, late, ticker, web',
    });
  });

  test('a ready service goes on being probed: its health falls, says why, and comes back', async () => {
    const health = async () => (await world.serviceNamed('ticker'))?.health;
    const run = async (script: string) => (await world.exec('ticker', ['sh', '-c', script])).status;
    expect(await run('echo sick >/sick')).toBe(0);
    await vi.waitFor(async () => expect(await health()).toBe('unhealthy'), patience);
    expect((await messages('ticker')).join()).toMatch(/is unhealthy: "\/bin\/sh -c .*" does not succeed/);
    expect(await run(': >/sick')).toBe(0);
    await vi.waitFor(async () => expect(await health()).toBe('healthy'), patience);
    expect(await world.serviceNamed('ticker')).toMatchObject({ state: 'ready', healthFalls: 1 });
  });

  test('a program in the container of a service has its streams, its environment and its own exit status', async () => {
    expect(
      await world.exec('late', ['sh', '-c', 'cat; echo err >&2; echo $KIT_TEST; exit 7'], 'in\n'),
    ).toEqual({
      ...{ stdout: `in\n${world.dir}\n`, stderr: 'err\n', status: 7 },
    });
    expect((await world.exec('late', ['sh', '-c', 'kill -9 $$'])).status).toBe(137);
    await expect(world.exec('late', ['/bin/nope'])).rejects.toMatchObject({
      details: expect.stringMatching(/^Cannot run "\/bin\/nope" in service "late": .*No such file/),
    });
    await expect(world.exec('broken', ['true'])).rejects.toMatchObject({ details: /it does not run/ });
    await expect(world.exec('nobody', ['true'])).rejects.toMatchObject({
      details: 'Unknown service "nobody"',
    });
  });

  test('a megabyte goes through unharmed', async () => {
    const text = `${'x'.repeat(99)}\n`.repeat(10_000);
    const { stdout, status } = await world.exec('late', ['cat'], text);
    expect([status, stdout.length, stdout === text]).toEqual([0, text.length, true]);
  });

  test('a program may have a terminal, of the size it was given', async () => {
    const { stdout, status } = await world.exec(
      'late',
      [
        'sh',
        '-c',
        'until s=$(stty size 2>/dev/null) && [ -n "$s" ]; do sleep 0.05; done; echo $s; echo $TERM; test -t 0',
      ],
      '',
      {
        rows: 33,
        columns: 101,
      },
    );
    expect([status, stdout]).toEqual([0, '33 101\r\nxterm\r\n']);
  });

  test('a program runs on the machine itself', async () => {
    expect(await world.exec('', ['sh', '-c', 'cat; exit 3'], 'in')).toEqual({
      stdout: 'in',
      stderr: '',
      status: 3,
    });
    const { stdout } = await world.exec('', ['sh', '-c', 'stty size'], '', { rows: 20, columns: 70 });
    expect(stdout).toBe('20 70\r\n');
    await expect(world.exec('', ['/bin/nope'])).rejects.toMatchObject({
      details: expect.stringContaining('ENOENT'),
    });
  });

  test('the program of a client that leaves is ended, whether it says so or is just gone', async () => {
    const pids = async () => (await world.exec('late', ['sh', '-c', 'ps | grep -c "[s]leep 4321"'])).stdout;
    const start = {
      service: 'late',
      command: ['sleep', '4321'],
      terminal: undefined,
      term: '',
      image: undefined,
    };
    await world.control(async (client) => {
      const exec = client.exec();
      exec.on('error', () => {});
      exec.write({ start });
      await vi.waitFor(async () => expect(await pids()).toBe('1\n'), patience);
      exec.cancel();
    });
    await vi.waitFor(async () => expect(await pids()).toBe('0\n'), patience);
    const connection = connect(world.places.controlSocket);
    const first = message(Buffer.from(ExecInput.encode({ start }).finish()));
    connection.resume().write(Buffer.concat([hello, call(1, 'Exec'), data(1, first, flags.none)]));
    await vi.waitFor(async () => expect(await pids()).toBe('1\n'), patience);
    connection.destroy();
    await vi.waitFor(async () => expect(await pids()).toBe('0\n'), patience);
  });

  test('the control socket is for root alone', () => {
    expect(statSync(world.places.controlSocket).mode & 0o777).toBe(0o600);
  });

  test('bad clients of either socket disturb no service, and are told of', async () => {
    const names = ['late', 'ticker', 'web'];
    const pids = await Promise.all(names.map(pidOf));
    const { supervisorPid, places } = world;
    for (const path of [places.controlSocket, places.readSocket]) {
      for (const one of attacks) {
        const connection = connect(path);
        expect(outcomes(one)).toContain(await attack(connection, one.bytes()));
        connection.destroy();
      }
      expect(world.console).toContain(`control: a client of ${path} broke off: `);
    }
    const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
    expect([mode(places.controlSocket), mode(places.readSocket)]).toEqual(['600', '666']);
    expect(await Promise.all(names.map(pidOf))).toEqual(pids);
    expect(world.supervisorPid).toBe(supervisorPid);
  });

  test('a service killed with -9 starts again, and is counted', async () => {
    const before = await pidOf('web');
    process.kill(before, 'SIGKILL');
    await vi.waitFor(async () => {
      const web = await world.serviceNamed('web');
      expect(web).toMatchObject({ state: 'ready', restarts: 1, lastExit: 'killed by SIGKILL' });
      expect(web?.pid).not.toBe(before);
    }, patience);
  });

  test('a new supervisor adopts what runs, its output, and its count', async () => {
    const before = await pidOf('web');
    await world.killSupervisor();
    await world.startSupervisor();
    await isReady('web');
    expect(await world.serviceNamed('web')).toMatchObject({ pid: before, restarts: 1 });
    const seen = (await messages('ticker')).length;
    await vi.waitFor(
      async () => expect((await messages('ticker')).length).toBeGreaterThan(seen + 2),
      patience,
    );
    // Whoever dies afterwards is still noticed.
    process.kill(before, 'SIGKILL');
    await vi.waitFor(
      async () => expect(await world.serviceNamed('web')).toMatchObject({ restarts: 2 }),
      patience,
    );
    await isReady('web');
  });

  test('a service that died while there was no supervisor is started again', async () => {
    const before = await pidOf('web');
    await world.killSupervisor();
    process.kill(before, 'SIGKILL');
    await world.startSupervisor();
    await vi.waitFor(
      async () => expect(await world.serviceNamed('web')).toMatchObject({ restarts: 3 }),
      patience,
    );
    await isReady('web');
    expect(await pidOf('web')).not.toBe(before);
  });

  test('while containerd hangs a service is stopped all the same, and no order meant for it reaches its next run', async () => {
    const before = await pidOf('web');
    world.signalContainerd('SIGSTOP');
    const restarted = world.order('restartService', 'web');
    await vi.waitFor(() => expect(() => process.kill(before, 0)).toThrow('ESRCH'), patience);
    // Longer than the service may take: it has been killed by force as well, if anybody would listen.
    await pause(2500);
    world.signalContainerd('SIGCONT');
    const { service } = await restarted;
    expect(service).toMatchObject({ state: 'ready', restarts: 4 });
    await pause(1000);
    expect(await world.serviceNamed('web')).toMatchObject({ pid: service?.pid, restarts: 4 });
  });

  test('containerd killed with -9 and started again: services live on, the dead one is replaced', async () => {
    const [web, late] = [await pidOf('web'), await pidOf('late')];
    await world.killContainerd();
    process.kill(late, 'SIGKILL');
    await world.startContainerd();
    await vi.waitFor(
      async () => expect(await world.serviceNamed('late')).toMatchObject({ restarts: 1 }),
      patience,
    );
    await isReady('late');
    expect(await pidOf('web')).toBe(web);
    process.kill(web, 'SIGKILL');
    await vi.waitFor(
      async () => expect(await world.serviceNamed('web')).toMatchObject({ restarts: 5 }),
      patience,
    );
    await isReady('web');
  });

  test('stop, start and restart by hand answer when it is done', async () => {
    const order = (kind: Order, name: string) => world.order(kind, name);
    expect((await order('stopService', 'web')).service).toMatchObject({ state: 'stopped', pid: 0 });
    expect(await messages('web')).toContain('bye');
    expect((await order('startService', 'web')).service).toMatchObject({ state: 'ready' });
    const before = await pidOf('web');
    const restarted = (await order('restartService', 'web')).service;
    expect(restarted).toMatchObject({ state: 'ready' });
    expect(restarted?.pid).not.toBe(before);
    await expect(order('stopService', 'nobody')).rejects.toMatchObject({
      details: 'Unknown service "nobody"',
    });
  });

  test('at the end all stop in reverse order, the stubborn one by force, and init is told; by a supervisor, too, that comes only then', async () => {
    await world.killSupervisor();
    world.told.length = 0;
    await world.startSupervisor('stop');
    await vi.waitFor(() => expect(world.told).toContainEqual({ kind: 'stopped' }), patience);
    expect(world.told).toEqual([
      ...['ticker', 'late', 'web'].map((name) => ({ kind: 'stopping', name })),
      { kind: 'stopped' },
    ]);
    const { services } = await world.status();
    expect(services.map(({ state }) => state)).toEqual(['stopped', 'stopped', 'stopped', 'stopped']);
    const stopped = ['web', 'late', 'ticker'].map((name) =>
      [...new LogReader(world.places.logs, name).read()].findLast(({ msg }) => msg.startsWith('stopped: ')),
    );
    expect(stopped.map((line) => line?.msg)).toEqual([
      'stopped: exit status 0',
      'stopped: exit status 0',
      'stopped: killed by SIGKILL',
    ]);
    // Their order of starting: broken, web, late, ticker.
    const [web, late, ticker] = stopped.map((line) => line?.t);
    expect([ticker, late, web]).toEqual([ticker, late, web].toSorted());
  });
});
