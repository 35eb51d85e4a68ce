/** The machine of a test: each line asks for metadata as pkg/metadata-cloud does, with limits of its own. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MetadataTrust } from '../../lib/bundle/metadata.ts';
import { applyMetadata } from '../../services/metadata/apply-metadata.ts';
import { cloudProvidersOf } from '../../services/metadata/cloud/cloud-providers.ts';
import { type Hardware, readHardware } from '../../services/metadata/cloud/hardware.ts';
import type { Limits } from '../../services/metadata/cloud/session.ts';
import type { Provider } from '../../services/metadata/provider.ts';
import { readTrust, trustOf } from '../../services/metadata/trust/trust.ts';
import { cdromProvider } from '../../services/metadata/volumes/cdrom.ts';
import { serveLines } from './serve-lines.ts';

export interface MachineQuestion {
  /** Names of providers on the command line. */
  readonly names: readonly string[];
  readonly hardware?: Partial<Hardware>;
  readonly trust?: MetadataTrust;
  readonly limits: Limits;
  /** An image of the disc in its drive. */
  readonly disc?: string;
}

export interface Told {
  readonly ok: boolean;
  readonly lines: readonly string[];
  /** Files below /run/config and what is in them. */
  readonly files: Readonly<Record<string, string>>;
}

const nothing = readHardware('/nowhere');
/** The drives of the host are none of the machine's. */
const emptyDrive: Provider = { name: 'none', probe: async () => undefined };

await serveLines<MachineQuestion>(async ({ names, hardware, trust, limits, disc }): Promise<Told> => {
  const folder = mkdtempSync(join(tmpdir(), 'kit-config-'));
  const trusted = trust === undefined ? readTrust({}) : trustOf(trust);
  const providers = cloudProvidersOf(names, { ...nothing, ...hardware }, trusted, {
    limits,
    disc: disc === undefined ? emptyDrive : cdromProvider(trusted, disc),
  });
  const outcome = await applyMetadata(providers, folder);
  const files = filesIn(folder);
  rmSync(folder, { recursive: true });
  return { ...outcome, files };
});

function filesIn(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    paths
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  );
}
