import { basename, dirname, resolve } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import type { Examples } from '../cli/examples.ts';
import type { KitCommand } from '../cli/kit-command.ts';
import { printResult } from '../cli/print-result.ts';
import { program } from '../cli/program.ts';
import type { Context } from '../host/context.ts';
import { imageName } from '../media/image-name.ts';
import { differenceError } from '../verify/difference-error.ts';
import { findRecord } from '../verify/record.ts';
import { type Verified, verifyImage } from '../verify/verify.ts';
import { verifyRecorded } from '../verify/verify-recorded.ts';
import { verifySignature } from '../verify/verify-signature.ts';
import { withArch } from './flags/arch.ts';
import { type ImageOptions, withImageOptions } from './flags/image-options.ts';
import { type JsonFlag, withJson } from './flags/json.ts';
import { withImageLock } from './flags/locked.ts';
import { withSources } from './flags/sources.ts';
import { type WorkFlags, workFor } from './flags/work-flags.ts';

interface Flags extends WorkFlags, ImageOptions, JsonFlag {
  readonly certificate?: string;
}

const examples: Examples = {
  rows: [
    ['kit verify out/web', 'rebuild an image that kit built here, and compare'],
    ['kit verify out/web web.yml', 'was out/web-kernel, -initrd.img, -cmdline built from web.yml?'],
    ['kit verify -f iso-efi --arch arm64 out/web web.yml'],
    ['kit verify --json out/web base.yml web.yml'],
    ['kit verify --certificate keys/db.crt out/web.efi', 'would firmware with this key alone start it?'],
  ],
  notes: `
With manifests, pass the flags that the image was built with.`,
};

/**
 * `kit verify`: rebuilds an image and compares, or checks its signature for Secure Boot. The exit status is 1
 * if the image differs.
 */
export function verb(context: Context): KitCommand {
  const command = withSources(program('verify', context))
    .description('Rebuild an image and compare: the same manifest, packages and kit give the same bytes.')
    .argument('<image>', 'one of the files of the image, or the common prefix of their names')
    .argument('[manifest...]', 'the manifests that it was built from (default: as recorded by kit build)');
  withJson(withImageLock(withArch(withImageOptions(command))), 'print the result as JSON')
    .option('--certificate <pem>', 'instead, check the signature of an EFI program as Secure Boot does')
    .withExamples(examples)
    .action(async (image: string, files: string[], flags: Flags) => {
      if (flags.certificate !== undefined) {
        if (files.length > 0) throw new KitError('Cannot use manifests with --certificate', { exitCode: 2 });
        await verifySignature(image, flags.certificate, context.cwd);
        printResult(context, flags, { signed: true }, `Signed by ${flags.certificate}.\n`);
        return 0;
      }
      const verified = await verify(image, files, flags, context);
      const { differences } = verified;
      const error = flags.json ? undefined : differenceError(image, differences, context.cwd);
      if (error) throw error;
      const text = `The same: ${verified.files === 1 ? 'one file' : `${verified.files} files`}.\n`;
      printResult(context, flags, verified, text);
      return differences.length > 0 ? 1 : 0;
    });
  return command;
}

async function verify(
  image: string,
  files: readonly string[],
  flags: Flags,
  context: Context,
): Promise<Verified> {
  const { cwd, stdin } = context;
  const path = resolve(cwd, image);
  if (files.length === 0) {
    return verifyRecorded(path, image, (arch) => workFor(context, arch ? { ...flags, arch } : {}));
  }
  const { format: formats, size, production, trustLabels, decompressKernel, small } = flags;
  const sbom = flags.sbom && { path: flags.sbomOutput };
  const place = { dir: dirname(path), name: imageName(basename(path)), size };
  const options = { ...place, formats, production, trustLabels, decompressKernel, small, sbom, cwd, stdin };
  const work = workFor(context, flags);
  return verifyImage(files, options, work, await findRecord(path, work));
}
