import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { buildClient } from '../../scripts/build-client.mjs';

// Builds and packs the client into the folder that is named, and says what those who check packages think of it. A process of its own,
// because the loader of TypeScript files takes its time with a compiler.
const [folder] = process.argv.slice(2);
await buildClient({ onlyIfChanged: true });
const pack = ['pack', './client-sdk/dist', '--json', '--ignore-scripts', '--pack-destination', folder];
const [{ filename }] = JSON.parse((await promisify(execFile)('npm', pack)).stdout);
const tarball = new Uint8Array(readFileSync(join(folder, filename)));
const { messages } = await publint({ pack: { tarball: tarball.buffer }, strict: true });
const { types, problems, entrypoints } = await checkPackage(createPackageFromTarballData(tarball));
console.log(JSON.stringify({ filename, messages, types, problems, entrypoints: Object.keys(entrypoints) }));
