import { KitError } from '../../lib/errors/errors.ts';
import type { Backend, Backends } from '../backend/backend.ts';
import type { Instance } from '../backend/instance.ts';
import { readLaunch } from '../backend/launch-file.ts';
import { containerBackend } from '../container/backend.ts';
import type { Machine } from '../machine/records/find.ts';
import { qemuBackend } from '../qemu/backend.ts';

/** All backends, by the names that `kit run` takes. */
export const backends: Backends = {
  qemu: qemuBackend,
  container: containerBackend,
};

/** The backend of `kit run` when none is named. */
export const defaultBackend = 'qemu';

/** @throws KitError for a name that is not in the table */
export function backendNamed(name: string, known: Backends = backends): Backend {
  const backend = Object.hasOwn(known, name) ? known[name] : undefined;
  if (backend) return backend;
  const names = Object.keys(known).join(' and ');
  throw new KitError(`Cannot run on "${name}": the backends are ${names}`, { exitCode: 2 });
}

/** The instance that a machine's launch.json describes; not started yet. */
export async function instanceOf(machine: Machine, known: Backends = backends): Promise<Instance> {
  const launch = await readLaunch(machine.dir);
  return backendNamed(launch.kind, known).instance(machine, launch);
}
