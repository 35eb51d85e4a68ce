export function greet(greeting: string, machine: string): string {
  return `${greeting}, ${machine}`;
}
