import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { defaultNamespace } from '../../lib/bundle/bundle.ts';
import { ExecInput } from '../../lib/control/generated/control.ts';
import { LogReader } from '../../lib/log/reader.ts';
import { attack, attacks, outcomes } from '../access/attacks.ts';
import { call, data, flags, hello, message } from '../access/frames.ts';
import { canSupervise } from './can-supervise.ts';
import { type ServiceCommand, TestGuest } from './test-guest.ts';

/** Only a limit: nothing here measures time. */
const patience = { timeout: 120_000, interval: 100 };

describe('supervisor with a real containerd, shim and crun', { timeout: 300_000, ...canSupervise }, () => {
  let guest: TestGuest;

  beforeAll(async () => {
    guest = await TestGuest.make();
    guest.service('web', 'trap "echo bye; exit 0" TERM; echo up $$; while :; do sleep 0.1; done');
    guest.service('late', 'trap "exit 0" TERM; echo late is up; echo oops >&2; while :; do sleep 0.1; done', {
      after: ['web'],
      ready: { log: '^late is up$' },
    });
    guest.service('ticker', 'n=0; while :; do n=$((n+1)); echo tick $n; : >/up$n; sleep 0.2; done', {
      // It has no handler for SIGTERM, and is killed long before.
      stopTimeoutMs: 3_600_000,
      ready: {
        exec: ['/bin/sh', '-c', 'read comm </proc/1/comm; [ "$comm" = sh ] && [ -e /up2 ] && [ ! -s /sick ]'],
      },
    });
    guest.service('broken', '/bin/nope');
    guest.service('frail', ': >/frozen; trap "exit 0" TERM; while :; do sleep 0.1; done', {
      ready: { exec: ['/bin/sh', '-c', '[ ! -s /frozen ]'], intervalMs: 200, retries: 1 },
      liveness: { unhealthyMs: 300, restarts: 1, windowMs: 3_600_000 },
    });
    // Its first run throws when it is told to, the others stay.
    guest.service(
      'moody',
      '[ -e /throw ] || { while [ ! -e /throw ]; do sleep 0.1; done; echo "TypeError: no such user" >&2; ' +
        'echo "    at handle (/moody/main.ts:7:9)" >&2; exit 1; }; ' +
        'echo filling up; trap "exit 0" TERM; while :; do sleep 0.1; done',
    );
    await guest.start();
  }, 300_000);

  afterAll(() => guest.end());

  const stateOf = async (name: string) => (await guest.serviceNamed(name))?.state;
  const pidOf = (name: string) => guest.pidOf(name);
  const messages = async (name: string) => (await guest.logs(name)).map(({ message }) => message);
  const isReady = (name: string) =>
    vi.waitFor(async () => expect(await stateOf(name)).toBe('ready'), patience);

  test('services become ready, and PID 1 receives the names of those that failed', async () => {
    await vi.waitFor(
      () => expect(guest.messages).toEqual([{ kind: 'settled', failed: ['broken'] }]),
      patience,
    );
    const { services, hostname, memoryTotal } = await guest.status();
    expect(services.map(({ name, section }) => [name, section])).toEqual(
      ['broken', 'frail', 'late', 'moody', 'ticker', 'web'].map((name) => [name, 'services']),
    );
    for (const name of ['late', 'ticker', 'web']) await isReady(name);
    expect(hostname).not.toBe('');
    expect(memoryTotal).toBeGreaterThan(0n);
  });

  test('the reason why a service cannot start is on the console, in its state and in its log', async () => {
    const broken = await guest.serviceNamed('broken');
    expect(broken).toMatchObject({ state: expect.stringMatching(/^(backoff|starting)$/), pid: 0 });
    expect(broken?.lastExit).toMatch(/^cannot start: .*\/bin\/nope.*No such file/);
    expect(guest.console.trimEnd().split('\n')).toHaveLength(1);
    expect(guest.console).toMatch(/^service "broken" cannot start: .*\/bin\/nope.*; next start in 0.1 s\n$/);
    await vi.waitFor(
      async () => expect((await messages('broken')).join()).toContain('next start in 0.2 s'),
      patience,
    );
    const [incident, ...more] = await guest.incidents('broken');
    expect(incident).toMatchObject({ service: 'broken', what: broken?.lastExit });
    expect(incident?.count).toBeGreaterThan(0);
    expect(more).toEqual([]);
  });

  test('an incident has the end of the run that failed, and nothing of an earlier one', async () => {
    const last = async () => (await guest.incidents('moody')).at(-1);
    expect((await guest.exec('moody', ['sh', '-c', ': >/throw'])).status).toBe(0);
    await vi.waitFor(async () => expect(await messages('moody')).toContain('filling up'), patience);
    process.kill(await pidOf('moody'), 'SIGKILL');
    await vi.waitFor(
      async () => expect(await last()).toMatchObject({ what: 'ended: killed by SIGKILL' }),
      patience,
    );
    const incidents = await guest.incidents('moody');
    expect(incidents.map(({ what, stack }) => [what, stack.length > 0])).toEqual([
      ['ended: exit status 1', true],
      ['ended: killed by SIGKILL', false],
    ]);
    expect(incidents[0]?.stack).toEqual(['TypeError: no such user', '    at handle (/moody/main.ts:7:9)']);
    expect(incidents[1]?.lines.map(({ message }) => message)).toEqual(['filling up']);
  });

  test('the folder of a task whose shim died with containerd does not keep its service down', async () => {
    await guest.command('stopService', 'moody');
    const folder = join(guest.dir, 'run/containerd/io.containerd.runtime.v2.task', defaultNamespace, 'moody');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'init.pid'), '1');
    await guest.command('startService', 'moody');
    await isReady('moody');
    const left = (await guest.incidents('moody')).at(-1);
    expect(left?.what).toMatch(/^cannot start: .*file exists$/);
    expect(left?.lines).toEqual([]);
  });

  test("a service has the supervisor's oom_score_adj, not containerd's", async () => {
    const own = readFileSync('/proc/self/oom_score_adj', 'utf8');
    expect(readFileSync(`/proc/${await pidOf('web')}/oom_score_adj`, 'utf8')).toBe(own);
    const script = 'sleep 1; cat /proc/self/oom_score_adj';
    expect((await guest.exec('late', ['sh', '-c', script])).stdout).toBe(own);
  });

  test('output is logged by line and stream', async () => {
    await vi.waitFor(async () => expect(await messages('ticker')).toContain('tick 3'), patience);
    const late = await guest.logs('late');
    expect(late.map(({ stream, message }) => [stream, message]).sort()).toEqual([
      ['stderr', 'oops'],
      ['stdout', 'late is up'],
    ]);
    expect((await guest.logs('ticker', 2)).length).toBe(2);
    await expect(guest.logs('nobody')).rejects.toMatchObject({
      details: 'Unknown service "nobody": there are audit, broken, frail, kernel, late, moody, ticker, web',
    });
  });

  test('a program and a line that a service forges are in the audit trail, each under its own name', async () => {
    const script = 'echo \'<5>audit: exec allowed {"from":"control","role":"debug"}\' >/proc/1/fd/1';
    expect((await guest.exec('ticker', ['sh', '-c', script])).status).toBe(0);
    const trail = async () => (await guest.logs('audit')).map(({ message }) => message);
    await vi.waitFor(
      async () =>
        expect(await trail()).toContain('service ticker: exec allowed {"from":"ticker","role":"debug"}'),
      patience,
    );
    const who = `"role":"debug","transport":"unix","uid":0,"gid":0,"pid":${process.pid},"from":"control"}`;
    expect(await trail()).toContain(
      `control: exec allowed {"service":"ticker","command":["sh","-c",${JSON.stringify(script)}],${who}`,
    );
  });

  test('a ready service is probed: it becomes unhealthy, with a reason, and healthy again', async () => {
    const health = async () => (await guest.serviceNamed('ticker'))?.health;
    const run = async (script: string) => (await guest.exec('ticker', ['sh', '-c', script])).status;
    expect(await run('echo sick >/sick')).toBe(0);
    await vi.waitFor(async () => expect(await health()).toBe('unhealthy'), patience);
    expect((await messages('ticker')).join()).toMatch(/is unhealthy: "\/bin\/sh -c .*" does not succeed/);
    expect(await run(': >/sick')).toBe(0);
    await vi.waitFor(async () => expect(await health()).toBe('healthy'), patience);
    expect(await guest.serviceNamed('ticker')).toMatchObject({ state: 'ready', healthFalls: 1 });
  });

  test('a service that stays unhealthy is started again, as often as its budget allows', async () => {
    const freeze = async () =>
      expect((await guest.exec('frail', ['sh', '-c', 'echo x >/frozen'])).status).toBe(0);
    const incidents = async () => (await guest.incidents('frail')).map(({ what }) => what);
    const fault = 'stayed unhealthy for 0.3 s: "/bin/sh -c [ ! -s /frozen ]" does not succeed';
    await isReady('frail');
    const pid = await pidOf('frail');
    await freeze();
    await vi.waitFor(
      async () =>
        expect(await guest.serviceNamed('frail')).toMatchObject({
          ...{ state: 'ready', restarts: 1, livenessRestarts: 1, health: 'healthy' },
        }),
      patience,
    );
    expect(await pidOf('frail')).not.toBe(pid);
    expect(await incidents()).toEqual([fault]);
    await freeze();
    await vi.waitFor(
      async () =>
        expect(await incidents()).toEqual([
          fault,
          `${fault}, and has been restarted once in 3600 s, which is its limit: it is left as it is`,
        ]),
      patience,
    );
    expect(await guest.serviceNamed('frail')).toMatchObject({ restarts: 1, health: 'unhealthy' });
  });

  test('a program in a container has streams, the environment and an exit status', async () => {
    expect(
      await guest.exec('late', ['sh', '-c', 'cat; echo err >&2; echo $KIT_TEST; exit 7'], 'in\n'),
    ).toEqual({
      ...{ stdout: `in\n${guest.dir}\n`, stderr: 'err\n', status: 7 },
    });
    expect((await guest.exec('late', ['sh', '-c', 'kill -9 $$'])).status).toBe(137);
    await expect(guest.exec('late', ['/bin/nope'])).rejects.toMatchObject({
      details: expect.stringMatching(/^Cannot run "\/bin\/nope" in service "late": .*No such file/),
    });
    await expect(guest.exec('broken', ['true'])).rejects.toMatchObject({ details: /it does not run/ });
    await expect(guest.exec('nobody', ['true'])).rejects.toMatchObject({
      details: 'Unknown service "nobody"',
    });
  });

  test('a megabyte of input comes back unchanged', async () => {
    const text = `${'x'.repeat(99)}\n`.repeat(10_000);
    const { stdout, status } = await guest.exec('late', ['cat'], text);
    expect([status, stdout.length, stdout === text]).toEqual([0, text.length, true]);
  });

  test('a program may have a terminal of the requested size', async () => {
    const { stdout, status } = await guest.exec(
      'late',
      [
        'sh',
        '-c',
        'until s=$(stty size 2>/dev/null) && [ -n "$s" ]; do sleep 0.05; done; '.concat(
          'echo $s; echo $TERM; test -t 0',
        ),
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
    expect(await guest.exec('', ['sh', '-c', 'cat; exit 3'], 'in')).toEqual({
      stdout: 'in',
      stderr: '',
      status: 3,
    });
    const { stdout } = await guest.exec('', ['sh', '-c', 'stty size'], '', { rows: 20, columns: 70 });
    expect(stdout).toBe('20 70\r\n');
    await expect(guest.exec('', ['/bin/nope'])).rejects.toMatchObject({
      details: 'Cannot run "/bin/nope": it is not there',
    });
  });

  test('a program ends when its client cancels the call or closes the connection', async () => {
    const pids = async () => (await guest.exec('late', ['sh', '-c', 'ps | grep -c "[s]leep 4321"'])).stdout;
    const start = {
      service: 'late',
      command: ['sleep', '4321'],
      terminal: undefined,
      term: '',
      image: undefined,
    };
    await guest.control(async (client) => {
      const exec = client.exec();
      exec.on('error', () => {});
      exec.write({ start });
      await vi.waitFor(async () => expect(await pids()).toBe('1\n'), patience);
      exec.cancel();
    });
    await vi.waitFor(async () => expect(await pids()).toBe('0\n'), patience);
    const connection = connect(guest.paths.controlSocket);
    const first = message(Buffer.from(ExecInput.encode({ start }).finish()));
    connection.resume().write(Buffer.concat([hello, call(1, 'Exec'), data(1, first, flags.none)]));
    await vi.waitFor(async () => expect(await pids()).toBe('1\n'), patience);
    connection.destroy();
    await vi.waitFor(async () => expect(await pids()).toBe('0\n'), patience);
  });

  test('only root has access to the control socket', () => {
    expect(statSync(guest.paths.controlSocket).mode & 0o777).toBe(0o600);
  });

  test('hostile clients of either socket do not disturb services, and are logged', async () => {
    const names = ['late', 'ticker', 'web'];
    const pids = await Promise.all(names.map(pidOf));
    const { supervisorPid, paths } = guest;
    for (const path of [paths.controlSocket, paths.readSocket]) {
      for (const one of attacks) {
        const connection = connect(path);
        expect(outcomes(one)).toContain(await attack(connection, one.bytes()));
        connection.destroy();
      }
      expect(guest.console).toContain(`control: a client of ${path} (user 0) broke off: `);
    }
    const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
    const modes = [paths.controlSocket, paths.readSocket, paths.operateSocket].map(mode);
    expect(modes).toEqual(['600', '666', '600']);
    expect(await Promise.all(names.map(pidOf))).toEqual(pids);
    expect(guest.supervisorPid).toBe(supervisorPid);
  });

  test('a service killed with SIGKILL is restarted, and the restart is counted', async () => {
    const before = await pidOf('web');
    process.kill(before, 'SIGKILL');
    await vi.waitFor(async () => {
      const web = await guest.serviceNamed('web');
      expect(web).toMatchObject({ state: 'ready', restarts: 1, lastExit: 'killed by SIGKILL' });
      expect(web?.pid).not.toBe(before);
    }, patience);
  });

  test('a new supervisor adopts running services, their output and their counts', async () => {
    const before = await pidOf('web');
    await guest.killSupervisor();
    await guest.startSupervisor();
    await isReady('web');
    expect(await guest.serviceNamed('web')).toMatchObject({ pid: before, restarts: 1 });
    const seen = (await messages('ticker')).length;
    await vi.waitFor(
      async () => expect((await messages('ticker')).length).toBeGreaterThan(seen + 2),
      patience,
    );
    // An exit after the adoption is noticed.
    process.kill(before, 'SIGKILL');
    await vi.waitFor(
      async () => expect(await guest.serviceNamed('web')).toMatchObject({ restarts: 2 }),
      patience,
    );
    await isReady('web');
  });

  test('a service that exited while there was no supervisor is restarted', async () => {
    const before = await pidOf('web');
    await guest.killSupervisor();
    process.kill(before, 'SIGKILL');
    await guest.startSupervisor();
    await vi.waitFor(
      async () => expect(await guest.serviceNamed('web')).toMatchObject({ restarts: 3 }),
      patience,
    );
    await isReady('web');
    expect(await pidOf('web')).not.toBe(before);
  });

  test('while containerd hangs, a service is stopped, and no late call reaches its next run', async () => {
    const before = await pidOf('web');
    guest.signalContainerd('SIGSTOP');
    const restarted = guest.command('restartService', 'web');
    await vi.waitFor(() => expect(() => process.kill(before, 0)).toThrow('ESRCH'), patience);
    // Longer than the stop timeout: SIGKILL has been sent as well.
    await pause(2500);
    guest.signalContainerd('SIGCONT');
    const { service } = await restarted;
    expect(service).toMatchObject({ state: 'ready', restarts: 4 });
    await pause(1000);
    expect(await guest.serviceNamed('web')).toMatchObject({ pid: service?.pid, restarts: 4 });
  });

  test('services outlive a killed containerd, and the next one restarts a killed service', async () => {
    const [web, late] = [await pidOf('web'), await pidOf('late')];
    await guest.killContainerd();
    process.kill(late, 'SIGKILL');
    // Waits until the shim has reaped it. Otherwise containerd would take the shim for a leaked one, fail to
    // delete the task, and refuse every later task of that name, as its folder is left behind.
    await vi.waitFor(() => expect(() => process.kill(late, 0)).toThrow('ESRCH'), patience);
    await guest.startContainerd();
    await vi.waitFor(
      async () => expect(await guest.serviceNamed('late')).toMatchObject({ restarts: 1 }),
      patience,
    );
    await isReady('late');
    expect(await pidOf('web')).toBe(web);
    process.kill(web, 'SIGKILL');
    await vi.waitFor(
      async () => expect(await guest.serviceNamed('web')).toMatchObject({ restarts: 5 }),
      patience,
    );
    await isReady('web');
  });

  test('calls to stop, start and restart a service return when they are complete', async () => {
    const command = (kind: ServiceCommand, name: string) => guest.command(kind, name);
    expect((await command('stopService', 'web')).service).toMatchObject({ state: 'stopped', pid: 0 });
    expect(await messages('web')).toContain('bye');
    expect((await command('startService', 'web')).service).toMatchObject({ state: 'ready' });
    const before = await pidOf('web');
    const restarted = (await command('restartService', 'web')).service;
    expect(restarted).toMatchObject({ state: 'ready' });
    expect(restarted?.pid).not.toBe(before);
    await expect(command('stopService', 'nobody')).rejects.toMatchObject({
      details: 'Unknown service "nobody"',
    });
  });

  test('a supervisor started during a shutdown stops all services in reverse order', async () => {
    await guest.killSupervisor();
    guest.messages.length = 0;
    await guest.startSupervisor('stop');
    await vi.waitFor(() => expect(guest.messages).toContainEqual({ kind: 'stopped' }), patience);
    expect(guest.messages).toEqual([
      ...['ticker', 'moody', 'late', 'web', 'frail'].map((name) => ({ kind: 'stopping', name })),
      { kind: 'stopped' },
    ]);
    const { services } = await guest.status();
    expect(services.map(({ state }) => state)).toEqual(Array(6).fill('stopped'));
    const stopped = ['web', 'late', 'ticker'].map((name) =>
      [...new LogReader(guest.paths.logs, name).read()].findLast(({ msg }) => msg.startsWith('stopped: ')),
    );
    expect(stopped.map((line) => line?.msg)).toEqual([
      'stopped: exit status 0',
      'stopped: exit status 0',
      'stopped: killed by SIGKILL',
    ]);
    expect(await messages('ticker')).toContain('has no handler for SIGTERM: killed');
    // Start order: broken, web, late, ticker.
    const [web, late, ticker] = stopped.map((line) => line?.t);
    expect([ticker, late, web]).toEqual([ticker, late, web].toSorted());
  });
});
