import { resolve } from 'node:path';
import { codeOf, KitError, reasonOf } from '../../../lib/errors/errors.ts';
import type { Context } from '../../host/context.ts';
import { MachineClient } from '../../machine/client/client.ts';
import { findMachine, isLive, type Machine } from '../../machine/records/find.ts';
import { manifestText, writeSupport } from '../../machine/support/archive.ts';
import { type GuestPart, guestPart } from '../../machine/support/guest-part.ts';
import { hostPart } from '../../machine/support/host-part.ts';
import { parse, program } from '../flags/program.ts';
import { workFor } from '../flags/work-flags.ts';

interface Flags {
  readonly output?: string;
  readonly json?: boolean;
}

const examples = `
Examples:
  kit support t1                     write t1-support.tar.gz here, and list what is in it
  kit support -o /tmp/bug.tar.gz t1
  kit support --json t1              {file, files: [{name, bytes, what}], missing: [{name, why}]}

It holds versions, state, logs, incidents and figures: what is needed to report a bug. Files, metadata, environments and
arguments of services are not asked for, and what looks like a key, a token or a password is masked in what is. Logs hold what
the services wrote: look through them. Of a machine that does not answer, or has ended, it holds what this host knows.`;

/** `kit support`: one archive with everything needed to report a bug. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('support', context)
    .description('Write an archive with what is needed to report a bug, and no secrets.')
    .argument('<machine>', 'name of the machine')
    .option('-o, --output <file>', 'where to (default: MACHINE-support.tar.gz)')
    .option('--json', 'print JSON')
    .addHelpText('after', examples)
    .action((name: string, flags: Flags) => support(name, flags, context));
  return parse(command, args);
}

async function support(name: string, { output, json }: Flags, context: Context): Promise<void> {
  const machine = await findMachine(context.env, name);
  const file = resolve(context.cwd, output ?? `${name}-support.tar.gz`);
  const { progress } = workFor(context);
  const written = await progress.task(`Gather what is known of machine ${name}`, async () => {
    const [host, guest] = await Promise.all([hostPart(machine), askGuest(machine, context)]);
    const files = [...host, ...guest.files];
    return writeSupport(file, `${name}-support`, files, guest.missing).catch((thrown: unknown) => {
      const why = codeOf(thrown) === 'ENOENT' ? 'there is no such folder' : reasonOf(thrown);
      throw new KitError(`Cannot write "${file}": ${why}`, { cause: thrown });
    });
  });
  if (json) context.stdout.write(`${JSON.stringify(written)}\n`);
  else context.stdout.write(`${manifestText(written.files, written.missing)}${file}\n`);
}

async function askGuest(machine: Machine, { signal }: Context): Promise<GuestPart> {
  if (!isLive(machine)) {
    return {
      files: [],
      missing: [{ name: 'guest', why: `the machine has ended (${machine.record.reason})` }],
    };
  }
  using client = new MachineClient(machine.dir);
  return await guestPart(client, signal);
}
