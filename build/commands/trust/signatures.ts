import { statementKind } from '../../attest/types.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printResult } from '../../cli/print-result.ts';
import { program } from '../../cli/program.ts';
import { repeatable } from '../../cli/repeatable.ts';
import type { Context } from '../../host/context.ts';
import { table } from '../../host/table.ts';
import { fullReference } from '../cache/image-names.ts';
import { withArch } from '../flags/arch.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';
import { withRegistry } from '../flags/sources.ts';
import { type WorkFlags, workFor } from '../flags/work-flags.ts';
import { printStatement, verifyKeys } from './statements.ts';

interface Flags extends WorkFlags, JsonFlag {
  readonly key: readonly string[];
  readonly statement?: string;
}

const examples: Examples = {
  rows: [
    ['kit signatures ghcr.io/me/web:1', 'list the signatures of an image'],
    ['kit signatures --key release.pub ghcr.io/me/web:1', '… and check them with a key'],
    ['kit signatures --json --key a.pub --key b.pub ghcr.io/me/web:1'],
    [
      'kit signatures --key release.pub --statement provenance ghcr.io/me/web:1',
      'print what the key has stated about its build (kit sign --attest)',
    ],
  ],
  notes: `
With keys, the exit status is 1 unless one of them has signed the image. What a policy makes of an image, kit cache pull
--policy tells.`,
};

/** `kit signatures`: lists and checks the signatures of an image in its registry. */
export function verb(context: Context): KitCommand {
  const command = withRegistry(program('signatures', context))
    .description('List the signatures of an image, and check them with public keys.')
    .argument('<image>', 'image of a registry')
    .option('--key <key-file>', 'public key; may be repeated', repeatable, [])
    .option('--statement <statement>', 'print this signed statement: spdx, cyclonedx or provenance');
  withArch(command);
  withJson(command, 'print the signatures as JSON')
    .withExamples(examples)
    .action((image: string, flags: Flags) => signatures(image, flags, context));
  return command;
}

/** Returns the exit status. */
async function signatures(image: string, flags: Flags, context: Context): Promise<number> {
  const { listSignatures } = await import('../../trust/list-signatures.ts');
  const { clientOf } = await import('../../registry/clients.ts');
  const keys = verifyKeys(flags.key, context);
  const work = workFor(context, flags);
  if (flags.statement !== undefined) {
    await printStatement(image, statementKind(flags.statement), keys, context, work);
    return 0;
  }
  const listed = await listSignatures(fullReference(image), keys, clientOf(work), work);
  const rows = listed.signatures.map(({ form, digest, name, signedBy, reason }) => [
    ...[form, digest.slice(0, 'sha256:'.length + 12), name ?? '', signedBy ?? reason ?? ''],
  ]);
  const text =
    rows.length > 0 ? table([['FORM', 'DIGEST', 'NAME', 'SIGNED BY'], ...rows]) : 'No signatures.\n';
  printResult(context, flags, listed, text);
  return keys.length > 0 && !listed.signatures.some(({ signedBy }) => signedBy !== null) ? 1 : 0;
}
