interface SavedFile {
  readonly name: string;
  /** Media type. */
  readonly type: string;
}

/** Has the browser save a text as a file. */
export function saveFile(text: string, { name, type }: SavedFile): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
