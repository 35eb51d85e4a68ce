/** Of a line: an event of Docker has some hundred bytes, with all labels of an image some thousand. */
export const maxLineChars = 1 << 20;

/** Takes Docker's answer to GET /events apart: one JSON object a line, for as long as the engine runs. */
export class EventLines {
  #rest = '';
  #skipping = false;

  /** Takes text; returns how many deletions of images it has. A line that is too long or no JSON has none. */
  push(text: string): number {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    let deletions = 0;
    for (const line of lines) {
      if (!this.#skipping && isDeletion(line)) deletions += 1;
      this.#skipping = false;
    }
    if (this.#rest.length > maxLineChars) {
      this.#rest = '';
      this.#skipping = true;
    }
    return deletions;
  }
}

/** Docker's words, and Podman's. */
const endings: readonly unknown[] = ['delete', 'prune', 'remove'];

/** Whether a line says that an image is gone: `{"Type":"image","Action":"delete",…}` */
function isDeletion(line: string): boolean {
  try {
    const event: unknown = JSON.parse(line);
    if (typeof event !== 'object' || event === null) return false;
    return 'Type' in event && event.Type === 'image' && 'Action' in event && endings.includes(event.Action);
  } catch {
    return false;
  }
}
