import { KitError, reasonOf } from '../lib/errors/errors.ts';
import type { BootConsole } from './system/console.ts';
import type { GuestSystem } from './system/system.ts';

/** The context of every step of the boot or the shutdown. */
export interface StepContext {
  readonly system: GuestSystem;
  readonly console: BootConsole;
  /** Aborted when the machine is to end: long steps stop their work and return. */
  readonly ending: AbortSignal;
}

/** One named part of the boot or the shutdown. */
export interface InitStep<C extends StepContext = StepContext> {
  readonly name: string;
  /** `stop`: a failure ends the boot. `continue`: it is logged, and the next step runs. */
  readonly onError: 'stop' | 'continue';
  /** May return a remark for the step's line on the console: `5 loaded`. */
  run(context: C): string | undefined | Promise<string | undefined>;
}

/** One entry of /run/kit/boot.json; milliseconds since the kernel started. */
export interface StepTime {
  readonly phase: string;
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * Runs the steps in order, and times and logs each. No further step starts once `cancel` is aborted.
 *
 * @throws KitError when a step with `onError: 'stop'` fails.
 */
export async function runSteps<C extends StepContext>(
  steps: readonly InitStep<C>[],
  context: C,
  cancel: AbortSignal = context.ending,
): Promise<StepTime[]> {
  const times: StepTime[] = [];
  for (const step of steps) {
    if (cancel.aborted) break;
    const startMs = context.system.uptimeMs();
    await runStep(step, context, startMs);
    times.push({ phase: step.name, startMs, endMs: context.system.uptimeMs() });
  }
  return times;
}

async function runStep<C extends StepContext>(step: InitStep<C>, context: C, startMs: number): Promise<void> {
  const { system, console } = context;
  try {
    const remark = await step.run(context);
    const tookMs = Math.round(system.uptimeMs() - startMs);
    console.log(`${step.name} ${tookMs} ms${remark ? `: ${remark}` : ''}`);
  } catch (thrown) {
    if (step.onError === 'stop') {
      throw new KitError(`Cannot boot: ${step.name} failed: ${reasonOf(thrown)}`, { cause: thrown });
    }
    console.log(`${step.name} failed: ${reasonOf(thrown)}; continuing without it`);
  }
}
