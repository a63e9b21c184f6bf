#!/usr/bin/env node
import { runCli } from './cli/run-cli.ts';
import { runProcess } from './cli/run-process.ts';

await runProcess((context) => runCli(process.argv.slice(2), context));
