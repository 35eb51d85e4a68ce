import { boot, end, takeCharge } from './init.ts';

// PID 1. Its exit would be a kernel panic: what fails below is said, and the process stays (init/ending/end-requests.ts).
const init = takeCharge();
void end(init);
await boot(init);
