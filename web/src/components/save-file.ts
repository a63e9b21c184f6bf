interface SavedFile {
  readonly name: string;
  /** Media type. */
  readonly type: string;
}

/** Has the browser save a text or bytes as a file. */
export function saveFile(content: string | Uint8Array<ArrayBuffer>, { name, type }: SavedFile): void {
  const fullType = typeof content === 'string' ? `${type};charset=utf-8` : type;
  const url = URL.createObjectURL(new Blob([content], { type: fullType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
