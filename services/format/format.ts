import { type Disk, listDisks } from '../../lib/disks/programs/block-devices.ts';
import type { RunProgram } from '../../lib/disks/run-program.ts';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import type { FormatSettings } from './arguments.ts';
import { findTarget, type Target } from './find-target.ts';
import { makeOnDisk } from './make-on-disk.ts';

export interface FormatTools {
  readonly run: RunProgram;
  say(line: string): void;
  /** The machine's disks; others for tests. */
  readonly disks?: () => Disk[];
}

/**
 * Makes one partition with a file system on an empty disk: on the given one, or on the first that is empty.
 * A disk that has such a file system already is left as it is, so the same call is right at every boot.
 * Nothing that holds something is formatted without `force`. @throws KitError
 */
export async function format(settings: FormatSettings, tools: FormatTools): Promise<void> {
  const { device } = settings;
  return device === undefined ? formatFirstEmpty(settings, tools) : formatGiven(device, settings, tools);
}

async function formatGiven(device: string, settings: FormatSettings, tools: FormatTools): Promise<void> {
  const target = await findTarget(device, settings, tools.run);
  const { force } = settings;
  if (target.kind === 'done' && !force) return tools.say(`${device} has ${target.what}: left as it is`);
  if (target.kind === 'taken' && !force)
    throw new KitError(`Cannot format "${device}": it holds ${target.what}`, {
      hint: '-force formats it all the same; what it holds is lost',
    });
  if (target.kind !== 'empty') tools.say(`${device} holds ${target.what}, which is lost (-force)`);
  await makeOnDisk(device, settings, tools);
}

async function formatFirstEmpty(settings: FormatSettings, tools: FormatTools): Promise<void> {
  const { verbose } = settings;
  const looks: { path: string; target: Target }[] = [];
  for (const disk of (tools.disks ?? listDisks)()) {
    if (verbose) tools.say(`looking at ${disk.path}, ${disk.bytes} bytes`);
    looks.push({
      path: disk.path,
      target: disk.isReadOnly ? readOnly : await look(disk.path, settings, tools),
    });
  }
  for (const { path, target } of looks) {
    // Another disk that is empty is no concern of this call at a later boot.
    if (target.kind === 'done') return tools.say(`${path} has ${target.what}: left as it is`);
  }
  for (const { path, target } of looks) {
    if (target.kind === 'empty') return makeOnDisk(path, settings, tools);
    tools.say(`${path} is not empty: it holds ${target.what}`);
  }
  const reasons = looks.flatMap(({ path, target }) =>
    target.kind === 'taken' ? [`${path} holds ${target.what}`] : [],
  );
  const why = reasons.length > 0 ? reasons.join(', ') : 'the machine has no disk';
  throw new KitError(`Cannot format a disk: none is empty: ${why}`);
}

const readOnly: Target = { kind: 'taken', what: 'what can only be read' };

/** One that cannot be read is not empty, and no reason to leave out the others. */
async function look(path: string, settings: FormatSettings, { run }: FormatTools): Promise<Target> {
  try {
    return await findTarget(path, settings, run);
  } catch (thrown) {
    return { kind: 'taken', what: `what cannot be told (${reasonOf(thrown)})` };
  }
}
