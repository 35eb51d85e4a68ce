import { KitError } from '../../../lib/errors/errors.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { printResult } from '../../cli/print-result.ts';
import { subcommand } from '../../cli/program.ts';
import { hostArch } from '../../host/arch.ts';
import type { Context } from '../../host/context.ts';
import { table } from '../../host/table.ts';
import { cacheNames, type ForeignRef } from '../../reference/image-ref.ts';
import {
  formatReference,
  parseReference,
  type Reference,
  withDefaultTag,
} from '../../reference/reference.ts';
import type { Pushed } from '../../transfer/push.ts';
import type { NamedImage } from '../../transfer/select-image.ts';
import type { Work } from '../../work.ts';
import { type JsonFlag, withJson } from '../flags/json.ts';
import { architectureOf, type PlatformsFlag, withPlatforms } from '../flags/platforms.ts';
import { withPolicy, withRegistry } from '../flags/sources.ts';
import { type WorkFlags, workFor } from '../flags/work-flags.ts';
import { type SignFlags, signerOf, withSignKey } from '../trust/signing-key.ts';
import { foreignRef, fullReference } from './image-names.ts';

interface PullFlags extends WorkFlags, JsonFlag, PlatformsFlag {}

export function addPull(command: KitCommand, context: Context): void {
  const pull = withPolicy(withRegistry(withJson(subcommand(command, 'pull <image...>'))));
  withPlatforms(pull, 'that of this host')
    .description('download images from registries into the cache')
    .action(async (texts: string[], flags: PullFlags) => {
      const { pullImage } = await import('../../transfer/pull.ts');
      const { clientOf } = await import('../../registry/clients.ts');
      const work = workFor(context, flags);
      const architectures = flags.platform.length > 0 ? flags.platform.map(architectureOf) : [hostArch];
      const pulled: { name: string; arch: string; digest: string }[] = [];
      for (const reference of texts.map(fullReference)) {
        const name = formatReference(reference);
        for (const arch of architectures) {
          const image = await pullImage(reference, arch, clientOf(work), work);
          pulled.push({ name, arch, digest: image.descriptor.digest });
        }
      }
      const rows = pulled.map(({ name, arch, digest }) => [name, arch, digest]);
      printResult(context, flags, pulled, table(rows));
    });
}

interface PushFlags extends WorkFlags, JsonFlag, PlatformsFlag, SignFlags {
  readonly remoteName?: string;
  readonly withArchTags?: boolean;
  readonly override?: boolean;
}

export function addPush(command: KitCommand, context: Context): void {
  const push = withSignKey(withRegistry(withJson(subcommand(command, 'push <image...>'))));
  withPlatforms(push, 'all platforms of the image')
    .description('upload images from the cache to registries; blobs that are already there are skipped')
    .option('--remote-name <name>', 'name in the registry (default: the name in the cache)')
    .option('--with-arch-tags', 'also push each architecture under its own tag: x:1-amd64')
    .option('--override', 'replace a different image with the same name')
    .action(async (texts: string[], flags: PushFlags) => {
      if (flags.remoteName !== undefined && texts.length > 1) {
        throw new KitError(`Cannot push ${texts.length} images under the one name "${flags.remoteName}"`, {
          exitCode: 2,
        });
      }
      const work = workFor(context, flags);
      const sign = signerOf(flags, context);
      const pushed = await pushCached(texts, flags, context.cwd, work);
      await sign(pushed, work);
      printResult(context, flags, pushed, table(pushed.map(({ name, digest }) => [name, digest])));
    });
}

async function pushCached(
  texts: readonly string[],
  flags: PushFlags,
  cwd: string,
  work: Work,
): Promise<Pushed[]> {
  const { namedImage, selectPlatforms } = await import('../../transfer/select-image.ts');
  const { pushImage } = await import('../../transfer/push.ts');
  const { pushArches } = await import('../../transfer/push-arches.ts');
  const { clientOf } = await import('../../registry/clients.ts');
  const to = { client: clientOf(work), known: new Map<string, string>() };
  const pushed: Pushed[] = [];
  for (const text of texts) {
    const ref = foreignRef(text, cwd);
    const image = await namedImage(work.cache, cacheNames(ref));
    const target = pushTarget(ref, image, flags);
    if (flags.withArchTags) pushed.push(...(await pushArches(image.name, target, to, work)));
    const selected = await selectPlatforms(image, flags.platform, work.cache);
    pushed.push(await pushImage(selected, target, to, flags.override ?? false, work));
  }
  return pushed;
}

function pushTarget(ref: ForeignRef, { name }: NamedImage, { remoteName }: PushFlags): Reference {
  if (remoteName !== undefined) return fullReference(remoteName);
  if (ref.kind === 'registry') return withDefaultTag(parseReference(name));
  throw new KitError(`Cannot push "${ref.text}": it names no registry`, {
    hint: '--remote-name ghcr.io/me/x:1 does',
    exitCode: 2,
  });
}
