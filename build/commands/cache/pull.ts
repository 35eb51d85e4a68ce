import type { Command } from 'commander';
import { KitError } from '../../../lib/errors/errors.ts';
import { hostArch } from '../../host/arch.ts';
import type { Context } from '../../host/context.ts';
import { table } from '../../host/table.ts';
import { parseReference, withDefaultTag } from '../../registry/reference.ts';
import type { Pushed } from '../../transfer/push.ts';
import type { Work } from '../../work/work.ts';
import { withRegistry } from '../flags/sources.ts';
import { type WorkFlags, workFor } from '../flags/work-flags.ts';
import { type JsonFlag, namesOf, show, verb } from './verb.ts';

interface PullFlags extends WorkFlags, JsonFlag {
  readonly platform: readonly string[];
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

export function addPull(command: Command, context: Context): void {
  withRegistry(verb(command, 'pull <name...>'))
    .description('bring images of a registry into the cache')
    .option(
      '--platform <platform>',
      'linux/arm64; may be repeated (default: that of this machine)',
      collect,
      [],
    )
    .action(async (texts: string[], flags: PullFlags) => {
      const { pullImage } = await import('../../transfer/pull.ts');
      const { clientOf } = await import('../../transfer/clients.ts');
      const work = workFor(context, flags);
      const architectures = flags.platform.length > 0 ? flags.platform.map(architectureOf) : [hostArch];
      const pulled: { name: string; arch: string; digest: string }[] = [];
      for (const name of texts.map((text) => namesOf(text)[1] ?? text)) {
        for (const arch of architectures) {
          const image = await pullImage(parseReference(name), arch, clientOf(work), work);
          pulled.push({ name, arch, digest: image.descriptor.digest });
        }
      }
      show(context, flags, pulled, table(pulled.map(({ name, arch, digest }) => [name, arch, digest])));
    });
}

/** `arm64` of `linux/arm64/v8`, and of `arm64`. */
const architectureOf = (platform: string): string =>
  platform.split('/')[platform.includes('/') ? 1 : 0] ?? platform;

interface PushFlags extends WorkFlags, JsonFlag {
  readonly platform: readonly string[];
  readonly remoteName?: string;
  readonly withArchTags?: boolean;
  readonly override?: boolean;
}

export function addPush(command: Command, context: Context): void {
  withRegistry(verb(command, 'push <name...>'))
    .description('send images of the cache to their registry; what it has already is not sent')
    .option('--remote-name <name>', 'the name there (default: its own)')
    .option(
      '--platform <platform>',
      'linux/arm64; may be repeated (default: all that are there)',
      collect,
      [],
    )
    .option('--with-arch-tags', 'send each architecture under a tag of its own, too: x:1-amd64')
    .option('--override', 'replace another image that has the name')
    .action(async (texts: string[], flags: PushFlags) => {
      if (flags.remoteName !== undefined && texts.length > 1) {
        throw new KitError(`Cannot give ${texts.length} images one name "${flags.remoteName}"`, {
          exitCode: 2,
        });
      }
      const work = workFor(context, flags);
      const pushed = await pushCached(texts, flags, work);
      show(context, flags, pushed, table(pushed.map(({ name, digest }) => [name, digest])));
    });
}

async function pushCached(texts: readonly string[], flags: PushFlags, work: Work): Promise<Pushed[]> {
  const { namedImage, selectPlatforms } = await import('../../transfer/select-image.ts');
  const { pushImage } = await import('../../transfer/push.ts');
  const { pushArches } = await import('../../transfer/push-arches.ts');
  const { clientOf } = await import('../../transfer/clients.ts');
  const to = { client: clientOf(work), known: new Map<string, string>() };
  const pushed: Pushed[] = [];
  for (const text of texts) {
    const image = await namedImage(work.cache, namesOf(text));
    const target = withDefaultTag(parseReference(flags.remoteName ?? image.name));
    if (flags.withArchTags) pushed.push(...(await pushArches(image.name, target, to, work)));
    const selected = await selectPlatforms(image, flags.platform, work.cache);
    pushed.push(await pushImage(selected, target, to, flags.override ?? false, work));
  }
  return pushed;
}
