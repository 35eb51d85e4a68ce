import { KitError } from '../../../lib/errors/errors.ts';
import type { Context } from '../../host/context.ts';
import { findMachine, isLive, isRemote } from '../records/find.ts';
import { disksText, type FolderContents, folderContents, removeFolder } from '../records/remove.ts';
import { stopMachine } from './stop.ts';

export interface RemoveOptions {
  /** End it first if it runs, without asking the guest. */
  readonly force: boolean;
  /** Receives messages for the waiting user: what is lost, before it is removed. */
  readonly notify: (text: string) => void;
}

export interface RemovedMachine extends FolderContents {
  readonly name: string;
}

/** Removes a machine of this host: its record, its logs, and its disks that have no path of their own. */
export async function removeMachine(
  name: string,
  { env }: Pick<Context, 'env'>,
  { force, notify }: RemoveOptions,
): Promise<RemovedMachine> {
  const machine = await findMachine(env, name);
  const action = `Cannot remove machine "${name}"`;
  if (isRemote(machine)) {
    throw new KitError(`${action}: it runs on another host`, { hint: `kit remote rm ${name} forgets it` });
  }
  if (isLive(machine)) {
    if (!force) {
      const hint = `kit stop ${name} ends it; kit rm --force ${name} ends it at once, and removes it`;
      throw new KitError(`${action}: it is running`, { hint });
    }
    await stopMachine(machine, { notify, timeoutMs: 0, force: true });
  }
  const contents = await folderContents(machine.dir);
  if (contents.disks.length > 0) notify(`Removes ${disksText(contents)} of machine "${name}"`);
  await removeFolder(env, machine.dir);
  return { name, ...contents };
}
