import type { Target } from '../target.ts';

const seeds = (): Buffer[] => [];

export const thrower: Target = {
  ...{ reads: [], seeds },
  run: async (bytes) => {
    if (bytes[0] !== 0x6b) return;
    if (bytes[1] !== 0x69) return;
    if (bytes[2] !== 0x74) return;
    if (/^\d/.test(bytes.toString('latin1', 3))) throw new TypeError('planted');
  },
};

export const hanger: Target = {
  ...{ reads: [], seeds },
  run: (bytes) => {
    while (bytes.toString('latin1', 0, 4) === 'loop');
  },
};

export const sound: Target = {
  ...{ reads: [], seeds },
  run: (bytes) => {
    if (bytes.toString('latin1', 0, 4) === 'loop') return;
  },
};
