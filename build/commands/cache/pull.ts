import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { hostArch } from '../../work.ts';
import { withRegistry } from '../sources.ts';
import { table } from '../table.ts';
import { type WorkFlags, workFor } from '../work.ts';
import { cacheOf, type JsonFlag, namesOf, show, verb } from './verb.ts';

interface PullFlags extends WorkFlags, JsonFlag {
  readonly platform: readonly string[];
}

export function addPull(command: Command, context: Context): void {
  const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];
  withRegistry(verb(command, 'pull <name...>'))
    .description('bring images of a registry into the cache')
    .option(
      '--platform <platform>',
      'linux/arm64; may be repeated (default: that of this machine)',
      collect,
      [],
    )
    .action(async (texts: string[], flags: PullFlags) => {
      const { pullImage } = await import('../../registry/pull.ts');
      const { clientOf } = await import('../../registry/clients.ts');
      const { parseReference } = await import('../../registry/reference.ts');
      const work = workFor(context, flags);
      const cache = cacheOf(context);
      const architectures = flags.platform.length > 0 ? flags.platform.map(architectureOf) : [hostArch];
      const pulled: { name: string; arch: string; digest: string }[] = [];
      for (const name of texts.map((text) => namesOf(text)[1] ?? text)) {
        for (const arch of architectures) {
          const image = await pullImage(parseReference(name), arch, clientOf(work), cache, work);
          pulled.push({ name, arch, digest: image.descriptor.digest });
        }
      }
      show(context, flags, pulled, table(pulled.map(({ name, arch, digest }) => [name, arch, digest])));
    });
}

/** `arm64` of `linux/arm64/v8`, and of `arm64`. */
const architectureOf = (platform: string): string =>
  platform.split('/')[platform.includes('/') ? 1 : 0] ?? platform;
