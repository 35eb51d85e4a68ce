import { existsSync, readFileSync } from 'node:fs';
import { readArguments, runService } from '../../lib/service/service.ts';
import { applyMetadata } from './apply-metadata.ts';
import { unobeyedPlaces } from './command-line.ts';
import { providersOf } from './providers.ts';
import { readTrust } from './trust/trust.ts';

await runService(async ({ log }) => {
  const { providers, configDir, cmdline } = readArguments({
    providers: { type: 'string', multiple: true, positional: true },
    configDir: { type: 'string', default: '/run/config' },
    cmdline: { type: 'string', default: '/proc/cmdline' },
  });
  const { lines, ok } = await applyMetadata(providersOf(providers, readTrust()), configDir);
  const commandLine = existsSync(cmdline) ? readFileSync(cmdline, 'utf8') : '';
  for (const line of unobeyedPlaces(commandLine)) log.info(line);
  for (const line of lines) log.info(line);
  process.exitCode = ok ? 0 : 1;
});
