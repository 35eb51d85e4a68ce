import { dirname } from 'node:path';
import type { Arch } from '../../../host/arch.ts';
import type { StagedPackage } from '../addons/staged-package.ts';
import { nodeArch } from '../lock/platform.ts';

/**
 * A script of a package as npm runs it (@npmcli/run-script, @npmcli/config), for the sandbox: the settings
 * that node-gyp, prebuild-install and node-pre-gyp take from the environment name the guest's processor and
 * Node.
 * @param prefix of the compiler's programs
 */
export function scriptText(
  { location, name, version }: StagedPackage,
  script: string,
  command: string,
  { arch, prefix }: { readonly arch: Arch; readonly prefix: string },
): string {
  const env: Readonly<Record<string, string>> = {
    ...constant,
    PATH: searchPath(location),
    CC: `${prefix}gcc`,
    CXX: `${prefix}g++`,
    AR: `${prefix}ar`,
    LINK: `${prefix}g++`,
    npm_lifecycle_event: script,
    npm_package_name: name,
    npm_package_version: version,
    npm_config_arch: nodeArch[arch],
    npm_config_target_arch: nodeArch[arch],
  };
  const settings = Object.entries(env).map(([key, value]) => `export ${key}=${quoted(value)}`);
  return [...settings, `cd ${quoted(`/build/${location}`)}`, `exec sh -c ${quoted(command)}`, ''].join('\n');
}

const constant = {
  HOME: '/tmp',
  TMPDIR: '/tmp',
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
  // No times in archives and macros: the same sources give the same bytes.
  SOURCE_DATE_EPOCH: '0',
  ZERO_AR_DATE: '1',
  NODE: '/opt/node/bin/node',
  npm_node_execpath: '/opt/node/bin/node',
  npm_config_user_agent: 'npm',
  npm_config_node_gyp: '/opt/gyp/node_modules/node-gyp/bin/node-gyp.js',
  npm_config_nodedir: '/opt/node',
  npm_config_platform: 'linux',
  npm_config_target_platform: 'linux',
  npm_config_libc: 'glibc',
  npm_config_build_from_source: 'true',
  npm_config_offline: 'true',
  npm_config_python: '/usr/bin/python3',
} as const;

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** With `node_modules/.bin` of the package and of the folders above. */
function searchPath(location: string): string {
  // Before a node-gyp of the package's own, which may be too old for this Node and this Python.
  const folders = ['/opt/bin'];
  for (let folder = location; folder !== '.'; folder = dirname(folder)) {
    if (!folder.endsWith('node_modules')) folders.push(`/build/${folder}/node_modules/.bin`);
  }
  return [...folders, '/build/node_modules/.bin', '/opt/node/bin', '/usr/bin', '/usr/sbin'].join(':');
}
