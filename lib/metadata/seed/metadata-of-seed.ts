import { KitError } from '../../errors/errors.ts';
import { parseMetaData } from '../meta-data.ts';
import type { Metadata, NetworkDocument } from '../metadata.ts';
import { ovfFile, parseOvfEnvironment } from '../ovf/ovf-environment.ts';
import type { Seed, SeedFile } from './seed.ts';
import { vendorDataOf } from './vendor-data.ts';

/**
 * What the files of a seed say together.
 * @param counts whether a file beside the user data counts; `what` names it for messages
 */
export function metadataOfSeed(
  { userData, metaData, vendorData, network, notes, problems: unreadable }: Seed,
  counts: (file: SeedFile, what: string) => boolean = () => true,
): Metadata {
  const counted = (file: SeedFile | undefined, what: string): Buffer | undefined =>
    file && counts(file, what) ? file.content : undefined;
  const problems = [...unreadable];
  const described = attempt(() => describedBy(metaData?.path, counted(metaData, 'meta-data')), problems);
  const vendordata = attempt(
    () => vendorDataOf(vendorData?.path, counted(vendorData, 'vendor-data')),
    problems,
  );
  return {
    ...(described ?? noMetaData),
    ...{ userdata: userData?.content ?? described?.userdata, vendordata },
    network: documentOf(network?.path, counted(network, 'network-config')) ?? described?.network,
    problems: [...problems, ...(described?.problems ?? [])],
    notes: [...notes, ...(described?.notes ?? [])],
  };
}

/** An OVF environment has the user data, too. */
function describedBy(path: string | undefined, content: Buffer | undefined): Metadata {
  if (path === ovfFile && content) return parseOvfEnvironment(content);
  return { userdata: undefined, ...parseMetaData(content ?? '') };
}

function documentOf(path: string | undefined, content: Buffer | undefined): NetworkDocument | undefined {
  return content && { form: path?.endsWith('.json') ? 'network_data.json' : 'network-config', content };
}

const noMetaData: Metadata = { userdata: undefined, sshKeys: [] };

/** A mistake in one file must not take the others away. */
function attempt<T>(read: () => T, problems: string[]): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof KitError)) throw error;
    problems.push(error.message);
    return undefined;
  }
}
