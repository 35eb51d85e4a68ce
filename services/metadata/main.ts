import { parseArgs } from 'node:util';
import { KitError } from '../../lib/errors/errors.ts';
import { renderError } from '../../lib/errors/render.ts';
import { providersOf } from './providers.ts';
import { applyMetadata } from './run.ts';

try {
  const { values, positionals } = parseArgs({
    options: { 'config-dir': { type: 'string', default: '/run/config' } },
    allowPositionals: true,
  });
  const { lines, ok } = await applyMetadata(providersOf(positionals), values['config-dir']);
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  process.exitCode = ok ? 0 : 1;
} catch (error) {
  process.stderr.write(`${renderError(error)}\n`);
  process.exitCode = error instanceof KitError ? error.exitCode : 1;
}
