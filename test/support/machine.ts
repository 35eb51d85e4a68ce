import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MachineHandle } from '../../build/api/handle/machine.ts';
import { bootMachine, type MachineOptions, type TestMachine } from '../../build/api/test.ts';
import { removeOwned } from '../../build/container/folders/remove-owned.ts';
import { kitRoot } from '../../build/host/paths.ts';
import { MachineClient } from '../../build/machine/client/client.ts';
import { machineDir } from '../../build/machine/records/folder.ts';
import { testWork } from '../../build/testing.ts';
import { reasonOf } from '../../lib/errors/errors.ts';
import { openPty, spawnOnTerminal } from '../../lib/linux/terminal/pty.ts';

export type { TestMachine } from '../../build/api/test.ts';

/** A temporary folder, removed at the end of its `await using`. */
export async function scratch(): Promise<{ readonly dir: string } & AsyncDisposable> {
  const dir = await mkdtemp(join(tmpdir(), 'kit-vm-'));
  return { dir, [Symbol.asyncDispose]: () => removeOwned(dir, testWork()) };
}

/**
 * Boots a machine with one processor: two machines run side by side on two processors, and an emulated one
 * with two would take both.
 */
export const boot = (image: string, options: MachineOptions = {}): Promise<TestMachine> =>
  bootMachine(image, { cpus: 1, cwd: kitRoot, ...options });

/** The handle of a machine that a test starts by `kit run --name`. */
export function machineNamed(name: string): TestMachine {
  const place = { name, dir: machineDir(process.env, name) };
  return new MachineHandle(place, { destroy: () => {} }, () => {
    throw new Error(`${name} was started by kit run`);
  });
}

/** Starts `kit run` on a terminal connected to the machine's console. Does not wait. */
export function runOnTerminal(
  image: string,
  args: readonly string[] = [],
): { machine: TestMachine; type(keys: string): void } {
  const machine = machineNamed(`test-${process.pid}-${Math.random().toString(36).slice(2, 8)}`);
  const pty = openPty({ rows: 40, columns: 200 });
  pty.stream.on('error', () => {}).resume();
  const all = ['run', '--name', machine.name, ...args, image];
  const env = Object.fromEntries(Object.entries(process.env).map(([key, value = '']) => [key, value]));
  spawnOnTerminal(pty.path, { file: join(kitRoot, 'kit'), args: all, env, cwd: kitRoot });
  return { machine, type: (keys) => void pty.stream.write(keys) };
}

/**
 * Runs a script with the machine's shell; resolves to its output whatever its status, and to the reason if
 * the machine goes down meanwhile.
 */
export async function shell(machine: TestMachine, script: string): Promise<string> {
  try {
    const { status, stdout, stderr } = await machine.exec('sh', ['-c', script]);
    return status === 0 ? stdout : `${stdout}${stderr}(status ${status})`;
  } catch (thrown) {
    return reasonOf(thrown);
  }
}

/** Sends a command to the hypervisor. */
export async function press({ dir }: TestMachine, button: 'powerButton' | 'ctrlAltDel'): Promise<void> {
  using client = new MachineClient(dir);
  await client.monitor(button);
}
