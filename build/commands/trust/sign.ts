import { KitError } from '../../../lib/errors/errors.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printResult } from '../../cli/print-result.ts';
import { program } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { table } from '../../host/table.ts';
import { fullReference } from '../cache/image-names.ts';
import { withArch } from '../flags/arch.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';
import { withRegistry } from '../flags/sources.ts';
import { type WorkFlags, workFor } from '../flags/work-flags.ts';
import { attachedRows, attesterOf, withAttest } from './attest.ts';
import { signingKey } from './signing-key.ts';

interface Flags extends WorkFlags, JsonFlag {
  readonly key?: string;
  readonly cosign?: boolean;
  readonly recursive?: boolean;
  readonly attest: readonly string[];
}

const examples: Examples = {
  rows: [
    ['kit sign --key release.key ghcr.io/me/web:1', 'sign what the registry has under this name'],
    ['kit sign --key release.key ghcr.io/me/web@sha256:3f2a…', 'sign this digest and no other'],
    [
      'kit sign --key release.key --cosign --recursive ghcr.io/me/web:1',
      'for cosign, skopeo and podman, too',
    ],
    [
      'kit sign --key release.key --attest spdx,provenance ghcr.io/me/web:1',
      'and attach what it consists of, and what it was built from',
    ],
    ['kit pkg push --sign-key release.key --org ghcr.io/me ./web', 'sign exactly what is pushed'],
  ],
  notes: `
The key is ECDSA on P-256: cosign's, or PKCS#8 or SEC 1 in PEM form. KIT_KEY_PASSWORD or COSIGN_PASSWORD holds its
password. The signature is a sigstore bundle, which the registry keeps beside the image. kit keys signing makes a pair;
kit signatures checks them, kit sbom --key prints an attached bill of materials, and docs/trust.md is about policies.`,
};

/** `kit sign`: signs images of registries. */
export function verb(context: Context): KitCommand {
  const command = withRegistry(program('sign', context))
    .description('Sign images in their registries with a key.')
    .argument('<image...>', 'images of registries, better with their digests: a tag may move')
    .option('--key <key-file>', 'private key; required')
    .option('--cosign', "also in cosign's own form, which skopeo and podman read")
    .option('-r, --recursive', 'of an index, also sign each image in it');
  withAttest(command);
  withArch(command);
  withJson(command, 'print what was signed as JSON')
    .withExamples(examples)
    .action((images: string[], flags: Flags) => sign(images, flags, context));
  return command;
}

async function sign(images: readonly string[], flags: Flags, context: Context): Promise<void> {
  const { signImage } = await import('../../trust/sign-image.ts');
  const { clientOf } = await import('../../registry/clients.ts');
  const { key, cosign = false, recursive = false } = flags;
  if (key === undefined)
    throw new KitError('Cannot sign without a key', { hint: '--key FILE names one', exitCode: 2 });
  const work = workFor(context, flags);
  const options = { key: signingKey(key, context), cosign, recursive };
  const attest = attesterOf(flags.attest, options.key, context);
  const signed = [];
  for (const reference of images.map(fullReference)) {
    const own = await signImage(reference, options, clientOf(work), work);
    const attested = await attest(reference, work, own[0]?.digest);
    signed.push(...own.map((one) => ({ ...one, type: 'signature' })), ...attested);
  }
  printResult(context, flags, signed, table(attachedRows(signed)));
}
