import type { StepContext, StepTime } from './steps.ts';

/** How long each phase of the boot took: JSON, an array of `StepTime`. */
const timelineFile = '/run/kit/boot.json';

/** Written by stage 1: seconds of uptime, one a line, when it began and when it started init. */
const stage1File = '/run/kit/stage1';

/** The phases before PID 1's first line: the kernel, stage 1, and the start of the JavaScript runtime. */
export function timesBeforeInit({ system }: Pick<StepContext, 'system'>): StepTime[] {
  const nowMs = system.uptimeMs();
  const marks = (system.files.read(stage1File) ?? '')
    .split('\n')
    .map((line) => Number.parseFloat(line) * 1000);
  const [stage1Ms, runtimeMs] = marks;
  if (!stage1Ms || !runtimeMs) return [{ phase: 'before init', startMs: 0, endMs: nowMs }];
  return [
    { phase: 'kernel', startMs: 0, endMs: stage1Ms },
    { phase: 'stage 1', startMs: stage1Ms, endMs: runtimeMs },
    { phase: 'runtime', startMs: runtimeMs, endMs: nowMs },
  ];
}

export function writeTimeline(times: readonly StepTime[], { system }: Pick<StepContext, 'system'>): void {
  system.files.replace(timelineFile, `${JSON.stringify(times)}\n`);
}

/** Logs the last line of a boot. Once only: a restarted supervisor reports its services again. */
export function logReady(failed: readonly string[], { system, console }: StepContext): void {
  const times: StepTime[] = JSON.parse(system.files.read(timelineFile) ?? '[]');
  const last = times.at(-1);
  if (last === undefined || last.phase === 'ready') return;
  const endMs = system.uptimeMs();
  writeTimeline([...times, { phase: 'ready', startMs: last.endMs, endMs }], { system });
  const seconds = (endMs / 1000).toFixed(1);
  const exceptions = failed.length === 0 ? '' : `, except ${failed.join(', ')}`;
  console.log(`ready in ${seconds} s${exceptions}`);
}
