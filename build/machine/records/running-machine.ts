import { KitError } from '../../../lib/errors/errors.ts';
import type { Context } from '../../host/context.ts';
import { findMachine, isLive, type Machine } from './find.ts';

/** The machine with this name. @throws KitError if there is none, or it does not run */
export async function runningMachine(name: string, { env }: Pick<Context, 'env'>): Promise<Machine> {
  const machine = await findMachine(env, name);
  if (isLive(machine)) return machine;
  throw new KitError(`Cannot reach machine "${name}": it has ended (${machine.record.reason})`, {
    hint: 'kit ps lists the running machines',
  });
}
