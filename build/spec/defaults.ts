import { defaultNamespace, type Section } from '../../lib/bundle/bundle.ts';
import type { EntryDefaults } from '../manifest/types.ts';

/** LinuxKit's defaults, for fields that manifest, label and image config leave unset. */
export const linuxkitDefaults = {
  capabilities: [],
  ambient: [],
  mounts: [],
  binds: [],
  tmpfs: [],
  devices: [],
  command: [],
  env: [],
  cwd: '/',
  net: 'root',
  ipc: 'root',
  uts: 'root',
  pid: 'new',
  userns: 'root',
  hostname: '',
  readonly: false,
  maskedPaths: [],
  readonlyPaths: [],
  uid: 0,
  gid: 0,
  additionalGids: [],
  noNewPrivileges: false,
  seccomp: 'unconfined',
  rootfsPropagation: '',
  cgroupsPath: '',
  resources: {},
  sysctl: {},
  rlimits: [],
  uidMappings: [],
  gidMappings: [],
  annotations: {},
  runtime: {
    cgroups: [],
    mounts: [],
    mkdir: [],
    interfaces: [],
    bindNS: { cgroup: '', ipc: '', mnt: '', net: '', pid: '', user: '', uts: '' },
    namespace: '',
  },
} as const satisfies EntryDefaults;

/** The defaults of kit's own fields. */
export const kitDefaults = {
  restart: 'always',
  after: [],
  stopSignal: 'SIGTERM',
  stopTimeout: '10s',
  onFailure: 'continue',
  timeout: '0s',
  ociRuntime: 'crun',
  shim: 'own',
} as const satisfies EntryDefaults;

/** The parent cgroup of each section. */
const groups: Readonly<Record<Section, string>> = {
  onboot: 'onboot',
  onshutdown: 'onshutdown',
  services: 'svc',
};

/** For kit's init every container has a cgroup, so that it can be measured, limited and killed as a unit. */
export function containerDefaults(section: Section, name: string): EntryDefaults {
  return { cgroupsPath: `/${groups[section]}/${name}`, runtime: { namespace: defaultNamespace } };
}
