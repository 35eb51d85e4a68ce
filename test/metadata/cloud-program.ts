/** The clouds of a test: each line starts one fake, after it has ended the one before. */
import type { FakeMachine } from './fake-cloud.ts';
import { serveLines } from './serve-lines.ts';
import { type RunningFake, startFakeCloud } from './start-fake-cloud.ts';

export interface CloudQuestion {
  readonly name: string;
  readonly machine: FakeMachine;
  readonly fault?: string | undefined;
}

let running: RunningFake | undefined;
await serveLines<CloudQuestion>(async ({ name, machine, fault }) => {
  await running?.[Symbol.asyncDispose]();
  running = await startFakeCloud(name, machine, { fault });
  return { place: running.place };
});
