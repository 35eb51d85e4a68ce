import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Machine } from '../../machine/records/find.ts';
import { machineFiles } from '../../machine/records/folder.ts';
import { isAlive, processId } from '../../machine/records/process.ts';
import { writeRecord } from '../../machine/records/record.ts';
import { testRecord } from '../../machine/testing/record.ts';
import type { Instance, MachineExit } from '../instance.ts';

/** The action of a test's guest after it has printed its text. `echo` sends back its input, for ever. */
export type GuestEnding = 'power-off' | 'reset' | 'halt' | 'echo';

/** Makes an instance of one backend whose guest prints `text` on its console and then does `ending`. */
export type InstanceMaker = (machine: Machine, text: string, ending: GuestEnding) => Promise<Instance>;

/** Long, for busy hosts; the events themselves take milliseconds. */
const soon = { timeout: 60_000 };

/** The tests that every backend's instances pass. */
export function testInstances(backend: string, make: InstanceMaker): void {
  describe(`an instance of ${backend}`, soon, () => {
    let machine: Machine;
    let running: Running[] = [];

    beforeEach(async () => {
      const dir = await mkdtemp(join(tmpdir(), `kit-${backend}-`));
      machine = { dir, record: testRecord('suite', { state: 'starting', startedMs: null }) };
      await writeRecord(dir, machine.record);
    });
    afterEach(async () => {
      for (const { instance, exit } of running) {
        await instance.quit();
        await exit;
      }
      running = [];
      await rm(machine.dir, { recursive: true, force: true });
    });

    const start = async (text: string, ending: GuestEnding): Promise<Running> => {
      const one = run(await make(machine, text, ending));
      running.push(one);
      return one;
    };

    test('ends when the guest powers off, and its output is emitted and logged', async () => {
      const { exit, output, pids } = await start('hello\n', 'power-off');
      expect(await exit).toEqual({ state: 'stopped', reason: 'powered off' });
      expect(output().replaceAll('\r', '')).toBe('hello\n');
      expect(await readFile(join(machine.dir, machineFiles.console), 'utf8')).toBe(output());
      expect(pids).toHaveLength(1);
    });

    test('sends input to the console', async () => {
      const { instance, output } = await start('> ', 'echo');
      await expect.poll(output, soon).toBe('> ');
      instance.input(Buffer.from('l'));
      await expect.poll(output, soon).toBe('> l');
    });

    test('emits "reset" when the guest reboots, and runs on', async () => {
      const { instance, output, hasEnded } = await start('again\n', 'reset');
      await once(instance, 'reset');
      await once(instance, 'reset');
      expect(output()).toContain('again');
      expect(hasEnded()).toBe(false);
    });

    test('names a process that ends with the guest, and ends at once on quit()', async () => {
      const { instance, exit, pids, output } = await start('up\n', 'halt');
      await expect.poll(output, soon).toContain('up');
      const guest = processId(pids[0] ?? 0);
      if (!guest) throw new Error('the guest does not run');
      await instance.quit();
      expect(await exit).toEqual({ state: 'stopped', reason: 'ended without a power-off' });
      await expect.poll(() => isAlive(guest), soon).toBe(false);
    });

    test.each(Array.from({ length: 16 }, (_, at) => 2 * at))(
      'ends on quit() %i ms after its start',
      async (ms) => {
        const { instance, exit } = await start('again\n', 'reset');
        await pause(ms);
        await instance.quit();
        expect(await exit).toEqual({ state: 'stopped', reason: 'ended without a power-off' });
      },
    );
  });
}

interface Running {
  readonly instance: Instance;
  readonly exit: Promise<MachineExit>;
  readonly hasEnded: () => boolean;
  readonly output: () => string;
  readonly pids: readonly number[];
}

function run(instance: Instance): Running {
  let text = '';
  let hasEnded = false;
  const pids: number[] = [];
  instance.on('output', (bytes) => {
    text += bytes.toString();
  });
  instance.on('started', (pid) => pids.push(pid));
  const exit = instance.run().finally(() => {
    hasEnded = true;
  });
  return { instance, exit, hasEnded: () => hasEnded, output: () => text, pids };
}
