import { existsSync, readFileSync } from 'node:fs';
import { readArguments, runService } from '../../lib/service/service.ts';
import { applyMetadata } from './apply-metadata.ts';
import { unobeyedPlaces } from './command-line.ts';
import type { Provider } from './provider.ts';
import { readTrust, type Trust } from './trust/trust.ts';

export interface Request {
  /** Names of providers, from the command line. */
  readonly names: readonly string[];
  /** Where sysfs is: `/sys`. */
  readonly sysfs: string;
  readonly trust: Trust;
  /** How long a cloud's service may take to accept a connection; nobody else is waited for. */
  readonly patienceMs: number;
}

/**
 * The program: `metadata [--patience SECONDS] [PROVIDER…]`, of which there is one with clouds and one
 * without.
 */
export async function runMetadata(providersOf: (request: Request) => Provider[]): Promise<void> {
  await runService(async ({ log }) => {
    const { providers, configDir, cmdline, sysfs, patience } = readArguments({
      providers: { type: 'string', multiple: true, positional: true },
      configDir: { type: 'string', default: '/run/config' },
      cmdline: { type: 'string', default: '/proc/cmdline' },
      sysfs: { type: 'string', default: '/sys' },
      patience: { type: 'number', min: 0.1, max: 600, default: 2 },
    });
    const request = { names: providers, sysfs, trust: readTrust(), patienceMs: patience * 1000 };
    const { lines, ok } = await applyMetadata(providersOf(request), configDir);
    const commandLine = existsSync(cmdline) ? readFileSync(cmdline, 'utf8') : '';
    for (const line of unobeyedPlaces(commandLine)) log.info(line);
    for (const line of lines) log.info(line);
    process.exitCode = ok ? 0 : 1;
  });
}
