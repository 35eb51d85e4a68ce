import { landlockProgram } from '../../../lib/process/confined-command.ts';
import type { EffectiveEntry } from '../effective-entry.ts';
import { FieldError } from '../field-error.ts';
import { sortedMounts } from '../oci/mounts.ts';
import type { Spec, SpecMount } from '../oci/oci-runtime.ts';

type Landlock = NonNullable<EffectiveEntry['landlock']>;

/** Each with the name of its rules in the program of pkg/landlock. */
const ofFiles = ['read', 'execute', 'write'] as const;
const ofPorts = ['bind', 'connect'] as const;

/**
 * Not in LinuxKit: the program is started by that of pkg/landlock, which confines itself first. The OCI
 * runtime spec has no place for the rules, and a process can confine itself only.
 */
export function withLandlock(spec: Spec, { landlock }: EffectiveEntry): Spec {
  if (!landlock) return spec;
  const { process, mounts } = spec;
  return {
    ...spec,
    process: { ...process, args: [...landlockPrefix(landlock), ...process.args] },
    mounts: sortedMounts([...mounts, programBind]),
  };
}

/** The machine's own file, which the container can only execute. */
const programBind: SpecMount = {
  destination: landlockProgram,
  type: 'bind',
  source: landlockProgram,
  options: ['bind', 'rprivate', 'ro', 'nosuid', 'nodev'],
};

function landlockPrefix(landlock: Landlock): string[] {
  const files = ofFiles.some((key) => landlock[key]) ? ['files'] : [];
  const handled = [...files, ...ofPorts.filter((key) => landlock[key])];
  const rules = [...ofFiles, ...ofPorts].flatMap((key) =>
    (landlock[key] ?? []).map((value) => `${key}=${value}`),
  );
  return [landlockProgram, handled.join(','), ...rules, '--'];
}

/** LinuxKit's init would start the program without the rules. @throws FieldError */
export function refuseLandlock({ landlock }: EffectiveEntry): void {
  if (landlock) throw new FieldError(['landlock'], "only kit's init obeys `landlock`", 'init: [pkg/init, …]');
}
