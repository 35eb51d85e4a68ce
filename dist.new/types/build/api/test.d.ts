/**
 * `@kitlinux/kit/test`: machines for tests, with vitest, node:test or any other runner.
 *
 *     await using machine = await bootMachine('web.yml', { backend: 'container' });
 *     await machine.logs.waitFor('listening', { service: 'web' });
 */
export { bootMachine } from './handle/boot.ts';
export type { CopyOptions, CopyResult } from './handle/copy.ts';
export type { ExecOptions, ExecResult } from './handle/exec.ts';
export { MachineError } from './handle/failure.ts';
export type { Forward, ForwardOptions } from './handle/forwards.ts';
export type { LogLine, LogsFilter, MachineLogs, WaitForOptions } from './handle/logs.ts';
export type { IncidentRow, ServiceRow, TestMachine } from './handle/machine.ts';
export type { MachineOptions } from './handle/options.ts';
export type { WaitOptions } from './handle/wait-options.ts';
