import { resolve } from 'node:path';
import { codeOf, KitError, reasonOf } from '../../../lib/errors/errors.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printResult } from '../../cli/print-result.ts';
import { program } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { MachineClient } from '../../machine/client/client.ts';
import { findMachine, isLive, type Machine } from '../../machine/records/find.ts';
import { manifestText, writeSupport } from '../../machine/support/archive.ts';
import { type GuestPart, guestPart } from '../../machine/support/guest-part.ts';
import { hostPart } from '../../machine/support/host-part.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';
import { workFor } from '../flags/work-flags.ts';

interface Flags extends JsonFlag {
  readonly output?: string;
}

const examples: Examples = {
  rows: [
    ['kit support t1', 'write t1-support.tar.gz, and list its contents'],
    ['kit support -o /tmp/bug.tar.gz t1'],
    ['kit support --json t1', '{file, files: [{name, bytes, what}], missing: [{name, why}]}'],
  ],
  notes: `
The archive contains versions, state, logs, incidents and metrics. It does not contain files, metadata, or the
environment and arguments of services, and strings that look like keys, tokens or passwords are masked. Check
the logs before you share it: they contain whatever the services wrote. If the machine does not respond, or
has ended, the archive contains only what this host knows.`,
};

/** `kit support`: writes an archive for bug reports. */
export function verb(context: Context): KitCommand {
  const command = program('support', context)
    .description('Write an archive for a bug report, without secrets.')
    .argument('<machine>', 'name of the machine')
    .option('-o, --output <file>', 'the archive (default: MACHINE-support.tar.gz)');
  withJson(command)
    .withExamples(examples)
    .action((name: string, flags: Flags) => support(name, flags, context));
  return command;
}

async function support(name: string, flags: Flags, context: Context): Promise<void> {
  const machine = await findMachine(context.env, name);
  const file = resolve(context.cwd, flags.output ?? `${name}-support.tar.gz`);
  const { progress } = workFor(context);
  const written = await progress.task(`Collect information about machine ${name}`, async () => {
    const [host, guest] = await Promise.all([hostPart(machine), askGuest(machine, context)]);
    const files = [...host, ...guest.files];
    return writeSupport(file, `${name}-support`, files, guest.missing).catch((thrown: unknown) => {
      const why = codeOf(thrown) === 'ENOENT' ? 'no such folder' : reasonOf(thrown);
      throw new KitError(`Cannot write "${file}": ${why}`, { cause: thrown });
    });
  });
  printResult(context, flags, written, `${manifestText(written.files, written.missing)}${file}\n`);
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
