import { boot, shutDown, startInit } from './init.ts';

// PID 1 must never exit: that is a kernel panic. Errors below are logged and the process stays
// (end-requests.ts).
const init = startInit();
void shutDown(init);
await boot(init);
