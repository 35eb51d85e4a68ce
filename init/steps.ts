import { KitError, reasonOf } from '../lib/errors/errors.ts';
import type { Console } from './console.ts';
import type { Kernel } from './kernel.ts';

/** What every step is given. */
export interface Machine {
  readonly kernel: Kernel;
  readonly console: Console;
  /** Aborted when the machine is to end: long steps stop what they do and return. */
  readonly ending: AbortSignal;
}

/** One named part of the boot. */
export interface Step<M extends Machine = Machine> {
  readonly name: string;
  /** What becomes of the boot when it fails. */
  readonly ifItFails: 'stop' | 'go on';
  /** May give a remark for its line on the console: `5 loaded`. */
  run(machine: M): string | undefined | Promise<string | undefined>;
}

/** One line of /run/kit/boot.json; milliseconds since the kernel started. */
export interface StepTime {
  readonly phase: string;
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * Runs the steps in order, each timed and shown. Returns early once `cut` is aborted.
 *
 * @throws KitError when a step fails that the boot cannot do without.
 */
export async function runSteps<M extends Machine>(
  steps: readonly Step<M>[],
  machine: M,
  cut: AbortSignal = machine.ending,
): Promise<StepTime[]> {
  const times: StepTime[] = [];
  for (const step of steps) {
    if (cut.aborted) break;
    const startMs = machine.kernel.uptimeMs();
    await runStep(step, machine, startMs);
    times.push({ phase: step.name, startMs, endMs: machine.kernel.uptimeMs() });
  }
  return times;
}

async function runStep<M extends Machine>(step: Step<M>, machine: M, startMs: number): Promise<void> {
  const { kernel, console } = machine;
  try {
    const remark = await step.run(machine);
    const took = Math.round(kernel.uptimeMs() - startMs);
    console.say(`${step.name} ${took} ms${remark ? `: ${remark}` : ''}`);
  } catch (thrown) {
    if (step.ifItFails === 'stop') {
      throw new KitError(`Cannot boot: ${step.name} failed: ${reasonOf(thrown)}`, { cause: thrown });
    }
    console.say(`${step.name} failed: ${reasonOf(thrown)}; going on without it`);
  }
}
