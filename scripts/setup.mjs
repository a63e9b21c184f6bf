import { ensureInstalled } from './ensure.mjs';

await ensureInstalled();
