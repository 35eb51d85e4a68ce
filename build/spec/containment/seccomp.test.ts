import { describe, expect, test } from 'vitest';
import { type Fields, linuxkit, scope, spec } from '../testing.ts';
import { compileFilter } from './filter/compile.ts';
import { mobyProfile, parseProfile } from './profile.ts';
import { renderSeccomp } from './seccomp.ts';

/** What a filter does with a call, whatever its arguments: `allow`, an error number, or `depends`. */
function answer(name: string, fields: Fields = {}, at = scope): string | number {
  const { seccomp } = spec(fields, {}, { Entrypoint: ['/run'] }, at).linux;
  if (!seccomp) return 'allow';
  const rules = seccomp.syscalls.filter(({ names }) => names.includes(name));
  if (rules.some(({ args }) => args)) return 'depends';
  const [rule] = rules;
  if (!rule) return seccomp.defaultErrnoRet ?? 'error';
  return rule.action === 'SCMP_ACT_ALLOW' ? 'allow' : (rule.errnoRet ?? 'error');
}

describe('the default filter', () => {
  test.each<[string, string | number]>([
    ['read', 'allow'],
    ['openat2', 'allow'],
    ['ptrace', 'allow'],
    ['unshare', 1],
    ['setns', 1],
    ['mount', 1],
    ['bpf', 1],
    ['perf_event_open', 1],
    ['reboot', 1],
    ['init_module', 1],
    ['finit_module', 1],
    ['open_by_handle_at', 1],
    ['iopl', 1],
    // With flags of namespaces it falls to the default.
    ['clone', 'depends'],
    ['clone3', 38],
    // Unknown to the list: a program does without them, as on an older kernel.
    ['keyctl', 38],
    ['add_key', 38],
    ['io_uring_setup', 38],
    ['userfaultfd', 38],
    ['kexec_load', 38],
    ['a_call_of_tomorrow', 38],
  ])('%s: %s', (name, expected) => expect(answer(name)).toBe(expected));

  test.each<[string, string]>([
    ['CAP_SYS_ADMIN', 'unshare'],
    ['CAP_SYS_ADMIN', 'clone3'],
    ['CAP_SYS_ADMIN', 'swapon'],
    ['CAP_SYS_ADMIN', 'keyctl'],
    ['CAP_SYS_MODULE', 'init_module'],
    ['CAP_SYS_TIME', 'clock_settime'],
    ['CAP_BPF', 'bpf'],
    ['CAP_SYS_BOOT', 'reboot'],
  ])('%s allows %s', (capability, name) => {
    expect(answer(name, { capabilities: [capability] })).toBe('allow');
    expect(answer(name, { ambient: [capability] })).toBe('allow');
    expect(answer(name)).not.toBe('allow');
  });

  test('sockets of vsock come with the device', () => {
    const device = (path: string) => ({ devices: [{ path, type: 'c' as const, mode: '0600' }] });
    expect(answer('socket')).toBe('depends');
    expect(answer('socket', device('/dev/vhost-vsock'))).toBe('depends');
    expect(answer('socket', device('/dev/vsock'))).toBe('allow');
  });

  test('rules of the architecture', () => {
    const arm = { ...scope, arch: 'arm64' as const };
    expect([answer('arch_prctl'), answer('set_tls')]).toEqual(['allow', 38]);
    expect([answer('arch_prctl', {}, arm), answer('set_tls', {}, arm)]).toEqual([38, 'allow']);
    expect(spec().linux.seccomp?.architectures).toEqual([
      'SCMP_ARCH_X86_64',
      'SCMP_ARCH_X86',
      'SCMP_ARCH_X32',
    ]);
  });

  test('comes compiled for crun, unless the entry has a program of its own', () => {
    const key = 'run.oci.seccomp_bpf_data';
    const plain = spec();
    const program = plain.linux.seccomp && compileFilter(plain.linux.seccomp).toString('base64');
    expect(plain.annotations).toEqual({ [key]: program });
    expect(spec({ annotations: { a: 'b', [key]: 'own' } }).annotations).toEqual({ a: 'b', [key]: 'own' });
    expect(spec({ seccomp: 'unconfined' }).annotations).toBeUndefined();
  });

  test("is not LinuxKit's default, whose init passes one on", () => {
    expect(spec({}, {}, { Cmd: ['c'] }, linuxkit).linux.seccomp).toBeUndefined();
    const asked = spec({ seccomp: 'default' }, {}, { Cmd: ['c'] }, linuxkit);
    expect([asked.linux.seccomp, asked.annotations]).toEqual([expect.anything(), undefined]);
  });

  test('all capabilities have no filter, unless the entry says so', () => {
    expect(spec({ capabilities: ['all'] }).linux.seccomp).toBeUndefined();
    expect(answer('unshare', { capabilities: ['all'], seccomp: 'default' })).toBe('allow');
  });
});

describe('a profile of a file', () => {
  const text = `{
  "defaultAction": "SCMP_ACT_ALLOW",
  "archMap": null,
  "syscalls": [{"names": ["keyctl"], "action": "SCMP_ACT_ERRNO", "errnoRet": 13}]
}`;

  test('is taken as it is', () => {
    const context = { ...scope, profileOf: () => parseProfile(text, 'x.json') };
    expect(answer('keyctl', { seccomp: './x.json' }, context)).toBe(13);
    expect(answer('read', { seccomp: './x.json' }, context)).toBe('error');
    expect(spec({ seccomp: './x.json' }, {}, { Cmd: ['c'] }, context).annotations).toBeUndefined();
  });

  test('cannot be named by a label', () => {
    const context = { ...scope, profileOf: () => undefined };
    expect(() => spec({}, { seccomp: './x.json' }, { Cmd: ['c'] }, context)).toThrow(
      'Cannot use seccomp "./x.json" of the image\'s label: it is a file',
    );
  });

  test.each<[string, string]>([
    ['{}', 'the profile has no "defaultAction"'],
    ['{"defaultAction": "ALLOW"}', '"ALLOW"'],
    ['{"defaultAction": "SCMP_ACT_ALLOW", "sysalls": []}', 'unknown key "sysalls"'],
    ['{"defaultAction": "SCMP_ACT_NOTIFY"}', '"SCMP_ACT_NOTIFY"'],
    [
      '{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["a b"], "action": "SCMP_ACT_LOG"}]}',
      '"a b"',
    ],
    ['[', ''],
    ['null', ''],
  ])('%s is refused', (broken, message) => {
    expect(() => parseProfile(broken, 'x.json')).toThrow(message);
  });
});

test('renders conditions on capabilities, architectures and arguments', () => {
  const { syscalls } = renderSeccomp(mobyProfile(), 'amd64', new Set(['CAP_SYS_ADMIN']));
  const clone = syscalls.filter(({ names }) => names.includes('clone'));
  expect(clone).toHaveLength(1);
  expect(clone[0]?.args).toBeUndefined();
  const personality = syscalls.filter(({ names }) => names.includes('personality'));
  expect(personality.map(({ args }) => args?.[0]?.value)).toEqual([0, 8, 131_072, 131_080, 4_294_967_295]);
});
