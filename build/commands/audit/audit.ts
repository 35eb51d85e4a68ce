import { KitError } from '../../../lib/errors/errors.ts';
import { audit } from '../../audit/audit.ts';
import { isBroken } from '../../audit/report/count.ts';
import { auditReport } from '../../audit/report/json.ts';
import { auditText } from '../../audit/report/text.ts';
import { parseDisk } from '../../backend/request/disks.ts';
import type { Examples } from '../../cli/examples.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printResult } from '../../cli/print-result.ts';
import { program } from '../../cli/program.ts';
import { hasColour } from '../../host/colour.ts';
import type { Context } from '../../host/context.ts';
import { isManifestWord } from '../../manifest/config/config-name.ts';
import { withProduction } from '../flags/image-options.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';
import { withImageLock, withTypeCheck } from '../flags/locked.ts';
import { type DataFlags, readData, withData, withDisks } from '../flags/run-flags.ts';
import { withSources } from '../flags/sources.ts';
import { parseSeconds, withTimeout } from '../flags/timeout.ts';
import { type WorkFlags, workFor } from '../flags/work-flags.ts';
import { type OutputFlags, outputFiles, withOutputFiles } from './output-files.ts';

interface Flags extends WorkFlags, JsonFlag, OutputFlags, DataFlags {
  readonly container?: boolean;
  readonly tpm?: boolean;
  readonly production?: boolean;
  readonly strict?: boolean;
  readonly all?: boolean;
  readonly disk: readonly string[];
  readonly timeout: string;
}

const examples: Examples = {
  rows: [
    ['kit audit web.yml', 'build and boot it, and attack what kit promises'],
    ['kit audit --container web.yml', 'without a kernel of its own: fast, for ordinary users'],
    ['kit audit --production base.yml web.yml', 'with what --production promises'],
    ['kit audit --disk data.img,size=1G,serial=kit-data db.yml', 'with the disk that it expects'],
    ['kit audit --data-file user-data sshd.yml', 'with the metadata that it expects'],
    ['kit audit out/web', 'an image of kit build, as it is'],
    ['kit audit --json --strict web.yml', 'also fail for what the manifest grants'],
    ['kit audit --sarif audit.sarif web.yml', 'for a code scanning service'],
    ['kit audit --attestation audit.json --sign key.pem out/web', 'a signed statement about its files'],
  ],
  notes: `
The exit status is 1 if a promise is broken. docs/audit.md lists the promises, and says how they are attacked.`,
};

/** `kit audit`: attacks what an image promises. */
export function verb(context: Context): KitCommand {
  const command = withSources(program('audit', context))
    .description('Boot an image and attack each promise of containment from inside and from outside.')
    .argument('<image...>', 'manifests, or a built image in format kernel+initrd')
    .option('--container', 'run it in namespaces of this host, without a kernel of its own')
    .option('--tpm', 'add a TPM 2.0, which is emulated')
    .option('--strict', 'what an entry is granted counts as broken')
    .option('--all', 'list the promises that are kept, too');
  withTimeout(
    withProduction(withOutputFiles(withData(withDisks(command)))),
    'how long the machine may take',
    600,
  );
  withJson(withTypeCheck(withImageLock(command)), 'print the report as JSON')
    .withExamples(examples)
    .action((names: string[], flags: Flags) => run(names, flags, context));
  return command;
}

async function run(names: readonly string[], flags: Flags, context: Context): Promise<number> {
  const { container = false, tpm = false, production = false, strict = false, all = false } = flags;
  refuseWords(names);
  const disks = flags.disk.map((text) => parseDisk(text, context.cwd));
  const data = await readData(flags, context.cwd);
  const options = { container, tpm, production, disks, data, timeoutMs: parseSeconds(flags.timeout) };
  const files = await outputFiles(flags, context);
  const done = await audit(names, options, context, workFor(context, flags));
  const style = { colour: hasColour(context.stdout, context.env), all };
  printResult(context, flags, auditReport(done, strict), auditText(done, style), style);
  await files.write(done, strict);
  return isBroken(done.findings, strict) ? 1 : 0;
}

/** @throws KitError for several images */
function refuseWords(names: readonly string[]): void {
  const image = names.find((name) => !isManifestWord(name));
  if (image === undefined) return;
  if (names.length > 1)
    throw new KitError(`Cannot audit "${image}" and others at once: one image at a time`, { exitCode: 2 });
}
