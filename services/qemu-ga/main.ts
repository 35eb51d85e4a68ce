import { isMainThread } from 'node:worker_threads';
import { runService } from '../../lib/service/service.ts';

if (isMainThread) await runService(async (context) => (await import('./run.ts')).run(context));
else (await import('./disks/disk-thread.ts')).workInThread();
