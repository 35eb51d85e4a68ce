import { type Fields, stringLike } from '../kinds.ts';
import { durationKind } from './common-kinds.ts';

const size = stringLike(/^[1-9]\d{0,8}[KMG]$/, 'a size such as "90M" or "1G"');
const linuxkit = 'Not supported.';

/** `budgets:`. K, M and G are powers of 1024. A build checks the first two, a machine shows the others. */
export const budgetFields = {
  image: {
    kind: size,
    help:
      'Maximum size of kernel and initrd together, as stored. What a disk format adds is ' + 'not counted.',
    example: '90M',
    linuxkit,
  },
  memory: {
    kind: size,
    help: 'Maximum memory that the machine needs to boot with its root file system in memory.',
    example: '384M',
    linuxkit,
  },
  boot: {
    kind: durationKind,
    help:
      'Maximum time from the start of the kernel until all services are ready. Only a machine shows it: ' +
      '`kit boot-chart --budgets` checks it.',
    example: '15s',
    linuxkit,
  },
  memoryAtReady: {
    kind: size,
    help:
      'Maximum memory in use (MemTotal less MemAvailable) when all services are ready. Checked by ' +
      '`kit boot-chart --budgets`.',
    example: '220M',
    linuxkit,
  },
  memoryInUse: {
    kind: size,
    help:
      'Maximum memory in use when `kit boot-chart --budgets` asks. Half a minute after the boot init and ' +
      'supervisor have given back what only their start needed.',
    example: '200M',
    linuxkit,
  },
} as const satisfies Fields;
