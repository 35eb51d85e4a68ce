import { sum } from './sum.ts';

export default ({ a, b }: { a: number; b: number }): number => sum(a, b);
