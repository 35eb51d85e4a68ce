import { statementKind } from '../../attest/types.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { program } from '../../cli/program.ts';
import { repeatable } from '../../cli/repeatable.ts';
import type { Context } from '../../host/context.ts';
import { withArch } from '../flags/arch.ts';
import { withSources } from '../flags/sources.ts';
import { type WorkFlags, workFor } from '../flags/work-flags.ts';
import { printStatement, verifyKeys } from './statements.ts';

interface Flags extends WorkFlags {
  readonly format: 'spdx' | 'cyclonedx';
  readonly key: readonly string[];
}

const examples: Examples = {
  rows: [
    ['kit sbom web.yml', 'of the machine that a manifest makes, in SPDX 2.3'],
    ['kit sbom --format cyclonedx out/web', 'of an image that kit built here, in CycloneDX 1.6'],
    ['kit sbom docker.io/library/debian:13', 'of an image with a dpkg database'],
    ['kit sbom t1', 'of a running machine, as it was built into it'],
    ['kit sbom --key release.pub ghcr.io/me/web:1', 'the one that this key has signed (kit sign --attest)'],
  ],
  notes: `
A name is looked for as a manifest, an image built here, a document (*.json), a machine, and then as an image. Debian
packages have the licences of their copyright files, as far as those are machine-readable.`,
};

/** `kit sbom`: prints a bill of materials. */
export function verb(context: Context): KitCommand {
  const command = withSources(program('sbom', context))
    .description('Print the bill of materials of an image, a manifest or a running machine.')
    .argument('<image>', 'manifest, image built here, document, machine or image')
    .option('--format <bom-format>', 'spdx (SPDX 2.3) or cyclonedx (CycloneDX 1.6), as JSON', 'spdx')
    .option(
      '--key <key-file>',
      'print the document that this public key has signed; may be repeated',
      repeatable,
      [],
    );
  withArch(command)
    .withExamples(examples)
    .action((name: string, flags: Flags) => sbom(name, flags, context));
  return command;
}

async function sbom(name: string, flags: Flags, context: Context): Promise<void> {
  if (flags.key.length > 0) {
    const keys = verifyKeys(flags.key, context);
    await printStatement(name, statementKind(flags.format), keys, context, workFor(context, flags));
    return;
  }
  const { bomText } = await import('../../inventory/bom-text.ts');
  const { bomSubject } = await import('../../inventory/subject.ts');
  const subject = await bomSubject(name, context, (arch) =>
    workFor(context, arch ? { ...flags, arch } : flags),
  );
  context.stdout.write(await bomText(subject, flags.format, context.env));
}
