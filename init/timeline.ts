import type { Machine, StepTime } from './steps.ts';

/** What the boot spent its time on: JSON, an array of `StepTime`. */
const timelineFile = '/run/kit/boot.json';

/** Stage 1 leaves here, in seconds since the kernel started, when it began and when it handed over. */
const stage1File = '/run/kit/stage1';

/** What happened before PID 1's own first line: the kernel, stage 1, and the start of the JavaScript runtime. */
export function earlierTimes({ kernel }: Pick<Machine, 'kernel'>): StepTime[] {
  const startedMs = kernel.uptimeMs();
  const marks = (kernel.files.read(stage1File) ?? '')
    .split('\n')
    .map((line) => Number.parseFloat(line) * 1000);
  const [beganMs, handedOverMs] = marks;
  if (!beganMs || !handedOverMs) return [{ phase: 'before init', startMs: 0, endMs: startedMs }];
  return [
    { phase: 'kernel', startMs: 0, endMs: beganMs },
    { phase: 'stage 1', startMs: beganMs, endMs: handedOverMs },
    { phase: 'runtime', startMs: handedOverMs, endMs: startedMs },
  ];
}

export function writeTimeline(times: readonly StepTime[], { kernel }: Pick<Machine, 'kernel'>): void {
  kernel.files.replace(timelineFile, `${JSON.stringify(times)}\n`);
}

/** The last line of a boot; a supervisor that starts anew settles again, and that is no boot. */
export function showReady(failed: readonly string[], { kernel, console }: Machine): void {
  const times: StepTime[] = JSON.parse(kernel.files.read(timelineFile) ?? '[]');
  const last = times.at(-1);
  if (last === undefined || last.phase === 'ready') return;
  const endMs = kernel.uptimeMs();
  writeTimeline([...times, { phase: 'ready', startMs: last.endMs, endMs }], { kernel });
  const seconds = (endMs / 1000).toFixed(1);
  console.say(
    failed.length === 0 ? `ready in ${seconds} s` : `ready in ${seconds} s, but for ${failed.join(', ')}`,
  );
}
