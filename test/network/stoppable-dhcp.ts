/**
 * services/dhcp, until SIGUSR2: no timer fires from then on, so that nothing it does comes from looking
 * again and again. Prints "timers stopped".
 */
const timers = new Set<NodeJS.Timeout>();
let stopped = false;

function stoppable(start: typeof setTimeout | typeof setInterval): typeof setTimeout {
  const startStoppable = (...args: Parameters<typeof setTimeout>): NodeJS.Timeout => {
    const timer = start(...args);
    timers.add(timer);
    if (stopped) clearTimeout(timer);
    return timer;
  };
  return Object.assign(startStoppable, { __promisify__: setTimeout.__promisify__ });
}

globalThis.setTimeout = stoppable(setTimeout);
globalThis.setInterval = stoppable(setInterval);
process.on('SIGUSR2', () => {
  stopped = true;
  for (const timer of timers) clearTimeout(timer);
  process.stdout.write('timers stopped\n');
});
await import('../../services/dhcp/main.ts');
