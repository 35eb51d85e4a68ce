import { KitError } from '../../../lib/errors/errors.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printNotice, printResult } from '../../cli/print-result.ts';
import { program } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { sizeText } from '../../host/table.ts';
import { MachineClient } from '../../machine/client/client.ts';
import { grpcReason, isUnavailable } from '../../machine/client/grpc-errors.ts';
import { type Copied, copyFiles } from '../../machine/copy/copy-files.ts';
import { type CopyRequest, parseCopyRequest } from '../../machine/copy/copy-request.ts';
import { runningMachine } from '../../machine/records/running-machine.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';
import { workFor } from '../flags/work-flags.ts';

interface Flags extends JsonFlag {
  readonly followLink?: boolean;
}

const examples: Examples = {
  rows: [
    ['kit cp app.json t1:web:/etc/app.json', 'a file into the container of a service'],
    ['kit cp t1:web:/var/log ./log', 'a folder out of a container'],
    ['kit cp site/. t1:web:/srv', 'the contents of a folder into a folder'],
    ['kit cp t1:/run/kit/reports .', 'from the root file system of the machine'],
    ['kit cp t1:web:/srv - | tar t', 'as a tar archive'],
    ['tar c site | kit cp - t1:web:/srv', 'from a tar archive'],
  ],
  notes: `
As with docker cp, a source is copied into the target if that is an existing folder, replaces it if it is a
file, and is created under the target's name if that does not exist. Modes, times and links are preserved,
except links that lead out of what is copied from a machine. Files in the machine are owned by root, files on
this host by you. A file appears under its name only when it is complete. The container needs neither a shell
nor tar. Machines built with --production refuse kit cp.`,
};

/** `kit cp`: copies files between this host and a machine. */
export function verb(context: Context): KitCommand {
  const command = program('cp', context)
    .description('Copy files into or out of a machine.')
    .usage('[options] <source> <target>')
    .argument('<source>', 'a path, MACHINE:SERVICE:PATH, MACHINE:PATH, or - for an archive on standard input')
    .argument('<target>', 'the same, or - for an archive on standard output')
    .option('-L, --follow-link', 'if the source is a symbolic link, copy its target');
  withJson(command, 'print {files, bytes, skipped}')
    .withExamples(examples)
    .action((source: string, target: string, flags: Flags) => cp(source, target, flags, context));
  return command;
}

async function cp(source: string, target: string, flags: Flags, context: Context): Promise<void> {
  const request = parseCopyRequest(source, target);
  const toStream = request.direction === 'download' && request.to.kind === 'stream';
  if (toStream && (flags.json || context.stdout.isTTY)) {
    throw new KitError(
      `Cannot copy "${source}" to standard output: ${flags.json ? '--json uses it' : 'it is a terminal'}`,
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
  if (flags.json) printResult(context, flags, copied, '');
  if (copied.skipped > 0)
    printNotice(
      context,
      `skipped ${copied.skipped} devices, FIFOs or links that lead out of what was copied`,
    );
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
  const hint = isUnavailable(thrown)
    ? `kit logs --console ${name} shows the console of the machine`
    : thrown instanceof KitError
      ? thrown.hint
      : undefined;
  return new KitError(`Cannot copy "${source}" to "${target}": ${reason}`, { hint, cause: thrown });
}
