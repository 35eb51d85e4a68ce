/** Whether a path is this folder or below it; both absolute, the folder not "/". */
export const isIn = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(`${folder}/`);
