/** The large programs in one file, since most of their code is the same. The first argument names one. */
import process from 'node:process';

switch (process.argv.splice(2, 1)[0]) {
  case 'monitor-main':
    await import('../monitor/monitor-main.ts');
    break;
  case 'runner-main':
    await import('../api/handle/runner-main.ts');
    break;
  default:
    await import('../main.ts');
}
