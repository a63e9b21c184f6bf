import { type FileLayer, nodeFiles } from '@fast-scanner/server/store/training/file-layer.ts';

/** The real file system without waiting for the disk: only a power cut could tell the difference, and these tests have none. */
export const quickFiles: FileLayer = {
  ...nodeFiles,
  write: (path, bytes, { position }) => nodeFiles.write(path, bytes, { position }),
  syncFile: () => Promise.resolve(),
  syncFolder: () => Promise.resolve(),
};
