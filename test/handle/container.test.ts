import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bootMachine, MachineError, type TestMachine } from '../../build/api/test.ts';
import { machineDir } from '../../build/machine/records/folder.ts';
import { needsContainers } from '../support/containers.ts';
import { exampleProject, type Project } from './project.ts';

/** The error of work that has to fail. */
const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );

describe('a handle of a container', { timeout: 300_000, ...needsContainers }, () => {
  let project: Project;
  let machine: TestMachine;
  const boot = (options: Parameters<typeof bootMachine>[1] = {}): Promise<TestMachine> =>
    bootMachine('web.yml', { backend: 'container', cwd: project.dir, ...options });

  beforeAll(async () => {
    project = await exampleProject('services.md');
    const metadata = { web: { entries: { greeting: { content: 'Good day' } } } };
    machine = await boot({ metadata, memory: '512M' });
  }, 600_000);
  afterAll(async () => {
    await machine?.[Symbol.asyncDispose]();
    await project?.[Symbol.asyncDispose]();
  });

  test('runs programs, with input and in services', async () => {
    const script = 'process.stdin.pipe(process.stderr); process.exitCode = 7; console.log(process.argv[1])';
    expect(
      await machine.exec('/usr/bin/node', ['-e', script, 'word'], { service: 'web', stdin: 'input' }),
    ).toEqual({ status: 7, stdout: 'word\n', stderr: 'input' });
    const { stdout } = await machine.exec('/usr/bin/busybox', ['ls', '/containers/services']);
    expect(stdout).toBe('dhcp\nweb\n');
  });

  test('stops a program after its time, and when the signal is aborted', async () => {
    const sleep = ['-e', 'console.log("begun"); setInterval(() => {}, 1000)'];
    const late = await failureOf(machine.exec('/usr/bin/node', sleep, { service: 'web', timeoutMs: 3000 }));
    expect(late).toBeInstanceOf(MachineError);
    expect(String(late)).toMatch(/Cannot run "\/usr\/bin\/node" in service "web" .*: it ran for 3000 ms/);
    const reason = new Error('enough');
    const abort = new AbortController();
    const work = failureOf(machine.exec('/usr/bin/node', sleep, { signal: abort.signal }));
    setTimeout(() => abort.abort(reason), 100);
    expect(await work).toBe(reason);
    expect(await failureOf(machine.exec('/usr/bin/node', sleep, { signal: abort.signal }))).toBe(reason);
  });

  test('forwards ports, and waits for lines with levels and fields', async () => {
    await using web = await machine.forward('web', 8080);
    expect(await (await fetch(`${web.url}/page`)).text()).toBe('Good day\n');
    const line = await machine.logs.waitFor(/^request/g, { service: 'web' });
    expect(line).toMatchObject({ source: 'web', stream: 'info', fields: { path: '/page' } });
    expect(await machine.logs.lines({ service: 'web', stream: 'notice' })).toMatchObject([
      { message: 'ready' },
    ]);
    expect(await machine.logs.waitFor(/^ready in/, { service: 'init' })).toMatchObject({ source: 'init' });
  });

  test('after a restart only new lines count, and services state is that of the new run', async () => {
    const before = await machine.service('web');
    await using web = await machine.forward('web', 8080);
    await (await fetch(`${web.url}/old`)).text();
    await machine.logs.waitFor('/old', { service: 'web' });
    await machine.restart('web');
    const after = await machine.service('web');
    expect([after.state, after.pid === before.pid]).toEqual(['ready', false]);
    const old = await failureOf(machine.logs.waitFor('/old', { service: 'web', timeoutMs: 1500 }));
    expect(String(old)).toMatch(
      /"\/old" did not come in the log of service "web" .*: not within 1500 ms\nThat log ends with:\n/,
    );
    expect(await machine.logs.waitFor('/old', { service: 'web', all: true })).toMatchObject({
      pid: before.pid,
    });
    expect((await machine.logs.lines({ service: 'web', all: true })).map(({ message }) => message)).toContain(
      'stopped: exit status 0',
    );
  });

  test('copies files in and out', async () => {
    const file = join(project.dir, 'data');
    await writeFile(file, 'some bytes');
    expect(await machine.copyIn(file, '/run/data')).toMatchObject({ files: 1, bytes: 10 });
    await machine.copyOut('/run/data', `${file}-back`);
    expect(await readFile(`${file}-back`, 'utf8')).toBe('some bytes');
    const refused = await failureOf(machine.copyIn(file, '/usr/bin', { service: 'web' }));
    expect(String(refused)).toContain('its file system is read-only');
  });

  test('a failure has the console of the machine', async () => {
    const unknown = await failureOf(machine.logs.waitFor('x', { service: 'nobody' }));
    expect(unknown).toBeInstanceOf(MachineError);
    expect(unknown).toMatchObject({
      machine: machine.name,
      console: expect.stringContaining('kit: ready in'),
    });
    expect(String(unknown)).toMatch(/Unknown service "nobody": there are .*web/);
    expect(String(unknown)).toMatch(
      new RegExp(`console of machine "${machine.name}" ends with:\n.*\\| kit: ready`, 's'),
    );
    const assertion = await failureOf(machine.explain(() => expect(1).toBe(2)));
    expect(assertion).toMatchObject({ name: 'AssertionError', actual: 1, expected: 2 });
    expect(String(assertion)).toMatch(/expected 1 to be 2.*\nThe console of machine .*\| kit: ready in/s);
    expect(await failureOf(machine.service('nobody'))).toBeInstanceOf(MachineError);
  });

  test('reports incidents, across a reboot of the machine', async () => {
    expect(await machine.incidents('web')).toEqual([]);
    const { pid } = await machine.service('web');
    await machine.exec('/usr/bin/busybox', ['kill', '-9', String(pid)]);
    const incidents = await machine.until(
      'an incident',
      () => machine.incidents('web'),
      ({ length }) => length > 0,
    );
    expect(incidents).toMatchObject([{ service: 'web', count: 1, what: expect.stringContaining('SIGKILL') }]);
    await machine.reboot();
    expect(await machine.incidents('web')).toEqual([]);
  });

  test('a power cut ends it at once, and it starts again', async () => {
    await using web = await machine.forward('web', 8080);
    await machine.cutPower();
    expect((await machine.status()).state).not.toBe('running');
    expect(await failureOf(machine.exec('true'))).toBeInstanceOf(MachineError);
    const ended = await failureOf(machine.logs.waitFor('never', { timeoutMs: 60_000 }));
    expect(String(ended)).toContain('the machine has ended');
    await machine.start();
    expect(await (await fetch(web.url)).text()).toBe('Good day\n');
    await machine.stop();
    expect(await machine.status()).toMatchObject({ state: 'stopped', reason: 'powered off' });
  });

  test('several machines run at once, and their scopes end them', async () => {
    const names: string[] = [];
    {
      await using two = await using2(await Promise.all([boot(), boot()]));
      for (const { name, dir } of two.machines) {
        names.push(name);
        expect(existsSync(dir)).toBe(true);
      }
    }
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(existsSync(machineDir(process.env, name))).toBe(false);
  });

  test('what cannot boot says why, and leaves nothing behind', async () => {
    await writeFile(join(project.dir, 'bad.yml'), 'kernel: {image: pkg/kernel}\nservises: []\n');
    const bad = await failureOf(bootMachine(join(project.dir, 'bad.yml')));
    expect(bad).toBeInstanceOf(MachineError);
    expect(String(bad)).toMatch(/Cannot boot ".*bad\.yml": .*bad\.yml:2:1: unknown key "servises"/);
    const late = await failureOf(boot({ name: `late-${process.pid}`, timeoutMs: 1, networking: 'none' }));
    expect(String(late)).toMatch(/is not ready: .*\nThe console of machine/s);
    expect(existsSync(machineDir(process.env, `late-${process.pid}`))).toBe(false);
    const reason = new Error('no more');
    expect(await failureOf(boot({ signal: AbortSignal.abort(reason) }))).toBe(reason);
  });
});

async function using2(machines: readonly TestMachine[]) {
  const dispose = async (): Promise<void> =>
    void (await Promise.all(machines.map((one) => one[Symbol.asyncDispose]())));
  return { machines, [Symbol.asyncDispose]: dispose };
}
