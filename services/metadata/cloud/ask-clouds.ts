import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import type { Metadata } from '../../../lib/metadata/metadata.ts';
import { MissingMetadataError, type Provider } from '../provider.ts';
import type { Trust } from '../trust/trust.ts';
import { type Cloud, type CloudContext, NothingThereError } from './cloud.ts';
import { cleanFacts, cleanText } from './facts.ts';
import type { Hardware } from './hardware.ts';
import { defaultLimits, type Limits, Session } from './session.ts';

/** A cloud to ask, and why. */
export interface Candidate {
  readonly cloud: Cloud;
  readonly argument?: string | undefined;
  /** The hardware is that cloud's, so that silence is a fault; otherwise somebody only named it. */
  readonly isRecognised: boolean;
}

interface Asked extends Candidate {
  readonly metadata?: Metadata;
  readonly fault?: string;
}

export interface AskOptions {
  readonly limits?: Limits | undefined;
  /** Where a cloud's disc is. */
  readonly disc: Provider;
}

/**
 * All candidates as one provider: they are asked at the same time, and of those that answer the first one
 * counts. Nobody is asked whom the manifest does not trust.
 */
export function cloudsProvider(
  candidates: readonly Candidate[],
  hardware: Hardware,
  trust: Trust,
  { limits = defaultLimits, disc }: AskOptions,
): Provider {
  let used: Asked | undefined;
  return {
    name: candidates.map(({ cloud }) => cloud.provider).join(', '),
    async probe(note) {
      const trusted = candidates.filter(({ cloud }) => {
        const fault = trust.provider(cloud.name) ?? trust.unsigned;
        if (fault !== undefined) note(`not asked: the metadata service of ${cloud.name}: ${fault}`);
        return fault === undefined;
      });
      const asked = await Promise.all(trusted.map((candidate) => ask(candidate, hardware, limits)));
      for (const { cloud, fault } of asked)
        if (fault !== undefined) note(`no metadata from ${cloud.name}: ${fault}`);
      const expected = asked.find(({ isRecognised }) => isRecognised);
      used = asked.find(({ metadata }) => metadata !== undefined) ?? expected;
      const metadata = used && (await withDisc(used, disc, note));
      if (used && metadata) return { ...metadata, provider: used.cloud.provider };
      if (expected === undefined) return undefined;
      throw new MissingMetadataError(
        `Cannot read the metadata of the cloud that this machine is in, ${expected.cloud.name}`,
      );
    },
    async applied() {
      const { cloud, argument } = used ?? {};
      if (cloud?.report) await inContext(hardware, argument, limits, (context) => cloud.report?.(context));
    },
  };
}

/** What a disc says together with the service; damaged, it does not take the service's answer away. */
async function withDisc(
  { cloud, metadata }: Asked,
  disc: Provider,
  note: (line: string) => void,
): Promise<Metadata | undefined> {
  if (cloud.withDisc === undefined) return metadata;
  try {
    const found = await disc.probe(note);
    return found === undefined ? metadata : cloud.withDisc(metadata, found);
  } catch (error) {
    if (metadata === undefined) throw error;
    return { ...metadata, problems: [...(metadata.problems ?? []), reasonOf(error)] };
  }
}

async function ask(candidate: Candidate, hardware: Hardware, limits: Limits): Promise<Asked> {
  const { cloud, argument } = candidate;
  try {
    const metadata = await inContext(hardware, argument, limits, (context) => cloud.ask(context));
    return { ...candidate, metadata: cleaned(metadata) };
  } catch (error) {
    if (!(error instanceof KitError)) throw error;
    const isRecognised = candidate.isRecognised && !(error instanceof NothingThereError);
    return { ...candidate, isRecognised, fault: error.message };
  }
}

/** Calls `use` with a context, and closes the sessions that it has opened. */
async function inContext<T>(
  hardware: Hardware,
  argument: string | undefined,
  limits: Limits,
  use: (context: CloudContext) => T | Promise<T>,
): Promise<T> {
  const sessions: Session[] = [];
  const open = (base: string): Session => {
    const session = new Session(base, limits);
    sessions.push(session);
    return session;
  };
  try {
    return await use({ hardware, argument, open });
  } finally {
    for (const session of sessions) session.close();
  }
}

/** What ends up in small files is one line each. */
function cleaned(metadata: Metadata): Metadata {
  return {
    ...metadata,
    instanceId: cleanText(metadata.instanceId),
    hostname: metadata.hostname?.trim() || undefined,
    facts: cleanFacts(metadata.facts ?? {}),
  };
}
