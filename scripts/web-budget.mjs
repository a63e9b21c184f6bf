import { gzipSync } from 'node:zlib';

/** What a browser loads before the first page works, gzipped: 1 kB is 1,000 bytes. */
const BUDGET_KB = 250;
/** The page at `/`, which is loaded lazily as every page is. */
const FIRST_PAGE = /scanner\/scanner-page\.tsx$/;

/** Ends the build with a table of what is loaded first when that is more than the budget; answers the sum in kB. */
export function checkFirstLoad(files) {
  const rows = firstLoad(files).map(({ fileName, code, source }) => ({
    file: fileName,
    kB: Number((gzipSync(Buffer.from(code ?? source), { level: 9 }).length / 1000).toFixed(1)),
  }));
  const total = rows.reduce((sum, { kB }) => sum + kB, 0);
  if (total <= BUDGET_KB) return total;
  console.error(`The dashboard's first load has ${total.toFixed(1)} kB of at most ${BUDGET_KB} kB gzipped:`);
  console.table(rows.sort((one, other) => other.kB - one.kB));
  process.exit(1);
}

/** The chunks and styles of the entry and of the first page, with everything they import. */
function firstLoad(files) {
  const byName = new Map(files.map((file) => [file.fileName, file]));
  const found = new Set();
  const add = (fileName) => {
    const file = byName.get(fileName);
    if (!file || found.has(file)) return;
    found.add(file);
    for (const name of [...(file.imports ?? []), ...(file.viteMetadata?.importedCss ?? [])]) add(name);
  };
  for (const file of files) {
    if (file.isEntry || FIRST_PAGE.test(file.facadeModuleId ?? '')) add(file.fileName);
  }
  return [...found];
}
