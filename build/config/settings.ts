import { type Kind, list, stringLike, type ValueOf } from '../manifest/kinds.ts';

/** A setting of the user, in the configuration file or in a variable. */
interface Setting {
  readonly kind: Kind;
  /** One sentence for `kit config list`. */
  readonly help: string;
  /** The environment variable that takes precedence over the file; lists are separated by spaces in it. */
  readonly variable: string;
}

const address = stringLike(
  /^(?:https?|file|mirror\+file):\/\/?[^\s]+$/,
  'an address that begins with "https://", "http://" or "file://"',
);
const security = stringLike(
  /^(?:(?:https?|file|mirror\+file):\/\/?[^\s]+|none)$/,
  'an address that begins with "https://", "http://" or "file://", or "none"',
);
const organisation = stringLike(
  /^[a-z0-9][a-z0-9.-]*(?::\d{1,5})?(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+$/,
  'a registry and an organisation there, such as "ghcr.io/me"',
);
const file = stringLike(/^\/[^\0]+$/, 'the absolute path of a file');

/** All settings, by key: `debian.mirror` is the key `mirror` of the map `debian` in the file. */
export const settings = {
  'debian.mirror': {
    kind: address,
    help: "Mirror of Debian's archive that packages are fetched from.",
    variable: 'KIT_DEBIAN_MIRROR',
  },
  'debian.security': {
    kind: security,
    help: "Mirror of Debian's security archive; none for a mirror that has neither updates nor security fixes.",
    variable: 'KIT_DEBIAN_SECURITY',
  },
  'debian.snapshot': {
    kind: list(address),
    help: 'Archives of old versions, asked for locked packages that the mirror no longer has.',
    variable: 'KIT_DEBIAN_SNAPSHOT',
  },
  'debian.keyring': {
    kind: file,
    help: "OpenPGP keys that sign the mirror's releases, if they are not Debian's.",
    variable: 'KIT_DEBIAN_KEYRING',
  },
  'debian.expired': {
    kind: { kind: 'choice', values: ['refuse', 'accept'] },
    help: 'Whether releases that have expired are accepted, as those of an archive of old versions.',
    variable: 'KIT_DEBIAN_EXPIRED',
  },
  'packages.registries': {
    kind: list(organisation),
    help: 'Registries, such as ghcr.io/me, that are asked for a package before it is built from source.',
    variable: 'KIT_REGISTRIES',
  },
  'trust.policy': {
    kind: file,
    help: 'Policy that says who must have signed which images (docs/trust.md).',
    variable: 'KIT_POLICY',
  },
} as const satisfies Readonly<Record<string, Setting>>;

export type SettingKey = keyof typeof settings;
export type SettingValue<K extends SettingKey> = ValueOf<(typeof settings)[K]['kind']>;

export const settingKeys = Object.keys(settings) as SettingKey[];
