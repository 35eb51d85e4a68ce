import { resolve } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import { readLimited } from '../../../lib/files/read-limited.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printResult } from '../../cli/print-result.ts';
import { program } from '../../cli/program.ts';
import { repeatable } from '../../cli/repeatable.ts';
import type { Context } from '../../host/context.ts';
import { table } from '../../host/table.ts';
import { keyFileLimit, readPublicKey } from '../../signing/public-key.ts';
import { fullReference } from '../cache/image-names.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';
import { withRegistry } from '../flags/sources.ts';
import { type WorkFlags, workFor } from '../flags/work-flags.ts';

interface Flags extends WorkFlags, JsonFlag {
  readonly key: readonly string[];
}

const examples: Examples = {
  rows: [
    ['kit signatures ghcr.io/me/web:1', 'list the signatures of an image'],
    ['kit signatures --key release.pub ghcr.io/me/web:1', '… and check them with a key'],
    ['kit signatures --json --key a.pub --key b.pub ghcr.io/me/web:1'],
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
    .option('--key <key-file>', 'public key; may be repeated', repeatable, []);
  withJson(command, 'print the signatures as JSON')
    .withExamples(examples)
    .action((image: string, flags: Flags) => signatures(image, flags, context));
  return command;
}

/** Returns the exit status. */
async function signatures(image: string, flags: Flags, context: Context): Promise<number> {
  const { listSignatures } = await import('../../trust/list-signatures.ts');
  const { clientOf } = await import('../../registry/clients.ts');
  const keys = flags.key.map((path) => {
    const cannot = (why: string): KitError => new KitError(`Cannot read key "${path}": ${why}`);
    return readPublicKey(readLimited(resolve(context.cwd, path), keyFileLimit, cannot), path);
  });
  const work = workFor(context, flags);
  const listed = await listSignatures(fullReference(image), keys, clientOf(work), work);
  const rows = listed.signatures.map(({ form, digest, name, signedBy, reason }) => [
    ...[form, digest.slice(0, 'sha256:'.length + 12), name ?? '', signedBy ?? reason ?? ''],
  ]);
  const text =
    rows.length > 0 ? table([['FORM', 'DIGEST', 'NAME', 'SIGNED BY'], ...rows]) : 'No signatures.\n';
  printResult(context, flags, listed, text);
  return keys.length > 0 && !listed.signatures.some(({ signedBy }) => signedBy !== null) ? 1 : 0;
}
