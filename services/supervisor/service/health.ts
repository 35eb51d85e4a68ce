/** Milliseconds between two looks at a ready service, and how many bad ones in a row make it unhealthy: one may be chance. */
export const health = { period: 10_000, limit: 3 } as const;

/**
 * Looks at a ready service until `signal`, and tells when its health has changed; one good look makes it healthy again.
 * `look`: why it is not well; empty when it is.
 */
export async function watchHealth(
  look: () => Promise<string>,
  tell: (healthy: boolean, why: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let healthy = true;
  for (let failures = 0; ; ) {
    await pause();
    if (signal.aborted) return;
    const why = await look();
    if (signal.aborted) return;
    failures = why === '' ? 0 : failures + 1;
    const turns = healthy ? failures >= health.limit : failures === 0;
    if (!turns) continue;
    healthy = !healthy;
    tell(healthy, why);
  }
}

/** Keeps no process alive that has nothing else to do. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, health.period).unref();
  });
}
