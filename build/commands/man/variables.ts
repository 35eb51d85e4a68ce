import { settingKeys, settings } from '../../config/settings.ts';

/** The environment variables of kit: name and meaning. */
export const environment: readonly (readonly [name: string, meaning: string])[] = [
  ['KIT_CACHE', 'Folder of the cache, else LINUXKIT_CACHE, else ~/.cache/kit. As --cache.'],
  ['KIT_STATE', 'Folder of the machines, else ~/.local/state/kit.'],
  ['KIT_QUIET', 'If set, no progress is shown. As --quiet.'],
  ['KIT_OFFLINE', 'If set, no registry is contacted. As --offline.'],
  ['KIT_MIRROR', 'Mirrors of registries, separated by spaces or commas, else LINUXKIT_MIRROR. As --mirror.'],
  ['KIT_CERT_FILE', 'Files with certificates to trust, separated by colons. As --cert-file.'],
  ['KIT_LAYER_LIMIT', 'Maximum size of an unpacked layer, such as 20G. As --layer-limit.'],
  [
    'KIT_CONFIG',
    'Configuration file, else kit/config.yml in $XDG_CONFIG_HOME or ~/.config: see kit-config(1).',
  ],
  ...settingKeys.map(
    (key) => [settings[key].variable, `${settings[key].help} As the setting ${key}.`] as const,
  ),
  ['KIT_KEY_PASSWORD', 'Password of a private key that signs, else COSIGN_PASSWORD.'],
  ['LINUXKIT_PKG_ORG', 'Organisation of packages that are pushed. As --org.'],
  ['NO_COLOR', 'If set, messages have no colours, which they otherwise have on a terminal.'],
  ['FORCE_COLOR', 'If set, messages have colours even in a file; 0: never.'],
];
