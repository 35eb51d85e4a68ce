import type { Arch } from '../../host/arch.ts';
import type { Seccomp, SeccompRule } from '../oci/oci-runtime.ts';
import type { SeccompProfile } from './profile.ts';

const [EPERM, ENOSYS] = [1, 38];

const architectures: Readonly<Record<Arch, string>> = {
  amd64: 'SCMP_ARCH_X86_64',
  arm64: 'SCMP_ARCH_AARCH64',
};

/**
 * `linux.seccomp` of config.json from a profile: its rules for this architecture and these capabilities, as
 * Docker and Podman resolve them at run time.
 */
export function renderSeccomp(
  profile: SeccompProfile,
  arch: Arch,
  capabilities: ReadonlySet<string>,
): Seccomp {
  const { defaultAction, defaultErrnoRet, archMap, syscalls = [] } = profile;
  const own = architectures[arch];
  const others = archMap?.find(({ architecture }) => architecture === own)?.subArchitectures ?? [];
  const rules = syscalls.filter((rule) => applies(rule, arch, capabilities));
  return {
    defaultAction,
    ...(defaultErrnoRet !== undefined && { defaultErrnoRet }),
    architectures: profile.architectures ?? [own, ...others],
    ...(profile.flags && { flags: profile.flags }),
    syscalls: rules.map(({ names, action, errnoRet, args }): SeccompRule => {
      return {
        names,
        action,
        ...(errnoRet !== undefined && { errnoRet }),
        ...(args && args.length > 0 && { args }),
      };
    }),
  };
}

/**
 * The default filter: moby's list, in which a call that the list does not know fails with ENOSYS, so that a
 * program does without it as on an older kernel (the choice of containers-common), and a call that only
 * other capabilities allow with EPERM.
 */
export function renderDefault(moby: SeccompProfile, arch: Arch, capabilities: ReadonlySet<string>): Seccomp {
  const syscalls = [...(moby.syscalls ?? []), ownRule];
  const filter = renderSeccomp({ ...moby, syscalls, defaultErrnoRet: ENOSYS }, arch, capabilities);
  const granted = new Set(filter.syscalls.flatMap(({ names }) => names));
  const forArch = (moby.syscalls ?? []).filter((rule) => matchesArch(rule, arch));
  const withheld = new Set(forArch.flatMap(({ names }) => names).filter((name) => !granted.has(name)));
  if (withheld.size === 0) return filter;
  const refused: SeccompRule = { names: [...withheld].sort(), action: 'SCMP_ACT_ERRNO', errnoRet: EPERM };
  return { ...filter, syscalls: [...filter.syscalls, refused] };
}

/**
 * moby's list does not know these calls at all. For swap the kernel asks for this capability as well; keys of
 * disks come from the keyring.
 */
const ownRule: ProfileRule = {
  names: ['add_key', 'keyctl', 'swapoff', 'swapon'],
  action: 'SCMP_ACT_ALLOW',
  includes: { caps: ['CAP_SYS_ADMIN'] },
};

type ProfileRule = NonNullable<SeccompProfile['syscalls']>[number];

const applies = (rule: ProfileRule, arch: Arch, capabilities: ReadonlySet<string>): boolean =>
  matchesArch(rule, arch) &&
  (rule.includes?.caps ?? []).every((name) => capabilities.has(name)) &&
  !(rule.excludes?.caps ?? []).some((name) => capabilities.has(name));

/** `minKernel` is always fulfilled: the oldest that the list names is 4.8. */
function matchesArch({ includes, excludes }: ProfileRule, arch: Arch): boolean {
  const { arches = [] } = includes ?? {};
  return (arches.length === 0 || arches.includes(arch)) && !(excludes?.arches ?? []).includes(arch);
}
