/**
 * `@kitlinux/kit/test`: machines for tests, with vitest, node:test or any other runner.
 *
 *     await using machine = await bootMachine('web.yml', { backend: 'container' });
 *     await machine.logs.waitFor('listening', { service: 'web' });
 */
export type { IncidentRow, MachineRow, ServiceRow } from '../machine/client/rows.ts';
export { bootMachine } from './handle/boot.ts';
export { MachineError } from './handle/failure.ts';
export type {
  CopyOptions,
  CopyResult,
  ExecOptions,
  ExecResult,
  Forward,
  ForwardOptions,
} from './handle/types/actions.ts';
export type { LogLine, LogsFilter, MachineLogs, WaitForOptions } from './handle/types/logs.ts';
export type { TestMachine } from './handle/types/machine.ts';
export type { MachineOptions } from './handle/types/options.ts';
export type { WaitOptions } from './handle/types/wait.ts';
