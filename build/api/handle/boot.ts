import { randomBytes } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { machineDir, nameFrom } from '../../machine/records/folder.ts';
import { asMachineError, MachineError, machineError } from './failure.ts';
import { MachineHandle } from './machine.ts';
import { waitUntilReady } from './power.ts';
import { runFlagsOf } from './run-flags.ts';
import { type Lifeline, type RunnerOptions, runRunner } from './runner.ts';
import type { TestMachine } from './types/machine.ts';
import type { MachineOptions } from './types/options.ts';
import { signalOf } from './wait-options.ts';

/**
 * Boots a machine, and resolves when all its services are ready. A manifest is built first; what has not
 * changed is taken from kit's cache.
 * @param image a manifest (`web.yml`), a built image, or the common prefix of the names of its files
 * @throws MachineError with the reason and the end of the console; nothing is left running then
 */
export async function bootMachine(image: string, options: MachineOptions = {}): Promise<TestMachine> {
  const { cwd = process.cwd(), backend = 'qemu', wait = 'ready', timeoutMs = 300_000 } = options;
  const name = options.name ?? newName(image);
  const env = { ...process.env, ...options.env };
  let exists = false;
  const onCreated = (): void => {
    exists = true;
  };
  const { onProgress } = options;
  const running: RunnerOptions = { env, signal: signalOf(options), onProgress, onCreated };
  const place = { name, dir: machineDir(env, name) };
  const flags = runFlagsOf(options, name);
  const order = { kind: 'create', backend, image, flags, cwd: resolve(cwd) } as const;
  const machine = new MachineHandle(place, await firstStart(), (signal) =>
    runRunner({ kind: 'start', name }, { ...running, signal }),
  );
  try {
    if (wait === 'ready') await waitUntilReady(place, timeoutMs, running.signal, options);
    return machine;
  } catch (thrown) {
    const error = await asMachineError(thrown, place, options.signal);
    await machine[Symbol.asyncDispose]();
    throw error;
  }

  async function firstStart(): Promise<Lifeline> {
    try {
      return await runRunner(order, running);
    } catch (thrown) {
      options.signal?.throwIfAborted();
      const what = `Cannot boot "${image}": ${reasonOf(thrown)}`;
      if (exists) throw await machineError(what, place, thrown);
      // What cannot be built has no console.
      throw new MachineError(what, { machine: name, console: '', cause: thrown });
    }
  }
}

/** Also for images whose names differ only in their endings: the rest is random. */
const newName = (image: string): string =>
  `${nameFrom(basename(image).replace(/\.[^.]*$/, ''))}-${randomBytes(4).toString('hex')}`;
