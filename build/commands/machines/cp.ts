import { KitError } from '../../../lib/errors/errors.ts';
import type { Context } from '../../host/context.ts';
import { sizeText } from '../../host/table.ts';
import { MachineClient } from '../../machine/client/client.ts';
import { grpcReason, isUnavailable } from '../../machine/client/grpc-errors.ts';
import { type Copied, copyFiles } from '../../machine/copy/copy-files.ts';
import { type CopyRequest, parseCopyRequest } from '../../machine/copy/copy-request.ts';
import { parse, program } from '../flags/program.ts';
import { runningMachine } from '../flags/service.ts';
import { workFor } from '../flags/work-flags.ts';

interface Flags {
  readonly followLink?: boolean;
  readonly json?: boolean;
}

const examples = `
Examples:
  kit cp app.json t1:web:/etc/app.json     a file into the container of a service
  kit cp t1:web:/var/log ./log             a folder out of it
  kit cp site/. t1:web:/srv                what is in a folder, into one
  kit cp t1:/run/kit/reports .             from the machine itself
  kit cp t1:web:/srv - | tar t             as a tar archive
  tar c site | kit cp - t1:web:/srv        and one into it

As with docker cp: into a folder that is there; under the target's own name where there is none; over a file. Modes, times
and links are kept; owners are root's in the machine and yours here. A file appears under its name when it is whole.
The service needs no shell and no tar. Machines built with --production refuse it.`;

/** `kit cp`: files between this host and a machine. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const command = program('cp', context)
    .description('Copy files into a machine, or out of it.')
    .usage('[options] <source> <target>')
    .argument('<source>', 'a path, MACHINE:SERVICE:PATH, MACHINE:PATH, or - for an archive on standard input')
    .argument('<target>', 'the same, or - for an archive on standard output')
    .option('-L, --follow-link', 'a source that is a symbolic link stands for what it leads to')
    .option('--json', 'print {files, bytes, skipped}')
    .addHelpText('after', examples)
    .action((source: string, target: string, flags: Flags) => cp(source, target, flags, context));
  return parse(command, args);
}

async function cp(source: string, target: string, flags: Flags, context: Context): Promise<void> {
  const request = parseCopyRequest(source, target);
  const toStream = request.direction === 'download' && request.to.kind === 'stream';
  if (toStream && (flags.json || context.stdout.isTTY)) {
    throw new KitError(
      `Cannot copy "${source}" to standard output: ${flags.json ? '--json goes there' : 'it is a terminal'}`,
      {
        hint: 'kit cp … - | tar t',
        exitCode: 2,
      },
    );
  }
  const { machine: name } = request.direction === 'upload' ? request.to : request.from;
  const machine = await runningMachine(name, context);
  using client = new MachineClient(machine.dir);
  const copied = await copyWith(client, request, `Copy "${source}" to "${target}"`, flags, context).catch(
    (thrown: unknown) => {
      context.signal.throwIfAborted();
      throw failure(source, target, name, thrown);
    },
  );
  if (flags.json) context.stdout.write(`${JSON.stringify(copied)}\n`);
  if (copied.skipped > 0) context.stderr.write(`kit: ${copied.skipped} devices or FIFOs were left out\n`);
}

async function copyWith(
  client: MachineClient,
  request: CopyRequest,
  title: string,
  { followLink }: Flags,
  context: Context,
): Promise<Copied> {
  const { progress } = workFor(context);
  return progress.task(title, (tell) => {
    const note = (bytes: number): void => tell(sizeText(bytes));
    return copyFiles(client, request, { follow: followLink === true, note }, context);
  });
}

function failure(source: string, target: string, name: string, thrown: unknown): KitError {
  const reason = thrown instanceof KitError ? thrown.message : grpcReason(thrown);
  const hint = isUnavailable(thrown) ? `kit logs --console ${name} shows what the guest says` : undefined;
  return new KitError(`Cannot copy "${source}" to "${target}": ${reason}`, { hint, cause: thrown });
}
