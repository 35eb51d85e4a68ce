import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mount, RuntimeConfig } from '../../lib/bundle/bundle.ts';
import type { IdMappings } from '../../lib/linux/process/user-namespace.ts';
import type { TestGuest } from './test-guest.ts';

/** The ids of a container whose root is this id of the machine. */
export function idsFrom(hostID: number): IdMappings {
  const range = [{ containerID: 0, hostID, size: 65_536 }];
  return { uids: range, gids: range };
}

export interface UserServiceOptions {
  readonly ids: IdMappings;
  /** Folders of the machine, by their names below / in the container. */
  readonly binds?: Readonly<Record<string, string>>;
  /** The same, without mapped owners. */
  readonly plainBinds?: Readonly<Record<string, string>>;
}

/** A service in a user namespace of its own, whose root is an overlay as in a machine. */
export function userService(
  guest: TestGuest,
  name: string,
  script: string,
  options: UserServiceOptions,
): void {
  const { ids, binds = {}, plainBinds = {} } = options;
  guest.service(name, script);
  // The container's root has to get through.
  for (const path of [guest.dir, guest.paths.containers]) chmodSync(path, 0o755);
  const dir = join(guest.paths.containers, 'services', name);
  renameSync(join(dir, 'rootfs'), join(dir, 'lower'));
  const folders = [...Object.keys(binds), ...Object.keys(plainBinds)].map((path) => `lower/${path}`);
  for (const path of ['rootfs', 'tmp', ...folders]) mkdirSync(join(dir, path));
  writeFileSync(join(dir, 'lower/secret'), 'of the layer\n', { mode: 0o600 });
  const staged = Object.entries(binds).map(([path, source]): { path: string; mount: Mount } => {
    return {
      path,
      mount: { destination: join(guest.dir, 'binds', name, path), type: '', source, options: ['rbind'] },
    };
  });
  change<RuntimeConfig>(join(dir, 'runtime.json'), (runtime) => ({
    ...runtime,
    mounts: [
      { destination: join(dir, 'tmp'), type: 'tmpfs', source: 'tmpfs', options: [] },
      {
        ...{ destination: join(dir, 'rootfs'), type: 'overlay', source: 'overlay' },
        options: [`lowerdir=${dir}/lower`, `upperdir=${dir}/tmp/upper`, `workdir=${dir}/tmp/work`],
      },
    ],
    kit: { ...runtime.kit, ids, binds: staged.map(({ mount }) => mount) },
  }));
  const bind = (path: string, source: string) => {
    return { destination: `/${path}`, type: 'bind', source, options: ['rbind'] };
  };
  interface Config {
    readonly mounts: readonly object[];
    readonly linux: { readonly namespaces: readonly object[] };
  }
  change<Config>(join(dir, 'config.json'), ({ mounts, linux, ...config }) => ({
    ...config,
    mounts: [
      ...mounts,
      ...staged.map(({ path, mount }) => bind(path, mount.destination)),
      ...Object.entries(plainBinds).map(([path, source]) => bind(path, source)),
    ],
    linux: {
      ...linux,
      namespaces: [...linux.namespaces, { type: 'user' }],
      ...{ uidMappings: ids.uids, gidMappings: ids.gids },
    },
  }));
}

function change<T>(path: string, act: (value: T) => T): void {
  writeFileSync(path, JSON.stringify(act(JSON.parse(readFileSync(path, 'utf8')))));
}
