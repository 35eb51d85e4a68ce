import { resolve } from 'node:path';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printResult } from '../../cli/print-result.ts';
import { program } from '../../cli/program.ts';
import type { Context } from '../../host/context.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';

interface Flags extends JsonFlag {
  readonly secureBoot?: string;
}

const examples: Examples = {
  rows: [
    ['kit build --format uki web.yml; kit measure web.efi', 'what a TPM has after the start of this machine'],
    ['kit measure --secure-boot keys web.efi', 'PCR 7 as well, where these keys are enrolled'],
    ['kit measure --json web.efi', 'for programs'],
  ],
  notes: `
Firmware and systemd's stub extend these registers before the kernel runs, in the bank for SHA-256.

PCR 4 has the program that firmware started from a boot option and, without Secure Boot, the kernel in it.

PCR 7 has the variables of Secure Boot, and the key of db that signed the program. It is the same for all that this
key has signed.

PCR 11 has each section of the program: the kernel, its command line, the initrd, and what else is in it.

A boot manager in between, or a start from the shell of firmware, changes PCR 4, and not PCR 11.`,
};

/** `kit measure`: predicts registers of the TPM. */
export function verb(context: Context): KitCommand {
  const command = program('measure', context)
    .description('Predict what the TPM of a machine has measured after it started a unified kernel image.')
    .argument('<file>', 'unified kernel image (*.efi)')
    .option('--secure-boot <folder>', 'keys of kit keys secure-boot that firmware has: predicts PCR 7, too');
  withJson(command)
    .withExamples(examples)
    .action((file: string, flags: Flags) => measure(file, flags, context));
  return command;
}

async function measure(file: string, flags: Flags, context: Context): Promise<void> {
  const { measureImage } = await import('../../measure/measure.ts');
  const { measurementText } = await import('../../measure/text.ts');
  const keys = flags.secureBoot && resolve(context.cwd, flags.secureBoot);
  const found = { ...(await measureImage(resolve(context.cwd, file), keys)), file };
  printResult(context, flags, found, measurementText(found));
}
