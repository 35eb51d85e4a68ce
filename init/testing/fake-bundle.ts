import type { RuntimeConfig, Section, Supervision } from '../../lib/bundle/bundle.ts';
import type { Bundle } from '../../lib/bundle/read.ts';

/**
 * A bundle whose root file system is an overlay; the fields of `kit` are given beside `name` and `section`.
 */
export function fakeBundle({
  name,
  section,
  runtime,
  ...kit
}: Partial<Supervision> & {
  readonly name: string;
  readonly section: Section;
  readonly runtime?: Partial<RuntimeConfig>;
}): Bundle {
  const dir = `/containers/${section}/${name}`;
  const rootfs = { destination: `${dir}/rootfs`, type: 'overlay', source: 'overlay', options: [] };
  return {
    name,
    section,
    dir,
    runtime: {
      cgroups: [],
      mounts: [rootfs],
      mkdir: [],
      interfaces: [],
      bindNS: { cgroup: '', ipc: '', mnt: '', net: '', pid: '', user: '', uts: '' },
      namespace: '',
      kit: {
        ...{ restart: 'no', after: [], ready: null, stopSignal: 'SIGTERM', stopTimeoutMs: 10_000 },
        ...{ onFailure: 'continue', timeoutMs: 0, ociRuntime: 'crun' },
        ...kit,
      },
      ...runtime,
    },
  };
}
