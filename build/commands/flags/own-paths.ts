import { configFile } from '../../config/config-file.ts';
import { cacheDir, stateDir } from '../../host/paths.ts';
import type { OwnPath } from '../../host/users/own-folders.ts';

/** What kit believes of this user's files. */
export const ownPaths = (env: Readonly<Record<string, string | undefined>>): OwnPath[] => [
  { what: 'the cache', path: () => cacheDir(env), variable: 'KIT_CACHE' },
  { what: 'the state of machines', path: () => stateDir(env), variable: 'KIT_STATE' },
  { what: 'the configuration', path: () => configFile(env), variable: 'KIT_CONFIG' },
];
