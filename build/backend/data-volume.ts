import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { metadataLimits } from '../../lib/bundle/metadata.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { runTool } from '../tools/command.ts';
import type { Tools } from '../tools/tree.ts';

export interface DataVolume {
  /** The user-data, unchanged. */
  readonly data: Buffer;
  /** Of `ssh-keygen -Y sign`, for machines whose manifest has `metadata.trust.signedBy`. */
  readonly signature?: Buffer | undefined;
  /** Becomes instance-id and local-hostname. */
  readonly name: string;
}

/**
 * Writes an ISO 9660 volume for both cloud-init's NoCloud data source (label CIDATA, files `user-data` and
 * `meta-data`) and LinuxKit's CD (file `config`); the signature is in `user-data.sig`. Equal input gives
 * equal bytes.
 * @throws KitError when a machine would not read it
 */
export async function writeDataVolume(
  path: string,
  { data, signature, name }: DataVolume,
  tools: Tools,
  signal: AbortSignal,
): Promise<void> {
  checkBytes('user data', data, metadataLimits.file);
  if (signature) checkBytes('a signature', signature, metadataLimits.signature);
  const folder = await mkdtemp(join(dirname(path), '.data-'));
  try {
    const files = join(folder, 'files');
    await mkdir(files);
    const metaData = `instance-id: ${name}\nlocal-hostname: ${name}\n`;
    for (const [file, contents] of [
      ['user-data', data],
      ['meta-data', metaData],
      ['config', data],
      ...(signature ? ([['user-data.sig', signature]] as const) : []),
    ] as const) {
      await writeFile(join(files, file), contents, { mode: 0o600 });
    }
    const image = join(folder, 'image');
    await runTool(tools, 'xorriso', isoArguments(image, files), {
      signal,
      env: { SOURCE_DATE_EPOCH: epoch },
    });
    await rename(image, path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Else the machine would have no metadata, and say so where nobody who cannot log in reads it. */
function checkBytes(what: string, { length }: Buffer, limit: number): void {
  if (length > limit)
    throw new KitError(`Cannot use ${what} of ${length} bytes: a machine reads at most ${limit}`);
}

/** 1 January 2000, in seconds: the current time must not enter the volume. */
const epoch = '946684800';

/** `-r`: files belong to root and are readable, whatever their owner and mode on this host. */
function isoArguments(image: string, folder: string): string[] {
  const named = ['-V', 'CIDATA', '-J', '-r', '--set_all_file_dates', `=${epoch}`];
  return ['-as', 'mkisofs', '-quiet', '-o', image, ...named, folder];
}
