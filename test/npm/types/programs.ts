import { type Logger, log, readArguments, runService } from '@kitlinux/kit/service';
import { bootMachine, type LogLine, MachineError, type TestMachine } from '@kitlinux/kit/test';

export async function boots(): Promise<LogLine> {
  const machine: TestMachine = await bootMachine('x.yml', { backend: 'container', memory: '1G' });
  const [incident] = await machine.incidents();
  const { memoryBytes } = await machine.service('web');
  await machine.restart('web', { timeoutMs: 1000 });
  await machine.start({ signal: AbortSignal.timeout(1000) });
  const thrown: unknown = [incident?.stack.length, memoryBytes.toFixed()];
  if (thrown instanceof MachineError) throw new Error(thrown.console);
  return machine.logs.waitFor(/x/, { service: 'web' });
}

const logger: Logger = log.with({ program: 'types' });
await runService(async ({ signal, stopped }) => {
  const values = readArguments({
    port: { type: 'integer', default: 1 },
    mode: { type: 'string', choices: ['a', 'b'] },
  });
  const port: number = values.port;
  const mode: 'a' | 'b' | undefined = values.mode;
  // @ts-expect-error: there is no such row.
  logger.info('x', { port, mode, none: values.nothing });
  signal.throwIfAborted();
  await stopped();
});
