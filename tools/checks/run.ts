import { runSideBySide } from './run-side-by-side.ts'

/** All checks that run no code, two at a time: CI has two cores. The longest begin first. */
const names = ['lint', 'types', 'docs', 'dead-code', 'boundaries']

const failed = await runSideBySide(
  names.map((name) => ({ name, command: ['npm', 'run', '--silent', name] })),
  { atOnce: 2, print: (text) => process.stdout.write(text) },
)
if (failed.length > 0) console.error(`\nfailed: ${failed.join(', ')}`)
process.exitCode = failed.length > 0 ? 1 : 0
