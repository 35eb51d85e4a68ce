import { resolve } from 'node:path';
import type { Command } from 'commander';
import { KitError } from '../../../lib/errors/errors.ts';
import type { Context } from '../../host/context.ts';
import { readCertificates, readMirrors } from '../../registry/options.ts';
import type { ImageSources } from '../../work/work.ts';

/** What the flags of `withSources` became. */
export interface SourceFlags {
  readonly pull?: boolean;
  readonly docker?: boolean;
  readonly offline?: boolean;
  readonly mirror?: readonly string[];
  readonly certFile?: readonly string[];
  readonly layerLimit?: string;
}

/** Adds the flags that say where images come from; each has a variable of the environment, too. */
export function withSources(command: Command): Command {
  return withRegistry(command)
    .option('--pull', 'ask the registry even for images that the cache has')
    .option('--docker', 'look for images in the Docker engine first')
    .option('--offline', 'ask no registry (KIT_OFFLINE)')
    .option('--layer-limit <size>', 'most that an unpacked layer may have: 20G (KIT_LAYER_LIMIT)');
}

/** Adds the flags that say how to speak with registries. */
export function withRegistry(command: Command): Command {
  const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];
  return command
    .option(
      '--mirror <[registry=]url>',
      'another place that holds images: docker.io=https://mirror.example; may be repeated (KIT_MIRROR)',
      collect,
      [],
    )
    .option('--cert-file <pem>', 'an authority to trust; may be repeated (KIT_CERT_FILE)', collect, []);
}

/** The same as a value. @throws KitError for a mirror, a certificate or a size that is none */
export function sourcesOf(flags: SourceFlags, { env, cwd }: Context): ImageSources {
  const files = [
    ...(flags.certFile ?? []),
    ...(env.KIT_CERT_FILE ?? '').split(':').filter((file) => file !== ''),
  ];
  const limit = flags.layerLimit ?? env.KIT_LAYER_LIMIT;
  return {
    pull: flags.pull ?? false,
    docker: flags.docker ?? false,
    offline: flags.offline ?? isSet(env.KIT_OFFLINE),
    mirrors: readMirrors(flags.mirror ?? [], env),
    certificates: readCertificates(files.map((file) => resolve(cwd, file))),
    layerLimit: limit === undefined || limit === '' ? undefined : bytesOf(limit),
  };
}

const isSet = (value: string | undefined): boolean =>
  value !== undefined && !['', '0', 'false', 'no'].includes(value);

const units: Readonly<Record<string, number>> = { '': 1, K: 1 << 10, M: 1 << 20, G: 1 << 30 };

function bytesOf(text: string): number {
  const [, digits, unit = ''] = /^(\d{1,12})([KMG]?)$/.exec(text) ?? [];
  if (digits !== undefined) return Number(digits) * (units[unit] ?? 1);
  throw new KitError(`Cannot limit layers to "${text}": want bytes, or a size such as 500M or 20G`, {
    exitCode: 2,
  });
}
