import { resolve } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { repeatable } from '../../cli/repeatable.ts';
import { setting } from '../../config/setting.ts';
import type { Context } from '../../host/context.ts';
import { onlyPolicy, type Policies, policiesFrom } from '../../policy/policies.ts';
import { readPolicy } from '../../policy/read-policy.ts';
import { readCertificates, readMirrors } from '../../registry/options.ts';
import type { ImageSources } from '../../work.ts';

/** The values of the flags of `withSources`. */
export interface SourceFlags {
  readonly pull?: boolean;
  readonly docker?: boolean;
  readonly offline?: boolean;
  readonly mirror?: readonly string[];
  readonly certFile?: readonly string[];
  readonly layerLimit?: string;
  readonly policy?: string;
}

/** Adds the flags that determine where images come from. Most have an environment variable, too. */
export function withSources(command: KitCommand): KitCommand {
  return withPolicy(withRegistry(command))
    .option('--pull', 'check registries for new versions of images in the cache')
    .option('--docker', 'look for images in the Docker engine first')
    .option('--offline', 'do not contact registries (KIT_OFFLINE)')
    .option('--layer-limit <size>', 'maximum size of an unpacked layer, such as 20G (KIT_LAYER_LIMIT)');
}

/** For commands that use images of others. */
export function withPolicy(command: KitCommand): KitCommand {
  return command.option(
    '--policy <file>',
    'policy that images must fulfil, in place of any other (KIT_POLICY)',
  );
}

/** Adds the flags for connections to registries. */
export function withRegistry(command: KitCommand): KitCommand {
  return command
    .option(
      '--mirror <[registry=]url>',
      'registry mirror, such as docker.io=https://mirror.example; may be repeated (KIT_MIRROR)',
      repeatable,
      [],
    )
    .option('--cert-file <pem>', 'CA certificate to trust; may be repeated (KIT_CERT_FILE)', repeatable, []);
}

/** @throws KitError for an invalid mirror, certificate or size */
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
    policies: policiesOf(flags, env, cwd),
    layerLimit: limit === undefined || limit === '' ? undefined : parseLayerLimit(limit),
  };
}

/** That of the flag alone; else the user's own, to which the folders of manifests may add. */
function policiesOf({ policy }: SourceFlags, env: Context['env'], cwd: string): Policies {
  if (policy !== undefined) return onlyPolicy(resolve(cwd, policy));
  return policiesFrom(() => {
    const own = setting(env, 'trust.policy');
    return own ? [readPolicy(own.value)] : [];
  });
}

const isSet = (value: string | undefined): boolean =>
  value !== undefined && !['', '0', 'false', 'no'].includes(value);

const units: Readonly<Record<string, number>> = { '': 1, K: 1 << 10, M: 1 << 20, G: 1 << 30 };

/** Bytes, or a number with K, M or G after it. */
function parseLayerLimit(text: string): number {
  const [, digits, unit = ''] = /^(\d{1,12})([KMG]?)$/.exec(text) ?? [];
  if (digits !== undefined) return Number(digits) * (units[unit] ?? 1);
  throw new KitError(`Cannot limit layers to "${text}": expected bytes, or a size such as 500M or 20G`, {
    exitCode: 2,
  });
}
