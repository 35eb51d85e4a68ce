import type { Argument, Option } from 'commander';
import { hardwareNames } from '../../backend/request/hardware.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import { settingKeys } from '../../config/settings.ts';
import { sortKeys } from '../../machine/top/text.ts';
import { seedKinds } from '../../metadata/single-file.ts';
import { nothing, words } from './candidate.ts';
import { builds, manifests, packages } from './files.ts';
import type { Kind } from './query.ts';
import {
  backendOrImage,
  cachedImages,
  copyPath,
  execWord,
  formats,
  forwardedPort,
  liveMachines,
  logSources,
  machines,
  services,
} from './sources.ts';

const none: Kind = () => nothing;
const files: Kind = () => ({ candidates: [], shell: 'files' });
const folders: Kind = () => ({ candidates: [], shell: 'folders' });
const oneOf =
  (...values: readonly string[]): Kind =>
  () =>
    words(values);

/** By placeholder, or by command and placeholder where that is not enough. */
const kinds: Readonly<Record<string, Kind>> = {
  '<accelerator>': oneOf('auto', 'kvm', 'tcg'),
  '<address>': none,
  '<arch>': oneOf('amd64', 'arm64'),
  '<bom-format>': oneOf('spdx', 'cyclonedx'),
  '<cluster>': files,
  '<data>': none,
  '<device>': none,
  '<dir>': folders,
  '<disk>': files,
  '<event>': oneOf('answer', 'ready'),
  '<file>': files,
  '<folder>': folders,
  '<format>': formats,
  '<hardware>': oneOf(...hardwareNames),
  '<image>': builds,
  '<interface>': none,
  '<key-file>': files,
  '<key>': oneOf(...sortKeys),
  '<level>': oneOf('0', '1', '2', '3'),
  '<machine>': liveMachines,
  '<manifest>': manifests,
  '<minutes>': none,
  '<mode>': oneOf('user', 'none', 'tap,', 'bridge,'),
  '<n>': none,
  '<name>': none,
  '<new-name>': none,
  '<org>': none,
  '<path>': none,
  '<pem>': files,
  '<platform>': oneOf('linux/amd64', 'linux/arm64'),
  '<port>': none,
  '<ports>': none,
  '<list>': oneOf('linux/amd64', 'linux/arm64', 'linux/amd64,linux/arm64'),
  '<regex>': none,
  '<seconds>': none,
  '<severity>': oneOf('unknown', 'negligible', 'low', 'medium', 'high', 'critical'),
  '<service>': services,
  '<share>': folders,
  '<shell>': oneOf('bash', 'zsh', 'fish'),
  '<size>': none,
  '<source>': copyPath,
  '<statement>': oneOf('spdx', 'cyclonedx', 'provenance'),
  '<target>': copyPath,
  '<text>': none,
  '<texts>': none,
  '<time>': none,
  '<url>': none,
  '<value>': none,
  '<[registry=]url>': none,
  'kit cache export --format': oneOf('oci', 'docker', 'filesystem'),
  'kit cache export <image>': cachedImages,
  'kit cache pull <image>': cachedImages,
  'kit cache push <image>': cachedImages,
  'kit cache rm <image>': cachedImages,
  ...Object.fromEntries(
    ['get', 'set', 'unset'].map((name) => [`kit config ${name} <key>`, oneOf(...settingKeys)]),
  ),
  'kit exec <words>': execWord,
  'kit exec --debug-image': packages,
  'kit forward <ports>': forwardedPort,
  'kit logs <machine>': machines,
  'kit metadata check <source>': files,
  'kit migrate --out': files,
  'kit metadata check --as': oneOf(...seedKinds),
  'kit rm <machines>': machines,
  'kit logs <service>': logSources,
  'kit pkg build <folder>': packages,
  'kit pkg ls <folder>': folders,
  'kit pkg manifest <folder>': packages,
  'kit pkg push <folder>': packages,
  'kit pkg show-tag <folder>': packages,
  'kit run <image>': backendOrImage,
  'kit schema <schema>': oneOf('manifest', 'build'),
  'kit size <image>': builds,
  'kit stop <machine>': liveMachines,
  'kit support <machine>': machines,
};

/** @throws Error for a placeholder without a row */
export function argumentKind(command: KitCommand, argument: Argument): Kind {
  return kindOf(`${command.fullName} <${argument.name()}>`, `<${argument.name()}>`);
}

/** @throws Error for a placeholder without a row */
export function optionKind(command: KitCommand, { flags, long }: Option): Kind {
  const [placeholder = ''] = /<.+>$/.exec(flags) ?? [];
  return kindOf(`${command.fullName} ${long}`, placeholder);
}

function kindOf(...names: readonly string[]): Kind {
  const name = names.find((one) => Object.hasOwn(kinds, one));
  const kind = name === undefined ? undefined : kinds[name];
  if (kind) return kind;
  throw new Error(`No row in the table of completions: ${names.join(', ')}`);
}
