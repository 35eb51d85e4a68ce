import { readFileSync } from 'node:fs';

const template = readFileSync(new URL('../greeting.txt', import.meta.url), 'utf8').trim();

export const greeting = (name: string): string => template.replace('{}', name);
