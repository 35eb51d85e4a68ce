import type { Duplex } from 'node:stream';

/**
 * Carries bytes both ways, no faster than either side takes them. Each direction ends on its own; when one
 * side breaks, so does the other. Both streams have to allow half-open connections.
 */
export function relay(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.pipe(to);
    from.on('error', () => to.destroy());
    from.on('close', () => {
      // After an orderly end the other side may still have bytes to write.
      if (!from.readableEnded || !from.writableFinished) to.destroy();
    });
  }
}
