import type { Writable } from 'node:stream';

/**
 * Writes, and resolves when more can be written, or the stream is closed: the reading side then reports that.
 */
export async function writeTo(
  stream: Pick<Writable, 'write' | 'on' | 'off' | 'destroyed'>,
  value: unknown,
): Promise<void> {
  if (stream.destroyed || stream.write(value)) return;
  await new Promise<void>((resolve) => {
    const events = ['drain', 'error', 'close'] as const;
    const done = (): void => {
      for (const event of events) stream.off(event, done);
      resolve();
    };
    for (const event of events) stream.on(event, done);
  });
}
