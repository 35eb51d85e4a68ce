import { expect, test } from 'vitest';
import { mobyProfile } from '../profile.ts';
import { renderDefault } from '../seccomp.ts';
import { compileFilter } from './compile.ts';
import { answerOf, audit, type Call } from './testing.ts';

const [allow, kill, eperm, enosys] = [0x7fff_0000, 0, 0x0005_0001, 0x0005_0026];

const filterOf = (arch: 'amd64' | 'arm64', capabilities: readonly string[] = []): Buffer =>
  compileFilter(renderDefault(mobyProfile(), arch, new Set(capabilities)));

const x32 = 0x4000_0000;

test.each<[string, Partial<Call>, number]>([
  ['read', { number: 0 }, allow],
  ['read of x32', { number: x32 }, allow],
  ['read of i386', { arch: audit.i386, number: 3 }, allow],
  ['unshare', { number: 272 }, eperm],
  ['io_uring_setup', { number: 425 }, enosys],
  ['a call of tomorrow', { number: 9999 }, enosys],
  ['the number of a call that a debugger took away', { number: 0xffff_ffff }, enosys],
  ['read of another architecture', { arch: audit.aarch64, number: 63 }, kill],
  ['clone of a process', { number: 56, argument: 0x11n }, allow],
  ['clone with a user namespace', { number: 56, argument: 0x1000_0000n }, enosys],
  // The kernel looks at the lower half only, libseccomp at both.
  ['clone with more than 32 bits of flags', { number: 56, argument: 0x1000_0000_0000_0000n }, allow],
  ['a socket of AF_VSOCK', { number: 41, argument: 40n }, enosys],
  ['a socket', { number: 41, argument: 2n }, allow],
  ['personality of Linux', { number: 135, argument: 0n }, allow],
  ['personality of 32 bits', { number: 135, argument: 8n }, allow],
  ['the question for the personality', { number: 135, argument: 0xffff_ffffn }, allow],
  ['personality without a random layout', { number: 135, argument: 0x4_0000n }, enosys],
])('%s', (_what, call, expected) => {
  expect(answerOf(filterOf('amd64'), { arch: audit.x86_64, number: 0, argument: 0n, ...call })).toBe(
    expected,
  );
});

test('arm64, with its programs of 32 bits', () => {
  const answers = [
    { arch: audit.aarch64, number: 63 },
    { arch: audit.arm, number: 3 },
    { arch: audit.aarch64, number: 97 },
    { arch: audit.x86_64, number: 0 },
  ].map((call) => answerOf(filterOf('arm64'), { ...call, argument: 0n }));
  expect(answers).toEqual([allow, allow, eperm, kill]);
});

test('a capability allows its calls', () => {
  const unshare = { arch: audit.x86_64, number: 272, argument: 0n };
  expect(answerOf(filterOf('amd64', ['CAP_SYS_ADMIN']), unshare)).toBe(allow);
});

test('is short: the time in which the kernel takes it grows with the square of its length', () => {
  expect(filterOf('amd64').length / 8).toBeLessThan(450);
});

test('refuses what it does not know', () => {
  const filter = renderDefault(mobyProfile(), 'amd64', new Set());
  const args = [{ index: 0, value: 1, op: 'SCMP_CMP_GT' }];
  const rule = { names: ['read'], action: 'SCMP_ACT_ALLOW' };
  expect(() => compileFilter({ ...filter, defaultAction: 'SCMP_ACT_LOG' })).toThrow('SCMP_ACT_LOG');
  expect(() => compileFilter({ ...filter, syscalls: [{ ...rule, args }] })).toThrow('SCMP_CMP_GT');
});
