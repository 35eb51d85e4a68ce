import { guestPaths } from '../../../lib/bundle/bundle.ts';
import { exactJson } from '../../../lib/json/exact-json.ts';
import type { Arch } from '../../host/arch.ts';
import type { EffectiveEntry } from '../effective-entry.ts';
import { FieldError } from '../field-error.ts';
import type { Linux, Process, Seccomp, Spec } from '../oci/oci-runtime.ts';
import { compileFilter } from './filter/compile.ts';
import { mobyProfile, type SeccompProfile } from './profile.ts';
import { renderDefault, renderSeccomp } from './seccomp.ts';

export interface SeccompContext {
  /** Of the image. */
  readonly arch: Arch;
  /** The profiles that the manifest names; undefined as long as they are not read. */
  readonly profileOf?: (file: string) => SeccompProfile | undefined;
}

/** The filter of an entry; undefined for none. @throws FieldError for a file that a label names */
export function entrySeccomp(
  { seccomp, devices }: EffectiveEntry,
  { capabilities }: Process,
  { arch, profileOf }: SeccompContext,
): Linux['seccomp'] {
  if (seccomp === 'unconfined') return undefined;
  const granted = new Set(capabilities.bounding ?? []);
  if (seccomp === 'default') {
    const usesVsock = devices.some(({ path }) => path === guestPaths.vsock);
    return renderDefault(usesVsock ? withVsock(mobyProfile()) : mobyProfile(), arch, granted);
  }
  if (!profileOf) return undefined;
  const profile = profileOf(seccomp);
  if (profile) return renderSeccomp(profile, arch, granted);
  throw new FieldError(
    ['seccomp'],
    `Cannot use seccomp "${seccomp}" of the image's label: it is a file`,
    'set `seccomp:` in the manifest',
  );
}

/**
 * moby's list allows sockets of all families but AF_VSOCK, which no network namespace confines. An entry that
 * asks for the device /dev/vsock gets them too.
 */
function withVsock(profile: SeccompProfile): SeccompProfile {
  const syscalls = (profile.syscalls ?? []).map((rule) => {
    const { args: _families, ...unconditional } = rule;
    return rule.names.includes('socket') ? unconditional : rule;
  });
  return { ...profile, syscalls };
}

const compiled = new Map<string, string>();

/**
 * The annotation by which crun takes a filter as a program, and does not compile `linux.seccomp` (crun(1)).
 * runc does not know it, and compiles.
 */
export function compiledFilter(filter: Seccomp): NonNullable<Spec['annotations']> {
  // Most entries of a manifest have the same one.
  const key = exactJson(filter);
  const program = compiled.get(key) ?? compileFilter(filter).toString('base64');
  compiled.set(key, program);
  return { 'run.oci.seccomp_bpf_data': program };
}
