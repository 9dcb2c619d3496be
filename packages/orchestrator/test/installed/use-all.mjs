import { createRequire } from 'node:module'

// The three programs in one process, the TypeScript ones compiled.

console.log(process.version.split('.')[0])
for (const program of ['./use.mjs', './compiled/use.js']) await import(program)
createRequire(import.meta.url)('./compiled/use.cjs')
