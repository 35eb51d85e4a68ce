import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Backend, Backends } from '../backend/backend.ts';
import { ConsoleLog } from '../backend/console-log.ts';
import type { Instance, InstanceEvents, MachineExit } from '../backend/instance.ts';
import { readLaunch } from '../backend/launch-file.ts';
import { type GuestEnding, testInstances } from '../backend/testing/instance-suite.ts';
import { testRequest } from '../backend/testing/request.ts';
import type { Context } from '../host/context.ts';
import { testContext } from '../host/testing.ts';
import type { Machine } from '../machine/records/find.ts';
import { machineFiles } from '../machine/records/folder.ts';
import { readRecord } from '../machine/records/record.ts';
import { prepareMachine } from '../run/prepare.ts';
import { testWork } from '../testing.ts';
import { backendNamed, backends, instanceOf } from './backends.ts';
import type { MonitorMessage } from './messages.ts';
import { Monitor } from './monitor.ts';

/** A third backend: its machine is a shell script, its console the script's standard input and output. */
class ScriptInstance extends EventEmitter<InstanceEvents> implements Instance {
  readonly #dir: string;
  readonly #launch: ScriptLaunch;
  readonly #console: ConsoleLog;
  #child: ChildProcess | undefined;
  #quitting = false;

  constructor({ dir }: Machine, launch: ScriptLaunch) {
    super();
    this.#dir = dir;
    this.#launch = launch;
    this.#console = new ConsoleLog(join(dir, machineFiles.console));
  }

  async run(): Promise<MachineExit> {
    for (;;) {
      const code = await this.#runScript();
      if (this.#quitting || code !== rebootCode) {
        this.#console.close();
        const reason = this.#quitting ? 'ended without a power-off' : 'powered off';
        return { state: 'stopped', reason };
      }
      this.emit('reset');
    }
  }

  async #runScript(): Promise<number | null> {
    const child = spawn('sh', ['-c', this.#launch.script], { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#child = child;
    child.stdin.on('error', () => {});
    child.stdout.on('data', (bytes: Buffer) => {
      this.#console.write(bytes);
      this.emit('output', bytes);
    });
    this.emit('started', child.pid ?? 0, 'none');
    const [code] = (await once(child, 'close')) as [number | null];
    return code;
  }

  booted(): void {}

  input(bytes: Uint8Array): void {
    this.#child?.stdin?.write(bytes);
  }

  async powerButton(): Promise<void> {
    this.#child?.kill('SIGTERM');
  }

  async ctrlAltDel(): Promise<void> {}

  async prepareUpdate(): Promise<void> {}

  nextBoot(): void {}

  async quit(): Promise<void> {
    this.#quitting = true;
    this.#child?.kill('SIGKILL');
  }

  connectControl(): Socket {
    return connect(join(this.#dir, 'script.sock'));
  }
}

interface ScriptLaunch {
  readonly script: string;
}

const rebootCode = 7;

const scripts: Readonly<Record<GuestEnding, string>> = {
  'power-off': 'exit 0',
  reset: `sleep 0.1; exit ${rebootCode}`,
  halt: 'exec sleep 600',
  echo: 'exec cat',
};

const scriptBackend: Backend<ScriptLaunch> = {
  plan: async ({ image }) => ({
    settings: { boot: { kind: 'efi', path: image }, arch: 'amd64', accel: 'none', cpus: 1, memoryMiB: 1 },
    createFiles: async ({ record }) => ({ script: `echo ${record.name} runs` }),
  }),
  nextLaunch: async () => undefined,
  removeFolder: async () => {},
  instance: (machine, launch) => new ScriptInstance(machine, launch),
};

/** The table with a third backend's row: besides its folder, a backend needs nothing else. */
const withThird: Backends = { ...backends, script: scriptBackend };

testInstances('script', async (machine, text, ending) => {
  const print = `printf '%s' '${text}'`;
  return scriptBackend.instance(machine, { script: `${print}; ${scripts[ending]}` });
});

let state: string;
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'kit-backends-'));
});
afterEach(() => rm(state, { recursive: true }));

const request = testRequest('web.efi', { backend: 'script', name: 'third' });
const context = (): Context => testContext({ cwd: state, env: { KIT_STATE: state } });

test('a third backend is planned, launched and owned by the monitor with no more than its row', async () => {
  const machine = await prepareMachine(request, context(), testWork(), withThird);
  expect(await readLaunch(machine.dir)).toEqual({ kind: 'script', script: 'echo third runs' });
  const messages: MonitorMessage[] = [];
  const instance = await instanceOf(machine, withThird);
  const monitor = new Monitor(machine, instance, (message) => messages.push(message));
  expect(await monitor.run()).toEqual({ kind: 'ended', state: 'stopped', reason: 'powered off' });
  expect(messages.map(({ kind }) => kind).sort()).toEqual(['output', 'started']);
  expect(await readFile(join(machine.dir, machineFiles.console), 'utf8')).toBe('third runs\n');
  expect(await readRecord(machine.dir)).toMatchObject({
    ...{ name: 'third', state: 'stopped', reason: 'powered off', accel: 'none', guest: null },
  });
});

test('an unknown backend is refused, with the names of the existing ones', async () => {
  expect(() => backendNamed('hyperkit')).toThrow(
    'Cannot run on "hyperkit": the backends are qemu and container',
  );
  expect(() => backendNamed('toString')).toThrow('Cannot run on "toString"');
  await expect(prepareMachine(request, context(), testWork())).rejects.toThrow('Cannot run on "script"');
});
