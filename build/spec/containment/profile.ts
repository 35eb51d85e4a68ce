import { readFileSync } from 'node:fs';
import { dataFile } from '../../host/paths.ts';
import { checkValue, type Problem } from '../../manifest/check.ts';
import {
  choice,
  integer,
  list,
  type RecordOf,
  record,
  string,
  stringLike,
  uint64,
} from '../../manifest/kinds.ts';
import { capabilities } from '../../manifest/names.ts';
import { asErrors } from '../../manifest/parse.ts';
import { readYaml } from '../../manifest/yaml-document.ts';

const action = choice(
  'SCMP_ACT_ALLOW',
  'SCMP_ACT_ERRNO',
  'SCMP_ACT_KILL',
  'SCMP_ACT_KILL_PROCESS',
  'SCMP_ACT_KILL_THREAD',
  'SCMP_ACT_LOG',
  'SCMP_ACT_TRAP',
);
const errno = { kind: integer(0, 4095), help: 'The error of calls that are refused with SCMP_ACT_ERRNO.' };
const architecture = stringLike(/^SCMP_ARCH_[A-Z0-9_]+$/, 'an architecture such as "SCMP_ARCH_X86_64"');
const capability = stringLike(
  new RegExp(`^(?:${capabilities.join('|')})$`),
  'a capability such as "CAP_SYS_ADMIN"',
  capabilities,
);

const conditions = record({
  caps: { kind: list(capability), help: 'Capabilities of the container.' },
  arches: { kind: list(string), help: 'Architectures, by their names in Go.' },
  minKernel: { kind: stringLike(/^\d+\.\d+$/, 'a version such as "4.8"'), help: 'The oldest kernel.' },
});

const argument = record({
  index: { kind: integer(0, 5), help: 'Of the argument.', required: true },
  value: { kind: uint64(), help: 'To compare it with, or the mask.', required: true },
  valueTwo: { kind: uint64(), help: 'What SCMP_CMP_MASKED_EQ compares with.' },
  op: {
    kind: choice(
      'SCMP_CMP_NE',
      'SCMP_CMP_LT',
      'SCMP_CMP_LE',
      'SCMP_CMP_EQ',
      'SCMP_CMP_GE',
      'SCMP_CMP_GT',
      'SCMP_CMP_MASKED_EQ',
    ),
    help: 'The comparison.',
    required: true,
  },
});

const rule = record({
  names: {
    kind: list(stringLike(/^[a-z_0-9]{1,64}$/, 'the name of a system call')),
    help: 'Calls.',
    required: true,
  },
  action: { kind: action, help: 'What they do.', required: true },
  errnoRet: errno,
  errno: { kind: string, help: "The error's name, for people." },
  args: { kind: list(argument), help: 'Conditions on the arguments.' },
  comment: { kind: string, help: 'For people.' },
  includes: { kind: conditions, help: 'The rule applies only with these.' },
  excludes: { kind: conditions, help: 'The rule does not apply with any of these.' },
});

const profile = {
  defaultAction: { kind: action, help: 'What calls do that no rule names.', required: true },
  defaultErrnoRet: errno,
  defaultErrno: { kind: string, help: "The error's name, for people." },
  architectures: { kind: list(architecture), help: 'In place of archMap: the architectures.' },
  archMap: {
    kind: list(
      record({
        architecture: { kind: architecture, help: 'An architecture.', required: true },
        subArchitectures: { kind: list(architecture), help: 'Others whose programs it runs.' },
      }),
    ),
    help: 'Architectures, and others that come with them.',
  },
  flags: {
    kind: list(
      choice('SECCOMP_FILTER_FLAG_TSYNC', 'SECCOMP_FILTER_FLAG_LOG', 'SECCOMP_FILTER_FLAG_SPEC_ALLOW'),
    ),
    help: 'Of seccomp(2).',
  },
  syscalls: { kind: list(rule), help: 'The rules.' },
} as const;

/**
 * A seccomp profile: `linux.seccomp` of the OCI runtime spec (config-linux.md), with the conditions of
 * Docker's and Podman's profiles.
 */
export type SeccompProfile = RecordOf<typeof profile>;

/**
 * Reads a profile of at most 1 MiB, strictly: a key that nobody obeys would be believed.
 * @param file its name in messages @throws KitErrors with positions
 */
export function parseProfile(text: string, file: string): SeccompProfile {
  const document = readYaml(text, file);
  // moby's list has null for an empty list and `{}` for no conditions.
  const value = withoutNulls(document.value);
  const problems: Problem[] = [];
  checkValue(record(profile), value, [], (problem) => problems.push(ofProfile(problem)));
  if (problems.length > 0) throw asErrors(problems, document);
  return value as SeccompProfile;
}

/** The root of a checked value is called the manifest. */
const ofProfile = (problem: Problem): Problem => ({
  ...problem,
  message: () => problem.message().replace('the manifest', 'the profile'),
});

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, held]) => held !== null);
  return Object.fromEntries(entries.map(([key, held]) => [key, withoutNulls(held)]));
}

let moby: SeccompProfile | undefined;

/**
 * moby's default profile: profiles/seccomp/default.json of Docker 26.1.5 (Apache-2.0), unchanged. containerd
 * and Podman have lists of the same origin.
 */
export function mobyProfile(): SeccompProfile {
  const path = 'build/spec/containment/moby.seccomp.json';
  moby ??= parseProfile(readFileSync(dataFile(path), 'utf8'), path);
  return moby;
}
