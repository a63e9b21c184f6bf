import { fileURLToPath, pathToFileURL } from 'node:url';

let building: Promise<string> | null = null;

/** Folder of the dashboard as `npm start` serves it, built first when its source has changed since. */
export function builtWeb(): Promise<string> {
  building ??= build();
  return building;
}

async function build(): Promise<string> {
  const { buildWeb } = await import(pathToFileURL('scripts/build-web.mjs').href);
  await buildWeb({ onlyIfChanged: true });
  return fileURLToPath(pathToFileURL('web/dist'));
}
